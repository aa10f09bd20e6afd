-- owner: notify
-- One row for each agency and year: the newest judgement seen, and whether something is to be corrected.
-- status: clean (nothing was ever to be mailed), open, waiting (for an operator, by reason), closed.
-- `number` is printed in mails; `finding_numbers` maps a finding's key to the number it keeps through versions.
create table correction_case (
    case_id uuid primary key,
    number text unique,
    agency_key text not null,
    agency_id text,
    agency_name text,
    year int,
    source text not null,
    status text not null check (status in ('clean', 'open', 'waiting', 'closed')),
    reason text,
    judgement_no int not null,
    finding_numbers jsonb not null default '{}',
    opened_at timestamptz,
    closed_at timestamptz,
    changed_at timestamptz not null default now(),
    unique nulls not distinct (agency_key, year)
);
create index correction_case_waiting on correction_case (changed_at) where status = 'waiting';

create sequence correction_case_number as int;

-- owner: notify
-- The ledger of mails. `violations` is the event told; `mail` is the very message as last handed to the server.
-- status: held (for release, by hold_reason), pending, sending (claimed until lease_until), sent, deferred (tried again at due_at),
-- failed, unknown (handed over, outcome not known), superseded.
create table notice (
    notice_id uuid primary key,
    case_id uuid not null references correction_case,
    kind text not null check (kind in ('correction', 'closing')),
    status text not null
        check (status in ('held', 'pending', 'sending', 'sent', 'deferred', 'failed', 'unknown', 'superseded')),
    hold_reason text,
    agency_id text,
    judgement_no int not null,
    fingerprints text[] not null,
    violations jsonb not null,
    errors int not null,
    warnings int not null,
    finding_numbers jsonb not null,
    correlation_id text not null,
    traceparent text,
    created_at timestamptz not null default now(),
    dated_at timestamptz not null default now(),
    due_at timestamptz not null default now(),
    lease_until timestamptz,
    attempts int not null default 0,
    resent boolean not null default false,
    recipient text,
    mail bytea,
    reply text,
    changed_at timestamptz not null default now()
);
create index notice_case on notice (case_id, judgement_no);
create index notice_due on notice (due_at) where status in ('pending', 'deferred', 'unknown', 'sending');

-- Whether a later judgement has led to a notice of its own, so that this one must not be sent any more.
create function is_overtaken(of_case uuid, by_judgement_after int) returns boolean language sql stable as
$$ select exists (select from notice where case_id = of_case and judgement_no > by_judgement_after and status <> 'superseded') $$;

-- owner: notify
-- What happened to a case and its notices, by whom: the services sign with their name, a person with his.
create table case_event (
    id bigint generated always as identity primary key,
    case_id uuid not null references correction_case,
    notice_id uuid references notice,
    at timestamptz not null default clock_timestamp(),
    by text not null,
    what text not null,
    detail text
);
create index case_event_case on case_event (case_id, id);

-- owner: notify
-- A mailbox that the server refused for good; nothing goes there until an operator releases a notice to it.
create table contact_state (
    mailbox text primary key,
    reason text not null,
    notice_id uuid not null references notice,
    since timestamptz not null default now()
);
