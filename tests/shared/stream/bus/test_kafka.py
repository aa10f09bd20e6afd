"""The Kafka bus on real Apache Kafka and PostgreSQL: nothing lost, nothing twice, order of a key kept."""

import asyncio
import signal
import sys
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from shared.ops.errors import Halted, Transient
from shared.stream.bus.kafka import KafkaBus
from shared.stream.bus.kafka_relay import KafkaRelay
from shared.stream.dead_letters import find
from shared.stream.envelope import Record
from shared.testing.database import pool_on
from shared.testing.line import Line
from shared.testing.records import committed, make_topics, send_records
from shared.testing.stages import PING, PONG, Pinger, Ponger, make_tables, record, send
from shared.testing.waiting import until

PATIENCE = 60


@asynccontextmanager
async def running(*parts):
    """Run buses and relays, and stop them at the end."""
    stop = asyncio.Event()
    tasks = [asyncio.create_task(part.run(stop)) for part in parts]
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(asyncio.gather(*tasks), PATIENCE)


async def rows(pool, table: str, key: str | None = None) -> list[int]:
    """Return the numbers of a table in the order of its rows."""
    query = f"select n from {table} where $1::text is null or key = $1 order by id"
    return [row["n"] for row in await pool.fetch(query, key)]


async def count(pool, table: str, number: int) -> None:
    """Wait until a table has so many rows."""
    await until(lambda: pool.fetchval(f"select count(*) >= $1 from {table}", number), seconds=PATIENCE)


@pytest.fixture
async def settings(pool, kafka_settings):
    """Give settings of the test's own, with tables and topics for the two small stages."""
    await make_tables(pool)
    await make_topics(kafka_settings, [PING.name, PONG.name], partitions=3)
    return kafka_settings


async def test_an_event_passes_through_outbox_topic_and_stage(pool, settings):
    """From one stage's outbox through its topic to the next stage, in the order of each key, and committed to the end."""
    await send(pool, range(60), keys=7)
    parts = [KafkaRelay(pool, "ingest", settings), KafkaRelay(pool, "parse", settings)]
    buses = [KafkaBus(pool, Pinger(), settings), KafkaBus(pool, Ponger(), settings)]
    async with running(*parts, *buses):
        await send(pool, range(60, 130), keys=7)
        await count(pool, "ponged", 130)
    for table in ("pinged", "ponged"):
        assert sorted(await rows(pool, table)) == list(range(130))
        for key in range(7):
            assert await rows(pool, table, f"k{key}") == list(range(key, 130, 7))
    assert sum((await committed(settings, "parse", PING.name)).values()) == 130
    assert await pool.fetchval("select count(*) from outbox where published_at is null") == 0


def poisons() -> list[Record]:
    """Return one record of each kind that cannot be handled, each with a neighbour that can on either side."""
    good = record(100)
    bad = [
        replace(record(1), value=b'{"n": '),
        replace(record(2), value=None),
        replace(record(3), value=b""),
        replace(record(4), value=b'{"n": "\xff\xfe"}'),
        replace(record(5), headers=()),
        replace(record(6), headers=(("ce_id", None), *good.headers[2:])),
        replace(record(7), headers=(*good.headers[:1], ("ce_id", b"\xff\xff"), *good.headers[2:])),
        replace(record(8), headers=tuple((n, b"unknown" if n == "ce_type" else v) for n, v in record(8).headers)),
        replace(record(9), key=b"\xff", value=b"\x00\xff"),
        replace(record(10), key=None, headers=()),
    ]
    return [each for n, poison in enumerate(bad) for each in (record(20 + n), poison)] + [good]


