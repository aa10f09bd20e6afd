-- owner: shared/directory
-- An agency as the operator lists it. `names` are the normal forms of name and aliases; `removed_at` marks one that left the list.
create table agency (
    id text primary key,
    name text not null,
    aliases text[] not null,
    names text[] not null,
    region text,
    level text,
    type text,
    supervisor text,
    removed_at timestamptz
);
create index agency_names on agency using gin (names) where removed_at is null;

-- owner: shared/directory
-- The mailboxes of an agency through time: a change closes the old row and says who made it, so nothing is overwritten.
create table contact (
    id bigint generated always as identity primary key,
    agency_id text not null references agency,
    mailbox text not null,
    since timestamptz not null default now(),
    entered_by text not null,
    until timestamptz,
    ended_by text
);
create unique index contact_current on contact (agency_id) where until is null;
