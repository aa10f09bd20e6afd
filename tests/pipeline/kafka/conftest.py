"""Fixtures for the services on real Kafka: brokers to break, documents and their events."""

from datetime import UTC, datetime

import pytest

from services.ingest.store import take
from services.parse.app import ParseStage
from services.parse.settings import ParseSettings
from shared.stream.consumer import Consumer
from shared.stream.outbox import SHARDS
from shared.stream.relay import due_of, mark_published
from shared.stream.settings import KafkaSettings
from shared.testing.kafka import broker_from_jars
from shared.testing.records import make_our_topics


@pytest.fixture
def broker():
    """Give a running broker of the test's own, to break."""
    with broker_from_jars() as own:
        yield own


@pytest.fixture
async def own_topics(broker):
    """Give settings with all topics on the test's own broker."""
    return await make_our_topics(KafkaSettings(kafka=broker.address, kafka_session_seconds=3))


@pytest.fixture
def observed(pool):
    """Give a way to take documents and have their raw events as records, unpublished, in the order taken."""

    async def observe(submissions):
        for each in submissions:
            await take(
                pool, each.data, source=each.name, source_kind="folder", name=each.name, observed_at=datetime.now(UTC)
            )
        return await _unpublished(pool, "ingest")

    return observe


@pytest.fixture
def structured(pool, workers, observed):
    """Give a way to have the structured events of documents as records, unpublished, in the order taken."""

    async def read(submissions):
        await Consumer(ParseStage(pool, workers, ParseSettings()), pool).handle(await observed(submissions))
        return await _unpublished(pool, "parse")

    return read


async def _unpublished(pool, service):
    records = await due_of(pool, service, range(SHARDS), 1000)
    await mark_published(pool, records)
    return records
