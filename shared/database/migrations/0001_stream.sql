-- owner: shared/stream
-- Which events a consumer has dealt with; `dead` where all it came to was a dead letter.
create table inbox (
    consumer text not null,
    consumer_version text not null,
    event_id uuid not null,
    received_at timestamptz not null default now(),
    dead boolean not null default false,
    primary key (consumer, consumer_version, event_id)
);
create index inbox_received_at on inbox (received_at);

-- owner: shared/stream
-- Events to publish, in the order of `id`. `headers` is a list of [name, value]; `shard` follows from the key.
create table outbox (
    id bigint generated always as identity primary key,
    service text not null,
    topic text not null,
    key bytea,
    shard smallint not null,
    headers jsonb not null,
    payload bytea,
    created_at timestamptz not null default now(),
    published_at timestamptz
);
create index outbox_due on outbox (topic, id) where published_at is null;

-- owner: shared/stream
-- What a consumer could not handle: the record as it came, why, and what a person decided.
create table dead_letter (
    id bigint generated always as identity primary key,
    consumer text not null,
    consumer_version text not null,
    topic text not null,
    partition int,
    "offset" bigint,
    event_id uuid,
    key bytea,
    headers jsonb not null,
    payload bytea,
    reason text not null check (reason in ('envelope', 'schema', 'document_missing', 'bug')),
    error text not null,
    first_seen timestamptz not null default now(),
    resolution text check (resolution in ('replayed', 'handled', 'discarded')),
    resolved_at timestamptz,
    resolved_by text,
    note text,
    check ((resolution is null) = (resolved_at is null))
);
create index dead_letter_open on dead_letter (id) where resolution is null;
-- A record without a readable id is one dead letter, however often it is delivered (the inbox sees to the others); the
-- digest tells apart a topic that was made anew.
create unique index dead_letter_origin
on dead_letter (consumer, topic, coalesce(partition, -1), "offset", md5(coalesce(payload, ''))) where event_id is null;
