-- owner: ingest
-- Where a web page was found that was redirected, null where it was found at its source: what its links are seen from.
alter table observation add column address text;

-- owner: parse
-- The files that a page lists as the rest of its report, by the source that they have as documents of their own.
-- `fetchable`: ingest is to fetch them; what is not comes by itself, or never.
create table attachment (
    observation_id uuid not null,
    page text not null,
    source text not null,
    fetchable boolean not null,
    listed_at timestamptz not null default now(),
    primary key (observation_id, source)
);
create index attachment_source on attachment (source);

-- owner: ingest
-- Fetching a page's attachments: tried again at `due_at` until `settled_at`, with the problem that is left then.
create table attachment_fetch (
    observation_id uuid not null references observation,
    source text not null,
    attempts int not null default 0,
    begun_at timestamptz not null default now(),
    due_at timestamptz not null default now(),
    settled_at timestamptz,
    problem text,
    primary key (observation_id, source)
);
create index attachment_fetch_due on attachment_fetch (due_at) where settled_at is null;
