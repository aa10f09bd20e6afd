"""Fixtures for all tests: real PostgreSQL, fresh for each test."""

import pathlib
from collections.abc import AsyncIterator, Iterator

import pytest

from shared.database.pool import Pool
from shared.ops import logs
from shared.testing import database as testing


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


@pytest.fixture
def data_dir() -> Iterator[pathlib.Path]:
    """Give a folder for an embedded database of the test's own."""
    with testing.data_folder() as folder:
        yield folder
