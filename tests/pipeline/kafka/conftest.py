"""Fixtures for the services on real Kafka: brokers to break, a mail server, documents and their events."""

from datetime import UTC, datetime

import pytest

from services.ingest.store import take
from services.parse.app import ParseStage
from services.parse.settings import ParseSettings
from shared.directory import store
from shared.stream.bus import cluster
from shared.stream.consumer import Consumer
from shared.stream.outbox import SHARDS
from shared.stream.relay import due_of, mark_published
from shared.stream.settings import KafkaSettings
from shared.stream.topics_admin import apply
from shared.testing.fleet import fleet
from shared.testing.kafka import broker_from_jars
from shared.testing.mailserver import mail_server


@pytest.fixture
async def mails():
    """Give a mail server."""
    async with mail_server() as server:
        yield server


@pytest.fixture
def broker():
    """Give a running broker of the test's own, to break."""
    with broker_from_jars() as own:
        yield own


async def _with_topics(settings):
    async with cluster.admin(settings) as admin:
        await apply(admin, settings)
    return settings


@pytest.fixture
async def topics(kafka_settings):
    """Give settings with all topics, the test's own, on the broker of the run."""
    return await _with_topics(kafka_settings)


@pytest.fixture
async def own_topics(broker):
    """Give settings with all topics on the test's own broker."""
    return await _with_topics(KafkaSettings(kafka=broker.address, kafka_session_seconds=3))


@pytest.fixture
def listed(pool):
    """Give a way to enter the agencies of reports in the directory."""

    async def enter(submissions):
        async with pool.acquire() as connection:
            await store.replace(connection, [each.agency for each in submissions], by="test")
        return submissions

    return enter


@pytest.fixture
def services(tmp_path, database, mails):
    """Give a way to make a fleet on the test's database and mail server."""

    def make(kafka, **options):
        return fleet(tmp_path, database, kafka, mails.settings, **options)

    return make


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
