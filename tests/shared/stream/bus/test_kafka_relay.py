"""The relay on real Apache Kafka: every row published in the order of its key, whatever happens to the broker."""

import asyncio
import json
import random
import signal
import sys
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from shared.stream import claim_check, outbox
from shared.stream.bus.kafka import KafkaBus
from shared.stream.bus.kafka_relay import KafkaRelay
from shared.stream.claim_check import redeem
from shared.stream.settings import KafkaSettings
from shared.testing.database import pool_on
from shared.testing.kafka import broker_from_jars
from shared.testing.records import make_topics, read_records
from shared.testing.stages import PING, PONG, Ping, Pinger, make_tables, record, send
from shared.testing.waiting import until

PATIENCE = 60
DUE = "select not exists (select from outbox where published_at is null)"


@asynccontextmanager
async def running(*parts):
    """Run relays and buses, and stop them at the end."""
    stop = asyncio.Event()
    tasks = [asyncio.create_task(part.run(stop)) for part in parts]
    try:
        yield
    finally:
        stop.set()
        await asyncio.wait_for(asyncio.gather(*tasks), PATIENCE)


async def all_published(pool) -> None:
    """Wait until the outbox is empty."""
    await until(lambda: pool.fetchval(DUE), seconds=PATIENCE)


def numbers(records, key: str) -> list[int]:
    """Return the numbers of a key's records in the order of their partition."""
    return [Ping.model_validate_json(each.value).n for each in records if each.key == key.encode()]


def firsts(found: list[int]) -> list[int]:
    """Return each number where it stands first."""
    return list(dict.fromkeys(found))


@pytest.fixture
async def settings(kafka_settings):
    """Give settings of the test's own, with the topics of the two small stages."""
    await make_topics(kafka_settings, [PING.name, PONG.name], partitions=3)
    return kafka_settings


@pytest.fixture
def broker():
    """Give a broker of the test's own, which it may kill, freeze and start again."""
    with broker_from_jars() as own:
        yield own


async def test_it_publishes_its_services_rows_as_they_are_and_no_others(pool, settings):
    """Key, body and every header arrive byte for byte; rows of another service stay for that one's relay."""
    sent = [replace(record(1), headers=(*record(1).headers, ("x", b"\xff"), ("y", None))), replace(record(2), key=None)]
    async with pool.acquire() as connection:
        for service, each in zip(("ingest", "ingest", "parse"), (*sent, record(3)), strict=True):
            await outbox.write(connection, service, each.topic, each.key, each.value, each.headers)
    async with running(KafkaRelay(pool, "ingest", settings)):
        await until(lambda: pool.fetchval("select count(*) = 2 from outbox where published_at is not null"))
    found = sorted(await read_records(settings, PING.name), key=lambda each: each.value)
    assert [(each.key, each.value, each.headers) for each in found] == [
        (each.key, each.value, each.headers) for each in sent
    ]


async def test_two_relays_of_one_service_publish_each_row_once(database, pool, settings):
    """Each shard has one of them at a time; when one stops, the other takes over."""
    async with pool_on(database) as other, running(KafkaRelay(other, "ingest", settings)):
        async with running(KafkaRelay(pool, "ingest", settings)):
            await send(pool, range(100), keys=7)
            await all_published(pool)
        await send(pool, range(100, 150), keys=7)
        await all_published(pool)
    found = await read_records(settings, PING.name)
    assert len(found) == 150
    for key in range(7):
        assert numbers(found, f"k{key}") == list(range(key, 150, 7))


async def test_order_holds_through_kill_and_freeze_of_the_broker(pool, broker, caplog):
    """The rows written while it was away follow in order, also where a send waited in vain, and nothing is lost."""
    settings = KafkaSettings(kafka=broker.address)
    await make_topics(settings, [PING.name], partitions=3)
    async with running(KafkaRelay(pool, "ingest", settings)):
        await send(pool, range(50), keys=5)
        await all_published(pool)
        await asyncio.to_thread(broker.kill)
        await send(pool, range(50, 100), keys=5)
        await asyncio.to_thread(broker.start)
        await all_published(pool)
        broker.freeze()
        caplog.clear()
        await send(pool, range(100, 150), keys=5)
        await until(lambda: has_timed_out(caplog), seconds=PATIENCE)
        assert not await pool.fetchval(DUE)
        broker.thaw()
        await all_published(pool)
    found = await read_records(settings, PING.name)
    for key in range(5):
        assert firsts(numbers(found, f"k{key}")) == list(range(key, 150, 5))


async def has_timed_out(caplog) -> bool:
    """Return whether the client gave up waiting for an answer to what it sent."""
    return any("produce response" in line and "RequestTimedOutError" in line for line in caplog.messages)


async def test_a_broker_that_is_down_at_start_is_waited_for(pool, broker):
    """It says so once, and publishes when the broker has come."""
    settings = KafkaSettings(kafka=broker.address)
    await make_topics(settings, [PING.name])
    await asyncio.to_thread(broker.kill)
    await send(pool, range(5))
    with capture_logs() as lines:
        async with running(KafkaRelay(pool, "ingest", settings)):
            await until(lambda: said(lines, "waiting"))
            await asyncio.to_thread(broker.start)
            await all_published(pool)
    assert [line["event"] for line in lines if line["event"] in {"waiting", "going on"}] == ["waiting", "going on"]
    assert numbers(await read_records(settings, PING.name), "k0") == list(range(5))


