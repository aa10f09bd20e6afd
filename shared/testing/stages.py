"""Two small stages in a row, to try a bus with: every ping becomes a row and a pong, every pong becomes a row."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from shared.database.migrate import Pool
from shared.stream import outbox
from shared.stream.envelope import Record, encode
from shared.stream.events import Event
from shared.stream.stage import Connection, Outcome, Outgoing, Received, StageName
from shared.stream.topics import Topic


class Ping(Event):
    """A number on its way."""

    type: ClassVar[str] = "nianbao.test.ping.v1"
    n: int


class Pong(Event):
    """A number that came through the first stage."""

    type: ClassVar[str] = "nianbao.test.pong.v1"
    n: int


PING = Topic("test.ping.v1", Ping, key="key", partitions=1, retention_days=1)
PONG = Topic("test.pong.v1", Pong, key="key", partitions=1, retention_days=1)

TRACE = "0af7651916cd43dd8448eb211c80319c"
TRACEPARENT = f"00-{TRACE}-b7ad6b7169203331-01"
"""The trace that the pings of `record` belong to: the example of W3C Trace Context."""

Step = Callable[[int], Awaitable[None]]


async def nothing(_n: int) -> None:
    """Let a number pass."""
    await asyncio.sleep(0)


@dataclass(frozen=True)
class Pinger:
    """The first stage; `in_work` and `in_commit` are where a test puts its faults, the latter after the row is written."""

    in_work: Step = nothing
    in_commit: Step = nothing
    version: str = "1"
    name: StageName = "parse"
    topic: Topic = PING

    async def work(self, received: Received[Ping]) -> int:
        """Return the number."""
        await self.in_work(received.body.n)
        return received.body.n

    async def commit(self, connection: Connection, received: Received[Ping], result: int) -> Outcome:
        """Write a row, publish a pong."""
        await connection.execute("insert into pinged (n, key) values ($1, $2)", result, received.key)
        await self.in_commit(result)
        return Outcome((Outgoing(PONG, Pong(n=result), subject=str(result), key=received.key, inputs="pong"),))


@dataclass(frozen=True)
class Ponger:
    """The second stage."""

    in_work: Step = nothing
    version: str = "1"
    name: StageName = "validate"
    topic: Topic = PONG

    async def work(self, received: Received[Pong]) -> int:
        """Return the number."""
        await self.in_work(received.body.n)
        return received.body.n

    async def commit(self, connection: Connection, received: Received[Pong], result: int) -> Outcome:
        """Write a row."""
        await connection.execute("insert into ponged (n, key) values ($1, $2)", result, received.key)
        return Outcome()


async def make_tables(pool: Pool) -> None:
    """Make the tables of the two stages; they take a number twice, so that a test can see it."""
    for table in ("pinged", "ponged"):
        await pool.execute(f"create table {table} (id bigserial primary key, n int not null, key text not null)")


def ping(n: int, key: str = "k") -> Outgoing:
    """Return a ping."""
    return Outgoing(PING, Ping(n=n), subject=str(n), key=key, inputs="ping")


def record(n: int, key: str = "k") -> Record:
    """Return a ping as a bus delivers it."""
    outgoing = ping(n, key)
    headers = encode(
        "ingest", outgoing, time=datetime.now(UTC), correlation_id=f"c{n}", causation_id=None, traceparent=TRACEPARENT
    )
    return Record(PING.name, None, n, key.encode(), outgoing.body.model_dump_json().encode(), headers)


async def send(pool: Pool, numbers: Iterable[int], keys: int = 1) -> None:
    """Write pings to the outbox, each in its own transaction, spread over so many keys."""
    for n in numbers:
        async with pool.acquire() as connection, connection.transaction():
            outgoing = ping(n, f"k{n % keys}")
            await outbox.append(
                connection, "ingest", outgoing, correlation_id=f"c{n}", causation_id=None, traceparent=None
            )
