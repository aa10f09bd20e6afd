"""Events on their way out: written in the transaction that made them, published afterwards."""

import zlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from shared.ops import metrics
from shared.stream.envelope import Header, encode, event_id, headers_as_json
from shared.stream.stage import Connection, Outgoing, Received, StageName
from shared.stream.topics import TOPICS

SHARDS = 16
CHANNEL = "outbox"

_INSERT = """
with written as (
    insert into outbox (service, topic, key, shard, headers, payload) values ($1, $2, $3, $4, $5, $6) returning topic
)
select pg_notify($7, topic) from written
"""


def shard_of(key: bytes | None) -> int:
    """Return the shard of a key: one of SHARDS, the same on every machine."""
    return zlib.crc32(key or b"") % SHARDS


async def append(
    connection: Connection,
    stage_name: StageName,
    outgoing: Outgoing,
    *,
    correlation_id: str,
    causation_id: str | None,
    traceparent: str | None,
) -> UUID:
    """Write an event down for publishing, inside the caller's transaction, and return its id."""
    row = _row(stage_name, outgoing, correlation_id, causation_id, traceparent)
    await connection.execute(_INSERT, *row)
    return event_id(outgoing)


async def append_all(
    connection: Connection, stage_name: StageName, events: Sequence[tuple[Received[Any], Outgoing]]
) -> None:
    """Write down, at one go and in this order, events with those that they follow from."""
    rows = [
        _row(stage_name, outgoing, received.correlation_id, str(received.id), received.traceparent)
        for received, outgoing in events
    ]
    await connection.executemany(_INSERT, rows)


def _row(
    stage_name: StageName, outgoing: Outgoing, correlation_id: str, causation_id: str | None, traceparent: str | None
) -> tuple[object, ...]:
    headers = encode(
        stage_name,
        outgoing,
        time=datetime.now(UTC),
        correlation_id=correlation_id,
        causation_id=causation_id,
        traceparent=traceparent,
    )
    body = outgoing.body.model_dump_json().encode()
    return _values(stage_name, outgoing.topic.name, outgoing.key.encode(), body, headers)


async def write(
    connection: Connection,
    service: str,
    topic: str,
    key: bytes | None,
    payload: bytes | None,
    headers: Iterable[Header],
) -> None:
    """Write a record down for publishing as it is, and wake whoever publishes."""
    await connection.execute(_INSERT, *_values(service, topic, key, payload, headers))


def _values(
    service: str, topic: str, key: bytes | None, payload: bytes | None, headers: Iterable[Header]
) -> tuple[object, ...]:
    return service, topic, key, shard_of(key), headers_as_json(headers), payload, CHANNEL


async def measure(connection: Connection, services: Sequence[StageName]) -> None:
    """Show how many events of each of these services wait to be published, and for how long."""
    rows = await connection.fetch(
        """select service, count(*) as depth, extract(epoch from now() - min(created_at))::float8 as seconds
        from outbox where published_at is null and service = any($1) group by service""",
        services,
    )
    waiting = {row["service"]: (row["depth"], row["seconds"]) for row in rows}
    for service in services:
        metrics.outbox_at(service, *waiting.get(service, (0, 0.0)))


async def prune(connection: Connection) -> None:
    """Delete published events after their topic's retention."""
    for topic in TOPICS:
        await connection.execute(
            "delete from outbox where topic = $1 and published_at < now() - make_interval(days => $2)",
            topic.name,
            topic.retention_days,
        )
