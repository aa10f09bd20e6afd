"""The Kafka bus on real Apache Kafka and PostgreSQL: nothing lost, nothing twice, order of a key kept."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from shared.stream.bus.kafka import KafkaBus
from shared.stream.bus.kafka_relay import KafkaRelay
from shared.testing.records import committed, make_topics
from shared.testing.stages import PING, PONG, Pinger, Ponger, make_tables, send
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
