"""Who publishes the outbox, and which rows are next: the part that every bus's relay shares."""

import asyncio
import warnings
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from types import TracebackType
from typing import Any, Self

import asyncpg

from shared.database.pool import Pool, is_lost
from shared.stream.envelope import Record, headers_from_json
from shared.stream.outbox import CHANNEL, SHARDS
from shared.stream.stage import Connection, StageName

_BROKEN = (asyncpg.InterfaceError, asyncpg.InternalClientError, asyncpg.PostgresError, OSError)


class Claim:
    """The shards of the outbox that this process alone publishes, held by advisory locks on a connection of its own.

    Of one service's rows, or with none given, of all. A process that dies loses its connection and so its shards;
    `wake` is called with a topic when rows were written.
    """

    def __init__(self, pool: Pool, wake: Callable[[str], None], service: StageName | None = None) -> None:
        self._pool = pool
        self._wake = wake
        # Its hash is the first half of the advisory lock, the shard is the second.
        self._lock = f"outbox {service}" if service else "outbox"
        self._connection: Connection = None
        self._shards: list[int] = []
        self._one_at_a_time = asyncio.Lock()

    async def __aenter__(self) -> Self:
        """Claim nothing yet; `shards` does."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the shards up."""
        await self._let_go()

    async def shards(self) -> list[int]:
        """Return the shards held, having tried for those that nobody holds; after an outage they are claimed anew."""
        async with self._one_at_a_time:
            if self._connection is None or is_lost(self._connection):
                await self._let_go()
                self._connection = await self._pool.acquire(timeout=10)
                await self._connection.add_listener(CHANNEL, self._heard)
            if len(self._shards) < SHARDS:
                self._shards = [*self._shards, *await self._more()]
            return self._shards

    @asynccontextmanager
    async def held(self) -> AsyncIterator[tuple[Connection, list[int]]]:
        """Give the connection that holds the locks, and the shards: what is read on it is still ours alone."""
        shards = await self.shards()
        async with self._one_at_a_time:
            yield self._connection, shards

    async def _more(self) -> list[int]:
        rows = await self._connection.fetch(
            "select shard from unnest($2::int[]) as shard where pg_try_advisory_lock(hashtext($1), shard)",
            self._lock,
            sorted(set(range(SHARDS)) - set(self._shards)),
        )
        return [row["shard"] for row in rows]

    async def _let_go(self) -> None:
        connection, self._connection, self._shards = self._connection, None, []
        if connection is None:
            return
        if not is_lost(connection):
            with suppress(*_BROKEN):
                await connection.remove_listener(CHANNEL, self._heard)
                await self._pool.release(connection, timeout=5)
                return
        # The pool may not have noticed that it broke: it would have one less, and wait for it when it is closed.
        with suppress(asyncpg.InterfaceError), warnings.catch_warnings():
            warnings.simplefilter("ignore", asyncpg.InterfaceWarning)  # the listener is gone with the connection
            connection.terminate()

    def _heard(self, _connection: Any, _pid: int, _channel: str, topic: object) -> None:
        self._wake(str(topic))


async def due(connection: Connection, topic: str, shards: Sequence[int], limit: int) -> list[Record]:
    """Return the first unpublished records of a topic in these shards, in the order written; offset is the outbox id."""
    rows = await connection.fetch(
        """select id, topic, key, payload, headers from outbox
        where published_at is null and topic = $1 and shard = any($2) order by id limit $3""",
        topic,
        shards,
        limit,
    )
    return [_record(row) for row in rows]


async def due_of(connection: Connection, service: StageName, shards: Sequence[int], limit: int) -> list[Record]:
    """Return the first unpublished records of a service in these shards, in the order written, whatever their topic."""
    rows = await connection.fetch(
        """select id, topic, key, payload, headers from outbox
        where published_at is null and service = $1 and shard = any($2) order by id limit $3""",
        service,
        shards,
        limit,
    )
    return [_record(row) for row in rows]


async def mark_published(connection: Connection, records: Sequence[Record]) -> None:
    """Mark records of `due` as published."""
    ids = [record.offset for record in records]
    await connection.execute("update outbox set published_at = now() where id = any($1)", ids)


async def mark_unread(connection: Connection, read: Sequence[str], shards: Sequence[int]) -> None:
    """Mark what is written to topics other than `read` as published: on this bus nobody reads it."""
    await connection.execute(
        "update outbox set published_at = now() where published_at is null and topic <> all($1) and shard = any($2)",
        read,
        shards,
    )


def _record(row: Any) -> Record:
    headers = headers_from_json(row["headers"])
    return Record(row["topic"], None, row["id"], row["key"], row["payload"], headers)
