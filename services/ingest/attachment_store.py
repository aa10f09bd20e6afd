"""Ingest's table attachment_fetch: which attachments of pages are to be fetched, when, and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from services.ingest.core import republished
from shared.documents import Problem
from shared.stream import outbox
from shared.stream.events import RawReport
from shared.stream.stage import Connection


@dataclass(frozen=True, slots=True)
class Errand:
    """An attachment to fetch for a page as observed: how often it was tried, since when."""

    observation_id: UUID
    source: str
    attempts: int
    begun_at: datetime


async def next_errand(connection: Connection, lease_seconds: float) -> Errand | None:
    """Return the attachment that has been due longest, taken for so many seconds; None where none is due.

    Parse lists attachments, and what it has newly listed is due at once. Several replicas never take the same one.
    """
    await connection.execute(
        """insert into attachment_fetch (observation_id, source)
           select a.observation_id, a.source from attachment a
           where a.fetchable and not exists
               (select from attachment_fetch f where f.observation_id = a.observation_id and f.source = a.source)
           on conflict do nothing"""
    )
    row = await connection.fetchrow(
        """update attachment_fetch set attempts = attempts + 1, due_at = now() + make_interval(secs => $1)
           where (observation_id, source) =
               (select observation_id, source from attachment_fetch where settled_at is null and due_at <= now()
                order by due_at limit 1 for update skip locked)
           returning observation_id, source, attempts, begun_at""",
        lease_seconds,
    )
    return Errand(**dict(row)) if row else None


async def put_off(connection: Connection, errand: Errand, due_at: datetime, problem: Problem) -> None:
    """Note that an attachment is tried again, and why."""
    await connection.execute(
        "update attachment_fetch set due_at = $3, problem = $4 where observation_id = $1 and source = $2",
        errand.observation_id,
        errand.source,
        due_at,
        problem,
    )


async def settle(connection: Connection, errand: Errand, problem: Problem | None) -> None:
    """Note that an attachment is there, or given up for a problem; after the last one the page is published again.

    Where its page changed meanwhile nothing more is to be said of it.
    """
    async with connection.transaction(isolation="read_committed"):
        page = await connection.fetchrow(
            """select o.id as observation_id, o.source, o.source_kind, o.sequence, o.observed_at, o.sha256, o.address,
                      d.bytes, d.media_type
               from observation o join document d using (sha256) where o.id = $1 for update of o""",
            errand.observation_id,
        )
        await connection.execute(
            """update attachment_fetch set settled_at = now(), problem = $3
               where observation_id = $1 and source = $2 and settled_at is null""",
            errand.observation_id,
            errand.source,
            problem,
        )
        if await _is_last(connection, errand.observation_id, page["source"]):
            await outbox.append(
                connection,
                "ingest",
                republished(RawReport(**dict(page)), f"attachments {uuid4()}"),
                correlation_id=f"{errand.observation_id} attachments",
                causation_id=None,
                traceparent=None,
            )


async def _is_last(connection: Connection, observation_id: UUID, source: str) -> bool:
    """Whether no attachment of a page is open any more, and the page is still its source's newest."""
    last = await connection.fetchval(
        """select not exists (select from attachment_fetch where observation_id = $1 and settled_at is null)
              and not exists (select from observation newer join observation own on own.id = $1
                              where newer.source = $2 and newer.sequence > own.sequence)""",
        observation_id,
        source,
    )
    return bool(last)