async def test_each_kind_of_poison_is_isolated_and_its_neighbours_pass(pool, settings):
    """Dead letters keep bytes, headers and origin as they came; the group goes on to the end of the topic."""
    sent = [replace(each, partition=0) for each in poisons()]
    await send_records(settings, sent)
    async with running(KafkaBus(pool, Pinger(), settings)):
        await count(pool, "pinged", 11)
        await until(lambda: at_end(settings, len(sent)), seconds=PATIENCE)
    assert await rows(pool, "pinged") == [*range(20, 30), 100]
    letters = {letter.record.offset: letter for letter in await find(pool)}
    assert sorted(letters) == list(range(1, 20, 2))
    for offset, letter in letters.items():
        origin = replace(sent[offset], offset=offset)
        assert (letter.record.value or b"") == (origin.value or b"")
        assert replace(letter.record, value=None) == replace(origin, value=None)


async def at_end(settings, number: int) -> bool:
    """Return whether the group of the first stage has committed so many records."""
    return sum((await committed(settings, "parse", PING.name)).values()) == number


async def test_a_stage_that_waits_loses_no_record_and_keeps_the_order(pool, settings):
    """What a stage leans on is away: offsets stand still, nothing is a dead letter; then all comes in order."""
    tries = 0

    async def away(_n: int) -> None:
        nonlocal tries
        tries += 1
        if tries < 4:
            raise Transient("away")

    await send_records(settings, [record(n, f"k{n % 3}") for n in range(30)])
    async with running(KafkaBus(pool, Pinger(in_work=away), settings)):
        await count(pool, "pinged", 30)
    for key in range(3):
        assert await rows(pool, "pinged", f"k{key}") == list(range(key, 30, 3))
    assert await find(pool) == []


async def test_a_halting_consumer_ends_the_bus_with_its_message(pool, settings):
    """Nothing but poison: it stops, says why, is not ready, and leaves the rest in the topic, not committed."""

    async def broken(_n: int) -> None:
        raise ValueError

    await send_records(settings, [replace(record(n), partition=0) for n in range(200)])
    bus = KafkaBus(pool, Pinger(in_work=broken), settings)
    with pytest.raises(Halted, match="parse"):
        await asyncio.wait_for(bus.run(asyncio.Event()), PATIENCE)
    assert "Halted" in bus.unready()
    assert 20 <= len(await find(pool)) <= 100
    assert sum((await committed(settings, "parse", PING.name)).values()) < 200


async def test_stopping_finishes_and_commits_the_batch_in_hand(pool, settings):
    """Told to stop in mid-work: what was begun is written and committed, the rest stays."""
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def hold(_n: int) -> None:
        begun.set()
        await go_on.wait()

    await send_records(settings, [record(n) for n in range(3)])
    stop = asyncio.Event()
    task = asyncio.create_task(KafkaBus(pool, Pinger(in_work=hold), settings).run(stop))
    await begun.wait()
    stop.set()
    go_on.set()
    await asyncio.wait_for(task, PATIENCE)
    assert await rows(pool, "pinged") == [0, 1, 2]
    assert await at_end(settings, 3)


async def test_replicas_that_come_and_go_repeat_nothing(database, pool, settings):
    """A batch in hand is finished before its partitions move: no record is delivered twice, none is lost, order holds."""

    async def slowly(_n: int) -> None:
        await asyncio.sleep(0.01)

    async with pool_on(database) as other:
        with capture_logs() as lines:
            async with running(KafkaBus(pool, Pinger(in_work=slowly), settings)):
                await send_records(settings, [record(n, f"k{n % 7}") for n in range(300)])
                for reached in (50, 150, 250):
                    await count(pool, "pinged", reached)
                    async with running(KafkaBus(other, Pinger(in_work=slowly), settings)):
                        await send_records(settings, [record(reached + n, f"k{reached}") for n in range(1000, 1040)])
                        await count(pool, "pinged", reached + 60)
                await count(pool, "pinged", 420)
    assert [line for line in lines if line.get("outcome") == "duplicate"] == []
    assert len(await rows(pool, "pinged")) == 420
    for key in range(7):
        assert await rows(pool, "pinged", f"k{key}") == list(range(key, 300, 7))


