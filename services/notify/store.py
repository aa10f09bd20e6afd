"""The tables of notify: correction_case, notice, case_event, contact_state."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.notify.case import to_correct
from services.notify.core import (
    PERHAPS_SENT,
    UNSENT,
    Case,
    CaseStatus,
    Earlier,
    HoldReason,
    Kind,
    Notice,
    Status,
    Summary,
    case_id,
    status_event,
)
from shared.ops import metrics
from shared.stream import outbox
from shared.stream.events import ReportViolations
from shared.stream.stage import Connection, Outgoing

_COLUMNS = """notice_id as id, case_id, correction_case.number as case_number, kind, notice.status, hold_reason,
              correction_case.agency_key, notice.agency_id, correction_case.agency_name, correction_case.year,
              violations::text as violations, notice.finding_numbers, correlation_id, traceparent, created_at, dated_at,
              notice.changed_at, attempts, recipient, reply, mail"""
_FROM = "from notice join correction_case using (case_id)"


def case_of(judged: ReportViolations) -> UUID:
    """Return the id of the case that a judgement belongs to."""
    return case_id(judged.agency_key, judged.year)


async def lock_case(connection: Connection, judged: ReportViolations) -> Case | None:
    """Return the case of an agency's year and hold it until the transaction ends; None before its first judgement.

    The lock is on the agency and year, not on the row, so that two first judgements cannot both find none.
    """
    await connection.execute(
        "select pg_advisory_xact_lock(hashtextextended('case ' || $1, 0))",
        str(case_of(judged)),
    )
    row = await connection.fetchrow(
        "select case_id as id, number, status, judgement_no from correction_case where case_id = $1",
        case_of(judged),
    )
    if row is None:
        return None
    # The unsent one first: a sender that is just claiming it makes it one that was told.
    unsent = await _newest(connection, row["id"], UNSENT)
    return Case(**row, told=await _newest(connection, row["id"], PERHAPS_SENT), unsent=unsent)


async def _newest(connection: Connection, case: UUID, statuses: Sequence[Status]) -> Earlier | None:
    row = await connection.fetchrow(
        """select kind, hold_reason, fingerprints, violations->>'sha256' as sha256, finding_numbers as numbers from notice
           where case_id = $1 and status = any($2) order by judgement_no desc limit 1 for update""",
        case,
        statuses,
    )
    return row and Earlier(**{**row, "fingerprints": frozenset(row["fingerprints"])})


_SAVE_CASE = """
insert into correction_case as kept
       (case_id, agency_key, agency_id, agency_name, year, source, status, reason, judgement_no, finding_numbers)
   values ($1, $2, $3, $4, $5, $6, coalesce($7, 'clean'), $8, $9, coalesce($10::jsonb, '{}'))
   on conflict (case_id) do update
   set agency_id = excluded.agency_id, agency_name = excluded.agency_name, source = excluded.source,
       judgement_no = excluded.judgement_no, changed_at = now(),
       closed_at = case when coalesce($7, kept.status) = 'closed' then coalesce(kept.closed_at, now()) end,
       status = coalesce($7, kept.status), reason = case when $7::text is null then kept.reason else $8 end,
       finding_numbers = coalesce($10::jsonb, kept.finding_numbers)
"""

_NUMBER_CASE = """
update correction_case
   set number = coalesce(year::text, '0000') || '-' || lpad(nextval('correction_case_number')::text, 5, '0'),
       opened_at = now()
   where case_id = $1 and number is null and status in ('open', 'waiting')
"""


async def save_case(
    connection: Connection,
    judged: ReportViolations,
    *,
    agency_name: str | None,
    status: CaseStatus | None,
    reason: str | None = None,
    numbers: str | None = None,
) -> None:
    """Write where a case stands after a judgement; None leaves status, or finding numbers (JSON), as they are.

    A case gets its printed number when it is first opened, and keeps it.
    """
    await connection.execute(
        _SAVE_CASE,
        case_of(judged),
        judged.agency_key,
        judged.agency_id,
        agency_name,
        judged.year,
        judged.source,
        status,
        reason,
        judged.judgement_no,
        numbers,
    )
    await connection.execute(_NUMBER_CASE, case_of(judged))


async def overtake_rekeyed(connection: Connection, judged: ReportViolations) -> list[Outgoing]:
    """Close what waited under a printed name or a source once the same report belongs to an agency of the directory."""
    if judged.agency_id is None:
        return []
    rows = await connection.fetch(
        """update correction_case set status = 'closed', reason = 'rekeyed', closed_at = now(), changed_at = now()
           where source = $1 and year is not distinct from $2 and agency_key <> $3 and agency_id is null
             and status = 'waiting'
           returning case_id""",
        judged.source,
        judged.year,
        judged.agency_key,
    )
    events = []
    for row in rows:
        await note(connection, row["case_id"], None, by="notify", what="rekeyed")
        events += await _supersede(connection, row["case_id"])
    return events


async def supersede(connection: Connection, judged: ReportViolations) -> list[Outgoing]:
    """Overtake every notice of a judgement's case that was not sent, and return the events that say so."""
    return await _supersede(connection, case_of(judged))


