"""What waits for a person: held and failed notices, mails of unknown outcome, reports that could not be checked."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.notify.core import REASONS
from shared.stream.stage import Connection

_WAITING = """
select 'notice' as kind, notice_id as id, agency_name, year, notice.status as state, hold_reason as reason, reply,
       notice.changed_at as since
from notice join correction_case using (case_id)
where notice.status in ('held', 'failed')
   or (notice.status = 'unknown' and (notice.resent or not $1)
       and not exists (select from notice newer where newer.case_id = notice.case_id
                       and newer.judgement_no > notice.judgement_no and newer.status <> 'superseded'))
union all
select 'case', case_id, agency_name, year, status, reason, null, changed_at
from correction_case
where status = 'waiting' and reason = 'not_assessable'
order by since, id"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for a person: a notice or a case, whose, in what state, why (Chinese), since when."""

    kind: str
    id: UUID
    agency_name: str | None
    year: int | None
    state: str
    why: str
    since: datetime


async def waiting(connection: Connection, *, resend_unknown: bool) -> list[Waiting]:
    """Return what waits for a person, longest first; `resend_unknown` as in the settings."""
    rows = await connection.fetch(_WAITING, resend_unknown)
    return [
        Waiting(
            row["kind"],
            row["id"],
            row["agency_name"],
            row["year"],
            row["state"],
            REASONS.get(row["reason"] or "", row["reply"] or ""),
            row["since"],
        )
        for row in rows
    ]
