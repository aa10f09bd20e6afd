-- owner: validate
-- A report version judged on given inputs. `judgement_no` rises per agency and year; null where the version was not the current one.
create table judgement (
    judgement_id uuid primary key,
    judgement_no int,
    report_id uuid not null,
    agency_key text not null,
    agency_id text,
    agency_name text,
    year int,
    source text not null,
    sha256 text not null,
    verdict text not null,
    errors int not null,
    warnings int not null,
    infos int not null,
    not_checked jsonb not null,
    failures jsonb not null,
    ruleset_version text not null,
    ruleset_hash text not null,
    judged_at timestamptz not null default now()
);
create unique index judgement_number on judgement (agency_key, coalesce(year, 0), judgement_no);
create index judgement_report on judgement (report_id);

-- owner: validate
create table finding (
    judgement_id uuid not null references judgement,
    ordinal int not null,
    rule text not null,
    severity text not null,
    key text not null,
    fingerprint text not null,
    body jsonb not null,
    primary key (judgement_id, ordinal)
);
create index finding_rule on finding (rule);

-- The judgement that stands for each agency and year.
create view current_judgement as
select distinct on (agency_key, coalesce(year, 0)) *
from judgement
where judgement_no is not null
order by agency_key, coalesce(year, 0), judgement_no desc;