async def said(lines: list, event: str) -> bool:
    """Return whether a log line is there."""
    return any(line["event"] == event for line in lines)


@pytest.mark.parametrize("how", ["kill", "freeze"])
async def test_it_stops_in_time_with_the_broker_away(pool, broker, how):
    """Rows on their way are left unmarked, for the next start: a broker that is gone must not keep a process."""
    settings = KafkaSettings(kafka=broker.address)
    await make_topics(settings, [PING.name])
    async with running(KafkaRelay(pool, "ingest", settings)):
        await send(pool, range(5))
        await all_published(pool)
        await asyncio.to_thread(getattr(broker, how))
        await send(pool, range(5, 10))
    assert await pool.fetchval("select count(*) from outbox where published_at is null") == 5


async def test_an_event_too_large_for_its_topic_travels_by_claim_check(pool, settings, monkeypatch):
    """Its body stays in the outbox and is fetched by the consumer; neighbours of its key pass in order."""
    monkeypatch.setitem(claim_check._LIMITS, PING.name, 1000)
    await make_tables(pool)
    await write_padded(pool, 1, 0)
    await write_padded(pool, 2, 3 * 1024 * 1024)
    await write_padded(pool, 3, 0)
    async with running(KafkaRelay(pool, "ingest", settings), KafkaBus(pool, Pinger(), settings)):
        await until(lambda: pool.fetchval("select count(*) = 3 from pinged"), seconds=PATIENCE)
    assert [row["n"] for row in await pool.fetch("select n from pinged order by id")] == [1, 2, 3]
    assert max(len(each.value) for each in await read_records(settings, PING.name)) < 1000


async def test_a_broker_that_takes_less_than_the_table_says_wedges_no_shard(pool, kafka_settings):
    """What it refuses as too large is sent again without its body; everything gets through."""
    await make_tables(pool)
    await make_topics(kafka_settings, [PING.name], configs={"max.message.bytes": "2000"})
    for n in range(5):
        await write_padded(pool, n, 5000 if n % 2 else 0)
    async with running(KafkaRelay(pool, "ingest", kafka_settings), KafkaBus(pool, Pinger(), kafka_settings)):
        await until(lambda: pool.fetchval("select count(*) = 5 from pinged"), seconds=PATIENCE)
    assert await pool.fetchval("select count(*) from dead_letter") == 0
    assert [row["n"] for row in await pool.fetch("select n from pinged order by id")] == list(range(5))


async def test_what_follows_a_refused_row_waits_for_it(pool, kafka_settings):
    """Rows that the broker would take do not overtake one of their key that it refused in an earlier batch."""
    await make_tables(pool)
    await make_topics(kafka_settings, [PING.name], configs={"max.message.bytes": "2000"})
    for n in range(9):
        await write_padded(pool, n, 0 if n % 3 else 512 * 1024)
    async with running(KafkaRelay(pool, "ingest", kafka_settings)):
        await all_published(pool)
    found = await redeem(pool, await read_records(kafka_settings, PING.name))
    assert firsts([json.loads(each.value)["n"] for each in found]) == list(range(9))


async def write_padded(pool, n: int, size: int) -> None:
    """Write a ping of about this size to the outbox, of bytes that do not compress."""
    each = record(n)
    padding = random.Random(n).randbytes(size // 2).hex()
    body = each.value[:-1] + b', "padding": "' + padding.encode() + b'"}'
    async with pool.acquire() as connection:
        await outbox.write(connection, "ingest", each.topic, each.key, body, each.headers)


PROGRAM = """
import asyncio, sys
from shared.database.pool import connect
from shared.stream.bus.kafka_relay import KafkaRelay
from shared.stream.settings import KafkaSettings

async def main():
    database, kafka, prefix = sys.argv[1:]
    await KafkaRelay(await connect(database), "ingest", KafkaSettings(kafka=kafka, kafka_prefix=prefix)).run(asyncio.Event())

asyncio.run(main())
"""

MARKING = "select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"


async def test_killed_between_send_and_mark_it_publishes_again_and_the_inbox_absorbs_it(database, pool, settings):
    """The mark is held up by a lock on the rows, so that the kill falls exactly there: twice in the topic, once in the rows."""
    await make_tables(pool)
    await send(pool, range(10))
    async with pool.acquire() as holding, holding.transaction():
        await holding.execute("select from outbox for update")
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", PROGRAM, database, settings.kafka, settings.kafka_prefix
        )
        await until(lambda: pool.fetchval(f"select exists ({MARKING})"), seconds=PATIENCE)
        process.send_signal(signal.SIGKILL)
        await process.wait()
        await pool.fetch(f"select pg_terminate_backend(pid) from ({MARKING}) as marking")
    async with running(KafkaRelay(pool, "ingest", settings), KafkaBus(pool, Pinger(), settings)):
        await all_published_of(pool, "ingest")
        await until(lambda: pool.fetchval("select count(*) >= 10 from pinged"), seconds=PATIENCE)
    assert numbers(await read_records(settings, PING.name), "k0") == [*range(10), *range(10)]
    assert [row["n"] for row in await pool.fetch("select n from pinged order by id")] == list(range(10))


async def all_published_of(pool, service: str) -> None:
    """Wait until a service's outbox is empty."""
    question = "select not exists (select from outbox where published_at is null and service = $1)"
    await until(lambda: pool.fetchval(question, service), seconds=PATIENCE)
