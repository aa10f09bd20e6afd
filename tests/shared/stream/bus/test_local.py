"""The local bus on real PostgreSQL: nothing lost, nothing twice, order of a key kept, through kill -9 and outages."""

import asyncio
import signal
import sys
from contextlib import asynccontextmanager

import pytest
from structlog.testing import capture_logs

from shared.database import embedded
from shared.database.migrate import migrate
from shared.database.pool import connect
from shared.ops.errors import Halted, Transient
from shared.ops.settings import CommonSettings
from shared.stream.bus.local import LocalBus
from shared.stream.dead_letters import find
from shared.testing.database import pool_on
from shared.testing.stages import Pinger, Ponger, make_tables, send

PATIENCE = 60


@asynccontextmanager
async def running(*buses: LocalBus):
    """Run buses, and stop them at the end."""
    stop = asyncio.Event()
    tasks = [asyncio.create_task(bus.run(stop)) for bus in buses]
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(asyncio.gather(*tasks), PATIENCE)


async def until(pool, question: str) -> None:
    """Wait until the database answers yes."""
    async with asyncio.timeout(PATIENCE):
        while not await pool.fetchval(question):  # noqa: ASYNC110 - the answer is another process's
            await asyncio.sleep(0.02)


async def all_published(pool) -> None:
    """Wait until the outbox is empty; every event makes its successor in the transaction that handles it."""
    await until(pool, "select not exists (select from outbox where published_at is null)")


async def said(lines: list, event: str) -> None:
    """Wait until a log line is there."""
    async with asyncio.timeout(PATIENCE):
        while not any(line["event"] == event for line in lines):  # noqa: ASYNC110 - lines come from other tasks
            await asyncio.sleep(0.02)


async def rows(pool, table: str, key: str | None = None) -> list[int]:
    """Return the numbers of a table in the order of its rows."""
    query = f"select n from {table} where $1::text is null or key = $1 order by id"
    return [row["n"] for row in await pool.fetch(query, key)]


@pytest.fixture(autouse=True)
async def tables(pool):
    """Give every test the tables of the two small stages."""
    await make_tables(pool)


async def test_an_event_passes_through_all_stages_and_leaves_nothing_due(pool):
    """What was waiting when the bus started and what comes while it runs, across batches."""
    await send(pool, range(60))
    async with running(LocalBus(pool, [Pinger(), Ponger()])):
        await send(pool, range(60, 130))
        await all_published(pool)
    assert await rows(pool, "pinged") == await rows(pool, "ponged") == list(range(130))


async def test_a_topic_that_nobody_reads_here_does_not_pile_up(pool):
    """Status events are for other readers; on the local bus they count as published."""
    await send(pool, range(3))
    async with running(LocalBus(pool, [Pinger()])):
        await all_published(pool)
    assert await pool.fetchval("select count(*) from outbox where topic = 'test.pong.v1'") == 3


async def test_two_buses_on_one_database_handle_each_event_once_and_in_order(database, pool):
    """Each holds shards of keys; order of a key is order of writing, whoever handles it."""
    async with pool_on(database) as other:
        buses = [LocalBus(each, [Pinger(), Ponger()]) for each in (pool, other)]
        async with running(*buses):
            await send(pool, range(200), keys=7)
            await all_published(pool)
    assert sorted(await rows(pool, "ponged")) == list(range(200))
    for key in range(7):
        assert await rows(pool, "ponged", f"k{key}") == list(range(key, 200, 7))


async def test_the_second_bus_takes_over_when_the_first_stops(database, pool):
    """The shards of one that is gone are claimed by one that stands by."""
    async with pool_on(database) as other:
        async with running(LocalBus(pool, [Pinger(), Ponger()])):
            await send(pool, range(5))
            await all_published(pool)
            standby = running(LocalBus(other, [Pinger(), Ponger()]))
            await standby.__aenter__()
        await send(pool, range(5, 10))
        await all_published(pool)
        await standby.__aexit__(None, None, None)
    assert await rows(pool, "ponged") == list(range(10))


async def test_stopping_finishes_the_batch_in_hand(pool):
    """Ctrl-C in mid-work: what was begun is committed, the rest waits for the next start."""
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def hold(_n: int) -> None:
        begun.set()
        await go_on.wait()

    await send(pool, range(3))
    stop = asyncio.Event()
    task = asyncio.create_task(LocalBus(pool, [Pinger(in_work=hold)]).run(stop))
    await begun.wait()
    stop.set()
    go_on.set()
    await asyncio.wait_for(task, PATIENCE)
    assert await rows(pool, "pinged") == [0, 1, 2]
    assert await rows(pool, "ponged") == []


async def test_a_halting_consumer_stops_the_bus_with_its_message(pool):
    """Everything stays: the letters kept so far, and the rest in the outbox."""

    async def broken(_n: int) -> None:
        raise ValueError

    await send(pool, range(120))
    with pytest.raises(Halted, match="parse"):
        await asyncio.wait_for(LocalBus(pool, [Pinger(in_work=broken), Ponger()]).run(asyncio.Event()), PATIENCE)
    assert len(await find(pool)) == 50
    assert await pool.fetchval("select count(*) from outbox where published_at is null") >= 70


