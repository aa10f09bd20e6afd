"""Fixtures for all tests: real PostgreSQL, fresh for each test; real Kafka, and the services on both."""

import asyncio
import os
import pathlib
import random
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any
from zlib import crc32

import pytest
from hypothesis import HealthCheck, settings

from services.ingest.store import take
from services.notify.app import NotifyStage
from services.notify.settings import NotifySettings
from services.parse.app import ParseStage
from services.parse.settings import ParseSettings
from services.parse.worker import Workers
from services.validate.app import ValidateStage
from shared.database.pool import Pool
from shared.directory import store
from shared.ops import logs
from shared.stream.bus.local import LocalBus
from shared.stream.settings import KafkaSettings
from shared.testing import database as testing
from shared.testing.fleet import Fleet, fleet
from shared.testing.formats import chromium as browser
from shared.testing.formats import libreoffice as office
from shared.testing.kafka import kafka
from shared.testing.mailserver import MailServer, mail_server
from shared.testing.records import make_our_topics
from shared.testing.season import Submission
from shared.testing.waiting import until

# Continuous integration must give the same answer for the same tree; other runs go on searching.
# How long an example takes, or is drawn, says nothing of whether it is right.
settings.register_profile("ours", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("ours"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "ours")


@pytest.fixture(scope="session", autouse=True)
def _logs_on_standard_error() -> None:
    """Keep standard output for what commands print."""
    logs.configure()


@pytest.fixture(scope="session")
def database_server() -> Iterator[str]:
    """Give the address of a running PostgreSQL server."""
    with testing.server() as address:
        yield address


@pytest.fixture(scope="session")
async def database_template(database_server: str) -> AsyncIterator[str]:
    """Give the address of a database with all tables; copied by `database`, never connected to."""
    async with testing.migrated_template(database_server) as address:
        yield address


@pytest.fixture
async def database(database_template: str) -> AsyncIterator[str]:
    """Give the address of a fresh database with all tables."""
    async with testing.copied_database(database_template) as address:
        yield address


@pytest.fixture
async def pool(database: str) -> AsyncIterator[Pool]:
    """Give a pool on a fresh database with all tables."""
    async with testing.pool_on(database) as opened:
        yield opened


@pytest.fixture(scope="session")
async def workers() -> AsyncIterator[Workers]:
    """Give worker processes that read documents."""
    async with Workers(1) as opened:
        yield opened


@pytest.fixture
async def process(pool: Pool, workers: Workers) -> Callable[[Sequence[Submission]], Awaitable[None]]:
    """Give a way to hand documents in and have them parsed, judged and turned into notices, on the local bus."""
    stages = ParseStage(pool, workers, ParseSettings()), ValidateStage(), NotifyStage(NotifySettings())

    async def process(submissions: Sequence[Submission]) -> None:
        for each in submissions:
            await take(
                pool, each.data, source=each.name, source_kind="folder", name=each.name, observed_at=datetime.now(UTC)
            )
        stop = asyncio.Event()
        bus = asyncio.create_task(LocalBus(pool, stages).run(stop))
        await until(lambda: pool.fetchval("select not exists (select from outbox where published_at is null)"))
        stop.set()
        await bus

    return process


@pytest.fixture(scope="session")
def libreoffice() -> Iterator[office.LibreOffice]:
    """Give LibreOffice, which writes documents as another program than ours does."""
    if not office.installed():
        pytest.skip("LibreOffice is not installed")
    with office.libreoffice() as opened:
        yield opened


@pytest.fixture(scope="session")
def chromium() -> Callable[..., bytes]:
    """Give a way to print a web page with Chromium, another program than ours."""
    if not browser.installed():
        pytest.skip("Chromium is not installed")
    return browser.printed


@pytest.fixture
def chance(request: pytest.FixtureRequest) -> random.Random:
    """Give the chance of a test, by NIANBAO_TEST_SEED where set; the end of the run names its seed, whatever it came to.

    On continuous integration the seed is that of the test's name.
    """
    usual = crc32(request.node.nodeid.encode()) % 10**6 if os.environ.get("CI") else random.randrange(10**6)
    seed = int(os.environ.get("NIANBAO_TEST_SEED", usual))
    request.node.user_properties.append(("seed", seed))
    return random.Random(seed)


ALONE = ("tests/pipeline/", "tests/deploy/", "tests/docs/")
"""Tests that start whole services: they run one after another, alone, so that nothing competes with their processes."""


@pytest.hookimpl(tryfirst=True)  # before tests are chosen by their marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark those that start whole services or a broker; the others may run side by side."""
    for item in items:
        if item.nodeid.startswith(ALONE) or "kafka_address" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.services)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the seeds of the run."""
    for report in (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")):
        for name, value in report.user_properties:
            if name == "seed" and report.when == "call":
                terminalreporter.write_line(f"NIANBAO_TEST_SEED={value} {report.nodeid}")


@pytest.fixture(scope="session")
def kafka_address(request: pytest.FixtureRequest) -> Iterator[str]:
    """Give the address of a running Apache Kafka, one for the whole run, and say which it is."""
    with kafka() as (address, what):
        reporter = request.config.pluginmanager.get_plugin("terminalreporter")
        if reporter:
            reporter.write_line(f"\nKafka of this run: {what}, {address}")
        yield address


@pytest.fixture
def kafka_settings(kafka_address: str) -> KafkaSettings:
    """Give settings with topics and groups of the test's own, on the broker of the run."""
    return KafkaSettings(kafka=kafka_address, kafka_prefix=f"test-{uuid.uuid4().hex}-", kafka_session_seconds=3)


@pytest.fixture
async def topics(kafka_settings: KafkaSettings) -> KafkaSettings:
    """Give settings with all topics, the test's own, on the broker of the run."""
    return await make_our_topics(kafka_settings)


@pytest.fixture
async def mails() -> AsyncIterator[MailServer]:
    """Give a mail server."""
    async with mail_server() as server:
        yield server


@pytest.fixture
def listed(pool: Pool) -> Callable[[Sequence[Submission]], Awaitable[Sequence[Submission]]]:
    """Give a way to enter the agencies of reports in the directory."""

    async def enter(submissions: Sequence[Submission]) -> Sequence[Submission]:
        async with pool.acquire() as connection:
            await store.replace(connection, [each.agency for each in submissions], by="test")
        return submissions

    return enter


@pytest.fixture
def services(tmp_path: pathlib.Path, database: str, mails: MailServer) -> Callable[..., AbstractContextManager[Fleet]]:
    """Give a way to make a fleet on the test's database and mail server."""

    def make(kafka: KafkaSettings, **options: Any) -> AbstractContextManager[Fleet]:
        return fleet(tmp_path, database, kafka, mails.settings, **options)

    return make


@pytest.fixture
def data_dir() -> Iterator[pathlib.Path]:
    """Give a folder for an embedded database of the test's own."""
    with testing.data_folder() as folder:
        yield folder
