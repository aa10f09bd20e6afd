-- owner: parse
-- What became of every observation: one row each, also for documents that hold no report.
create table reading (
    observation_id uuid not null,
    parser text not null,
    sha256 text not null,
    source text not null,
    source_kind text not null,
    observed_at timestamptz not null,
    status text not null,
    reason_code text,
    reason_message text,
    reports int not null,
    read_at timestamptz not null default now(),
    primary key (observation_id, parser)
);
create index reading_read_at on reading (read_at);

-- owner: parse
-- A report version. `structured` is the whole report document (personal data masked); statistics read it through views.
create table report (
    report_id uuid primary key,
    observation_id uuid not null,
    agency_key text not null,
    agency_id text,
    agency_name text,
    year int,
    form text,
    source text not null,
    source_kind text not null,
    sequence int not null,
    observed_at timestamptz not null,
    sha256 text not null,
    parser text not null,
    structured jsonb not null,
    read_at timestamptz not null default now()
);
create index report_agency_year on report (agency_key, year);

-- Among the versions of an agency's report on a year: the authoritative kind of source first, then the newest observation.
create view current_report as
select distinct on (agency_key, year, case when year is null then source end) *
from report
order by
    agency_key,
    year,
    case when year is null then source end,
    case source_kind when 'portal' then 0 when 'attachment' then 1 when 'upload' then 2 else 3 end,
    observed_at desc,
    sequence desc,
    read_at desc,
    report_id;
