"""Documents, observations and raw events on real PostgreSQL."""

import asyncio
import contextlib
import hashlib
import random
import subprocess
import sys
from datetime import UTC, datetime

import asyncpg
import pytest

from services.ingest import store
from services.ingest.store import Refusal, take
from shared.database.pool import connect
from shared.ops.errors import Transient

NOON = datetime(2025, 1, 20, 4, tzinfo=UTC)


async def seen(pool, data: bytes, source: str = "/样例/年报.html", at: datetime = NOON):
    """Take a document from a source."""
    return await take(pool, data, source=source, source_kind="folder", name="年报.html", observed_at=at)


async def counted(pool) -> dict[str, int]:
    """Return how many rows the tables hold."""
    return {
        table: await pool.fetchval(f"select count(*) from {table}") for table in ("document", "observation", "outbox")
    }


async def test_a_document_is_stored_observed_and_announced(pool):
    """One document: its bytes, one observation, one raw event that carries the claim check and no text."""
    data = "<html><p>样例市数据局</p></html>".encode()
    taken = await seen(pool, data)
    document = await pool.fetchrow("select * from document")
    assert (document["sha256"], document["content"], document["bytes"]) == (taken.sha256, data, len(data))
    assert document["media_type"] == "text/html"
    event = await pool.fetchrow("select topic, key, payload from outbox")
    assert (event["topic"], event["key"].decode()) == ("reports.raw.v1", "/样例/年报.html")
    assert str(taken.observation_id) in event["payload"].decode()
    assert "样例市" not in event["payload"].decode()


async def test_a_to_b_to_a_gives_three_events_and_two_documents(pool):
    """Bytes are stored once; each change of the source is an observation; the same twice in a row is one."""
    taken = [await seen(pool, data) for data in (b"A", b"A", b"B", b"A", b"A")]
    assert [one.new for one in taken] == [True, False, True, True, False]
    assert taken[0].observation_id == taken[1].observation_id != taken[3].observation_id
    assert await counted(pool) == {"document": 2, "observation": 3, "outbox": 3}


async def test_the_same_bytes_at_two_sources_are_two_observations(pool):
    """The bytes once, each source's observation of its own."""
    assert (await seen(pool, b"A", "/样例/甲")).new
    assert (await seen(pool, b"A", "/样例/乙")).new
    assert await counted(pool) == {"document": 1, "observation": 2, "outbox": 2}


@pytest.mark.parametrize("isolation", ["read committed", "repeatable read", "serializable"])
async def test_replicas_that_see_one_document_at_once_make_one_observation(database, isolation):
    """Two replicas, twenty takes of one document at once, whatever isolation the database's owner prefers."""
    async with await connect(database) as first:
        name = await first.fetchval("select current_database()")
        await first.execute(f"alter database \"{name}\" set default_transaction_isolation = '{isolation}'")
    async with await connect(database) as first, await connect(database) as second:
        taken = await asyncio.gather(*(seen(pool, b"A") for pool in (first, second) * 10))
        assert sum(one.new for one in taken) == 1
        assert await counted(first) == {"document": 1, "observation": 1, "outbox": 1}


async def test_replicas_that_change_one_source_number_without_gaps(database):
    """Thirty different documents of one source from two replicas: sequences 1 to 30, times never backwards."""
    async with await connect(database) as first, await connect(database) as second:
        documents = [str(number).encode() for number in range(30)]
        await asyncio.gather(*(seen((first, second)[n % 2], data) for n, data in enumerate(documents)))
        rows = await first.fetch("select sequence, observed_at from observation order by sequence")
    assert [row["sequence"] for row in rows] == list(range(1, 31))


async def test_what_cannot_be_announced_is_not_stored(pool):
    """One transaction: without its event there is no document and no observation."""
    await pool.execute("alter table outbox rename to outbox_away")
    with pytest.raises(asyncpg.UndefinedTableError):
        await seen(pool, b"A")
    await pool.execute("alter table outbox_away rename to outbox")
    assert await counted(pool) == {"document": 0, "observation": 0, "outbox": 0}
    assert (await seen(pool, b"A")).new


async def test_a_database_that_is_away_is_transient(database):
    """Whoever hands a document in is told to wait, not that something is wrong with it."""
    pool = await connect(database)
    pool.terminate()
    with pytest.raises(Transient):
        await seen(pool, b"A")


async def test_a_large_document_comes_back_byte_for_byte(pool):
    """Bytes are kept as published."""
    data = random.Random(7).randbytes(3 * 1024 * 1024)
    taken = await seen(pool, data)
    stored = await pool.fetchval("select content from document where sha256 = $1", taken.sha256)
    assert hashlib.sha256(stored).hexdigest() == taken.sha256


TAKER = """
import asyncio, sys
from datetime import UTC, datetime
from services.ingest.store import take
from shared.database.pool import connect

async def main(address):
    async with await connect(address) as pool:
        for number in range(60):
            await take(pool, b"x" * 1000 + str(number % 40).encode(), source=f"/{number}", source_kind="folder",
                       name="x.txt", observed_at=datetime.now(UTC))
            print(number, flush=True)

asyncio.run(main(sys.argv[1]))
"""


async def test_a_taker_killed_at_any_moment_loses_nothing_and_doubles_nothing(database, pool):
    """Killed hard again and again; in the end each source has one observation and one event, and every document its bytes."""
    chance = random.Random(20250120)
    for kill in range(6):
        await asyncio.to_thread(take_until_killed, database, 9 * kill + chance.randrange(9), chance.random() / 200)
    assert await asyncio.to_thread(take_until_killed, database, None, 0) == 0
    assert await counted(pool) == {"document": 40, "observation": 60, "outbox": 60}
    assert await pool.fetchval("select count(distinct payload) from outbox") == 60
    assert await pool.fetchval("select max(sequence) from observation") == 1


def take_until_killed(address: str, lines: int | None, pause: float) -> int:
    """Run the taker; kill it a moment after it has said so many lines, or let it end; return its exit code."""
    with subprocess.Popen([sys.executable, "-c", TAKER, address], stdout=subprocess.PIPE) as taker:
        for number, _ in enumerate(taker.stdout):
            if number == lines:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    taker.wait(pause)
                taker.kill()
                break
        return taker.wait()


async def test_a_refusal_is_told_once_and_goes_with_its_file(pool):
    """Only what is new or different is returned; a file taken whole, or gone, leaves no refusal."""
    big = Refusal("/样例/大.pdf", "/样例/大.pdf", "too_large", 50_000_000)
    member = Refusal("/样例/包.zip/密.txt", "/样例/包.zip", "archive_encrypted", 10)
    assert await store.set_refusals(pool, big.file, [big]) == [big]
    assert await store.set_refusals(pool, big.file, [big]) == []
    assert await store.set_refusals(pool, member.file, [member]) == [member]
    bigger = Refusal(big.source, big.file, "too_large", 60_000_000)
    assert await store.set_refusals(pool, big.file, [bigger]) == [bigger]
    assert set(await store.refusals(pool)) == {bigger, member}
    assert await store.set_refusals(pool, member.file, []) == []
    assert await store.refusals(pool) == [bigger]