async def _supersede(connection: Connection, case: UUID) -> list[Outgoing]:
    rows = await connection.fetch(
        "update notice set status = 'superseded', changed_at = now() where case_id = $1 and status = any($2) returning notice_id",
        case,
        UNSENT,
    )
    return [await tell(connection, row["notice_id"], by="notify") for row in rows]


async def add_notice(  # noqa: PLR0913 - a row's fields, each by its name
    connection: Connection,
    judged: ReportViolations,
    *,
    id_: UUID,
    kind: Kind,
    hold: HoldReason | None,
    agency_id: str | None,
    fingerprints: Sequence[str],
    correlation_id: str,
    traceparent: str | None,
) -> Outgoing:
    """Write a notice with its case's finding numbers, and return the event that says so."""
    await connection.execute(
        """insert into notice (notice_id, case_id, kind, status, hold_reason, agency_id, judgement_no, fingerprints, violations,
                               errors, warnings, finding_numbers, correlation_id, traceparent)
           select $1, case_id, $3, $4, $5, $6, $7, $8, $9, $10, $11, finding_numbers, $12, $13 from correction_case where case_id = $2""",
        id_,
        case_of(judged),
        kind,
        "held" if hold else "pending",
        hold,
        agency_id,
        judged.judgement_no,
        fingerprints,
        judged.model_dump_json(),
        *_counts(judged),
        correlation_id,
        traceparent,
    )
    return await tell(connection, id_, by="notify")


async def get(connection: Connection, id_: UUID) -> Notice:
    """Return a notice."""
    return read_notice(await connection.fetchrow(f"select {_COLUMNS} {_FROM} where notice_id = $1", id_))


async def summaries(
    connection: Connection,
    *,
    id_: UUID | None = None,
    status: str | None = None,
    agency: str | None = None,
    year: int | None = None,
) -> list[Summary]:
    """Return notices that fit all that is given, oldest first; `agency`: words in its name.

    The recipient of one that was never handed over is the mailbox that the directory has now.
    """
    rows = await connection.fetch(
        """select notice_id as id, notice.status, hold_reason, reply, agency_name, year, kind, errors, warnings,
                  coalesce(recipient, mailbox) as recipient, notice.changed_at
           from notice join correction_case using (case_id)
           left join contact on contact.agency_id = notice.agency_id and until is null
           where ($1::uuid is null or notice_id = $1) and ($2::text is null or notice.status = $2)
             and ($3::text is null or strpos(agency_name, $3) > 0) and ($4::int is null or year = $4)
           order by created_at, notice_id""",
        id_,
        status,
        agency,
        year,
    )
    return [Summary(**row) for row in rows]


async def measure(connection: Connection) -> None:
    """Show how many notices were let go and are not sent yet, and how long the oldest has waited."""
    row = await connection.fetchrow(
        """select count(*) as pending, coalesce(extract(epoch from now() - min(dated_at)), 0)::float8 as seconds
           from notice where status in ('pending', 'sending', 'deferred')"""
    )
    metrics.notices_at(row["pending"], row["seconds"])


def _counts(judged: ReportViolations) -> tuple[int, int]:
    severities = [found.severity for found in to_correct(judged.judgement.findings)]
    return severities.count("E"), severities.count("W")


def read_notice(row: Any) -> Notice:
    """Return the notice of a row."""
    return Notice(**{**row, "violations": ReportViolations.model_validate_json(row["violations"])})


async def note(
    connection: Connection, case: UUID, notice: UUID | None, *, by: str, what: str, detail: str | None = None
) -> None:
    """Enter what happened to a case into its history."""
    await connection.execute(
        "insert into case_event (case_id, notice_id, by, what, detail) values ($1, $2, $3, $4, $5)",
        case,
        notice,
        by,
        what,
        detail,
    )


async def history(connection: Connection, id_: UUID) -> list[dict[str, Any]]:
    """Return what happened to a notice, oldest first: at, by, what (the status it came to), detail."""
    rows = await connection.fetch("select at, by, what, detail from case_event where notice_id = $1 order by id", id_)
    return [dict(row) for row in rows]


async def tell(connection: Connection, id_: UUID, *, by: str, detail: str | None = None) -> Outgoing:
    """Enter a notice's new status into the history of its case, and return the event that tells it."""
    notice = await get(connection, id_)
    await note(connection, notice.case_id, id_, by=by, what=notice.status, detail=detail or notice.hold_reason)
    return status_event(notice)


async def publish(
    connection: Connection, id_: UUID, *, by: str, detail: str | None = None, traceparent: str | None = None
) -> Notice:
    """As `tell`, and write the event to the outbox: for whoever changes a status outside the handling of an event.

    The event continues from `traceparent`, else from where the notice was written.
    """
    event = await tell(connection, id_, by=by, detail=detail)
    notice = await get(connection, id_)
    await outbox.append(
        connection,
        "notify",
        event,
        correlation_id=notice.correlation_id,
        causation_id=None,
        traceparent=traceparent or notice.traceparent,
    )
    return notice
