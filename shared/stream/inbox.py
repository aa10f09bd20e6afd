"""Which events a consumer has dealt with; the key is (consumer, consumer version, event id)."""

from collections.abc import Sequence
from uuid import UUID

from shared.stream.stage import Connection
from shared.stream.topics import TOPICS

RETENTION_DAYS = max(topic.retention_days for topic in TOPICS)


async def known(connection: Connection, consumer: str, version: str, ids: Sequence[UUID]) -> set[UUID]:
    """Return those of the ids that the consumer has dealt with already."""
    rows = await connection.fetch(
        "select event_id from inbox where consumer = $1 and consumer_version = $2 and event_id = any($3)",
        consumer,
        version,
        ids,
    )
    return {row["event_id"] for row in rows}


async def remember(connection: Connection, consumer: str, version: str, id_: UUID, *, dead: bool = False) -> bool:
    """Enter an event; False where it stood there already. Waits for another replica that is entering the same one."""
    entered = await connection.fetchval(
        """insert into inbox (consumer, consumer_version, event_id, dead) values ($1, $2, $3, $4)
        on conflict do nothing returning true""",
        consumer,
        version,
        id_,
        dead,
    )
    return entered is True


async def remember_all(connection: Connection, consumer: str, version: str, ids: Sequence[UUID]) -> set[UUID]:
    """Enter events at one go; return those that did not stand there already. Waits as `remember` does."""
    # In one order, so that two replicas with the same events in hand wait for each other and do not lock each other out.
    rows = await connection.fetch(
        """insert into inbox (consumer, consumer_version, event_id)
        select $1, $2, id from unnest($3::uuid[]) as id order by id on conflict do nothing returning event_id""",
        consumer,
        version,
        ids,
    )
    return {row["event_id"] for row in rows}


async def prune(connection: Connection) -> None:
    """Delete entries older than the longest retention of a topic: no bus can deliver those events again."""
    await connection.execute("delete from inbox where received_at < now() - make_interval(days => $1)", RETENTION_DAYS)
