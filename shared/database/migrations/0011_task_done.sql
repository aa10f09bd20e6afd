-- owner: command line
-- What a person has seen to and no table of a service can tell: an unreadable file, a scan read by eye, a false alarm.
-- It holds for the task as it stood `since` then; where something new happens, it waits again.
create table task_done (
    stage text not null,
    subject text not null,
    since timestamptz not null,
    done_by text not null,
    reason text not null,
    done_at timestamptz not null default now(),
    primary key (stage, subject, since)
);