async def test_a_stage_that_waits_holds_up_no_other(pool):
    """The mail server is away: parsing goes on; when it is back, everything comes through in order."""
    back = asyncio.Event()

    async def away(_n: int) -> None:
        if not back.is_set():
            raise Transient("away")

    await send(pool, range(60))
    async with running(LocalBus(pool, [Pinger(), Ponger(in_work=away)])):
        await until(pool, "select count(*) = 60 from pinged")
        back.set()
        await all_published(pool)
    assert await rows(pool, "ponged") == list(range(60))
    assert await find(pool) == []


async def test_the_database_stops_and_returns(data_dir):
    """The bus waits, says so once, and goes on: no dead letter, no row twice, order kept."""
    allow_root = CommonSettings().allow_root
    own = await connect(await asyncio.to_thread(embedded.start, data_dir, allow_root=allow_root))
    await migrate(own)
    await make_tables(own)
    away = asyncio.Event()

    async def notice(n: int) -> None:
        if n == 30:
            away.set()

    with capture_logs() as lines:
        async with running(LocalBus(own, [Pinger(in_work=notice), Ponger()])):
            await send(own, range(200), keys=3)
            await away.wait()
            await asyncio.to_thread(embedded.stop, data_dir)
            await said(lines, "waiting")
            await asyncio.to_thread(embedded.start, data_dir, allow_root=allow_root)
            await said(lines, "going on")
            await all_published(own)
    for key in range(3):
        assert await rows(own, "ponged", f"k{key}") == list(range(key, 200, 3))
    assert await find(own) == []
    assert [line["event"] for line in lines if line["event"] in {"waiting", "going on"}] == ["waiting", "going on"]
    await own.close()


PROGRAM = """
import asyncio, os, signal, sys
from shared.database.pool import connect
from shared.stream.bus.local import LocalBus
from shared.testing.stages import Pinger, Ponger, nothing

async def die(n):
    if n == 23:
        os.kill(os.getpid(), signal.SIGKILL)

async def main():
    point, address = sys.argv[1:]
    pinger = Pinger(**{point: die}) if point.startswith("in_") else Pinger()
    stages = [pinger, Ponger(in_work=die) if point == "second stage" else Ponger()]
    await LocalBus(await connect(address), stages).run(asyncio.Event())

asyncio.run(main())
"""


MARKING = "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"


async def started(point: str, database: str) -> asyncio.subprocess.Process:
    """Start a process with both stages that kills itself at number 23 at that point, or nowhere."""
    return await asyncio.create_subprocess_exec(sys.executable, "-c", PROGRAM, point, database)


@pytest.mark.parametrize("point", ["in_work", "in_commit", "second stage"])
async def test_killed_in_mid_batch_it_goes_on_where_it_was(database, pool, point):
    """Kill -9 in the work, in the transaction, and between two stages: every event through, each once, in order."""
    await send(pool, range(80), keys=3)
    process = await started(point, database)
    assert await asyncio.wait_for(process.wait(), PATIENCE) == -signal.SIGKILL
    await finish_and_reconcile(pool, 80, keys=3)


async def test_killed_between_commit_and_mark_nothing_is_handled_twice(database, pool):
    """The mark is held up by a lock on the rows, so that the kill falls exactly there."""
    await send(pool, range(10))
    async with pool.acquire() as holding, holding.transaction():
        await holding.execute("select from outbox for update")
        process = await started("none", database)
        await until(pool, "select count(*) = 10 from pinged")
        await until(pool, f"select exists ({MARKING})")
        process.kill()
        await process.wait()
        await pool.fetch(f"select pg_terminate_backend(pid) from ({MARKING}) as marking")
    assert (
        await pool.fetchval("select count(*) from outbox where topic = 'test.ping.v1' and published_at is null") == 10
    )
    await finish_and_reconcile(pool, 10, keys=1)


async def test_killed_at_any_moment_nothing_is_lost_or_doubled(database, pool):
    """Several kills, each as soon as some more rows are there."""
    await send(pool, range(300), keys=5)
    for reached in (1, 60, 120, 200):
        process = await started("none", database)
        await until(pool, f"select count(*) >= {reached} from ponged")
        process.kill()
        await process.wait()
    await finish_and_reconcile(pool, 300, keys=5)


async def finish_and_reconcile(pool, count: int, keys: int) -> None:
    """Run a bus to the end: each number once in each table, in the order of its key, and no dead letter."""
    async with running(LocalBus(pool, [Pinger(), Ponger()])):
        await all_published(pool)
    for table in ("pinged", "ponged"):
        for key in range(keys):
            assert await rows(pool, table, f"k{key}") == list(range(key, count, keys))
    assert await find(pool) == []
