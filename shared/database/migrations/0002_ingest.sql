-- owner: ingest
-- The bytes as published, stored once; events carry only the sha256 (the claim check).
create table document (
    sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
    bytes bigint not null check (bytes = octet_length(content)),
    media_type text not null,
    content bytea not null,
    first_seen timestamptz not null
);

-- owner: ingest
-- These bytes were seen at this source then. `sequence` counts from 1 per source without gaps; two replicas cannot both have one number.
create table observation (
    id uuid primary key,
    source text not null,
    source_kind text not null check (source_kind in ('portal', 'attachment', 'upload', 'folder')),
    sequence int not null check (sequence > 0),
    sha256 text not null references document,
    observed_at timestamptz not null,
    unique (source, sequence)
);
create index observation_sha256 on observation (sha256);
create index observation_observed_at on observation (observed_at);

-- owner: ingest
-- What could not be taken and waits for a person. `file` is the watched file (for a member of an archive: the archive);
-- the row goes when the file can be taken or is gone.
create table refusal (
    source text primary key,
    file text not null,
    problem text not null,
    bytes bigint,
    refused_at timestamptz not null default now()
);
create index refusal_file on refusal (file);
