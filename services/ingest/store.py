"""The tables of ingest: document, observation and refusal."""

import asyncio
import contextlib
import hashlib
import time
from collections.abc import AsyncIterator, Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from uuid import UUID

import structlog

from services.ingest.core import Latest, Observation, observe, raw_report
from shared.database.pool import is_away
from shared.documents import Problem
from shared.media import media_type
from shared.ops import metrics, tracing
from shared.ops.errors import Transient
from shared.ops.logs import DIGITS
from shared.stream import outbox
from shared.stream.events import SourceKind
from shared.stream.stage import Connection

_ACQUIRE_SECONDS = 30

_log = structlog.get_logger("nianbao.ingest")


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking a document came to: its observation, and whether it is a new one or the source's latest again."""

    observation_id: UUID
    new: bool
    sha256: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A document that could not be taken and waits for a person; `file` is the watched file that it stands in."""

    source: str
    file: str
    problem: Problem
    bytes: int | None
    refused_at: datetime | None = field(default=None, compare=False)


async def take(
    pool: Connection,
    data: bytes,
    *,
    source: str,
    source_kind: SourceKind,
    name: str,
    observed_at: datetime,
    address: str | None = None,
) -> Taken:
    """Store a document seen at a source (found at `address`), its observation and the raw event in one transaction.

    The latest document of the source again is no new observation. Safe with several replicas: one at a time takes from
    a source. Raises Transient when the database is away; then nothing is stored.
    """
    sha256, media = await asyncio.to_thread(_claim, data, name)
    seen = partial(
        observe, source=source, source_kind=source_kind, sha256=sha256, observed_at=observed_at, address=address
    )
    async with _connection(pool) as connection:
        observation, new = seen(await _latest(connection, source))
        if new:
            observation, new = await _take_in_turn(connection, source, seen, data, media)
    return Taken(observation.id, new, sha256)


async def _take_in_turn(
    connection: Connection,
    source: str,
    seen: Callable[[Latest | None], tuple[Observation, bool]],
    data: bytes,
    media: str,
) -> tuple[Observation, bool]:
    """Store what is new at a source as the only one who does so now."""
    span, began = tracing.begin("ingest", None), time.perf_counter()
    # Read committed: what is read after the wait for the lock must be what the other replica wrote.
    async with connection.transaction(isolation="read_committed"):
        await connection.execute("select pg_advisory_xact_lock(hashtextextended($1, 0))", f"ingest {source}")
        observation, new = seen(await _latest(connection, source))
        if new:
            await _add(connection, observation, data, media, span.traceparent)
    if new:
        _tell(observation, len(data), span, time.perf_counter() - began)
    return observation, new


async def set_refusals(pool: Connection, file: str, refusals: Collection[Refusal]) -> list[Refusal]:
    """Make these the refusals of a watched file, none where it was taken whole or is gone; return those not known yet."""
    async with _connection(pool) as connection, connection.transaction():
        await connection.execute(
            "delete from refusal where file = $1 and source <> all($2)", file, [refusal.source for refusal in refusals]
        )
        new = [refusal for refusal in refusals if await _add_refusal(connection, refusal)]
    for refusal in new:
        metrics.refused(refusal.problem)
    return new


async def refusals(pool: Connection) -> list[Refusal]:
    """Return what waits for a person, oldest first; the sentence for each problem is in shared.documents.PROBLEMS."""
    async with _connection(pool) as connection:
        rows = await connection.fetch(
            "select source, file, problem, bytes, refused_at from refusal order by refused_at, source"
        )
    return [Refusal(**dict(row)) for row in rows]


@contextlib.asynccontextmanager
async def _connection(pool: Connection) -> AsyncIterator[Connection]:
    try:
        async with pool.acquire(timeout=_ACQUIRE_SECONDS) as connection:
            yield connection
    except Exception as error:
        if is_away(error):
            raise Transient(f"the database is away ({type(error).__name__})") from error
        raise


def _claim(data: bytes, name: str) -> tuple[str, str]:
    return hashlib.sha256(data).hexdigest(), media_type(data, name)


async def _latest(connection: Connection, source: str) -> Latest | None:
    row = await connection.fetchrow(
        "select sequence, sha256, observed_at from observation where source = $1 order by sequence desc limit 1", source
    )
    return Latest(**dict(row)) if row else None


def _tell(observation: Observation, bytes_: int, span: tracing.Span, seconds: float) -> None:
    metrics.handled("ingest", "done", seconds)
    facts = {"observation": str(observation.id), "document": observation.sha256[:DIGITS]}
    span.end("done", **facts)
    _log.info("taken", source=observation.source, bytes=bytes_, trace_id=span.trace_id, **facts)


async def _add(connection: Connection, observation: Observation, data: bytes, media: str, traceparent: str) -> None:
    if not await connection.fetchval("select true from document where sha256 = $1", observation.sha256):
        await connection.execute(
            """insert into document (sha256, bytes, media_type, content, first_seen) values ($1, $2, $3, $4, $5)
               on conflict (sha256) do nothing""",
            observation.sha256,
            len(data),
            media,
            data,
            observation.observed_at,
        )
    await connection.execute(
        """insert into observation (id, source, source_kind, sequence, sha256, observed_at, address)
           values ($1, $2, $3, $4, $5, $6, $7)""",
        observation.id,
        observation.source,
        observation.source_kind,
        observation.sequence,
        observation.sha256,
        observation.observed_at,
        observation.address,
    )
    await outbox.append(
        connection,
        "ingest",
        raw_report(observation, bytes_=len(data), media_type=media),
        correlation_id=str(observation.id),
        causation_id=None,
        traceparent=traceparent,
    )


async def _add_refusal(connection: Connection, refusal: Refusal) -> bool:
    status: str = await connection.execute(
        """insert into refusal (source, file, problem, bytes) values ($1, $2, $3, $4)
           on conflict (source) do update
           set file = excluded.file, problem = excluded.problem, bytes = excluded.bytes, refused_at = now()
           where (refusal.problem, refusal.bytes) is distinct from (excluded.problem, excluded.bytes)""",
        refusal.source,
        refusal.file,
        refusal.problem,
        refusal.bytes,
    )
    return status == "INSERT 0 1"