async def test_it_tells_where_it_stands(pool, settings):
    """Ready once it has partitions; the lag is what lies behind its position, and 0 at the end."""
    bus = KafkaBus(pool, Pinger(), settings)
    assert bus.unready()
    await send_records(settings, [replace(record(n), partition=n % 3) for n in range(30)])
    async with running(bus):
        await count(pool, "pinged", 30)
        await until(lambda: at_end(settings, 30))
        assert bus.unready() is None
        assert bus.stuck() is None
        await until(lambda: known(bus))
        standing = {(each.partition, each.offset, each.lag) for each in bus.positions()}
    assert standing == {(0, 10, 0), (1, 10, 0), (2, 10, 0)}


async def test_a_batch_in_hand_is_lag(pool, settings):
    """It was read, not handled: while it waits for the database, its group must not look as if it moved."""
    calls: list[int] = []
    over = asyncio.Event()

    async def wait(n: int) -> None:
        calls.append(n)
        await over.wait()

    async def waiting() -> bool:
        return bool(calls)

    bus = KafkaBus(pool, Pinger(in_work=wait), settings)
    await send_records(settings, [replace(record(n), partition=0) for n in range(5)])
    async with running(bus):
        await until(waiting)
        assert (0, 0, 5) in {(each.partition, each.offset, each.lag) for each in bus.positions()}
        over.set()
        await count(pool, "pinged", 5)


async def known(bus: KafkaBus) -> bool:
    """Return whether the bus knows its position in all three partitions."""
    return len(bus.positions()) == 3


PROGRAM = """
import asyncio, os, signal, sys
from shared.database.pool import connect
from shared.stream.bus.kafka import KafkaBus
from shared.stream.settings import KafkaSettings
from shared.testing.stages import Pinger

async def die(n):
    if n == 23:
        os.kill(os.getpid(), signal.SIGKILL)

async def main():
    point, database, kafka, prefix = sys.argv[1:]
    settings = KafkaSettings(kafka=kafka, kafka_prefix=prefix, kafka_session_seconds=3)
    await KafkaBus(await connect(database), Pinger(**{point: die}), settings).run(asyncio.Event())

asyncio.run(main())
"""


@pytest.mark.parametrize("point", ["in_work", "in_commit"])
async def test_killed_in_mid_batch_another_replica_goes_on(database, pool, settings, point):
    """Kill -9 in the work and in the transaction: every event through, each once, in the order of its key."""
    await send_records(settings, [record(n, f"k{n % 3}") for n in range(80)])
    address, prefix = settings.kafka, settings.kafka_prefix
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", PROGRAM, point, database, address, prefix)
    assert await asyncio.wait_for(process.wait(), PATIENCE) == -signal.SIGKILL
    async with running(KafkaBus(pool, Pinger(), settings)):
        await count(pool, "pinged", 80)
    for key in range(3):
        assert await rows(pool, "pinged", f"k{key}") == list(range(key, 80, 3))
    assert await find(pool) == []


async def test_a_database_that_is_away_is_waited_for(database, pool, settings):
    """Its line is cut in mid-stream: offsets stand still, no dead letter; mended, everything comes through once."""
    line = Line(database)
    async with line as address, pool_on(address) as cut_off, running(KafkaBus(cut_off, Pinger(), settings)):
        await send_records(settings, [record(n) for n in range(10)])
        await count(pool, "pinged", 10)
        with capture_logs() as lines:
            line.cut()
            await send_records(settings, [record(n) for n in range(10, 40)])
            await until(lambda: said(lines, "waiting"), seconds=PATIENCE)
        line.mend()
        await count(pool, "pinged", 40)
    assert await rows(pool, "pinged") == list(range(40))
    assert await find(pool) == []


async def said(lines: list, event: str) -> bool:
    """Return whether a log line is there."""
    return any(line["event"] == event for line in lines)
