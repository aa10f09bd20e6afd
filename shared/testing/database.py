"""Real PostgreSQL for tests: one server a session, and a fresh copy of the migrated tables for each test."""

import os
import pathlib
import shutil
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import psutil

from shared.database import embedded
from shared.database.migrate import Pool, migrate
from shared.database.pool import connect
from shared.ops.settings import CommonSettings

_HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "200"}
_PREFIX = "nianbao-test-"


@contextmanager
def server() -> Iterator[str]:
    """Yield the address of a server: NIANBAO_TEST_DATABASE if set, else an embedded one of this process alone."""
    address = os.environ.get("NIANBAO_TEST_DATABASE")
    if address:
        yield address
        return
    _sweep()
    with data_folder() as folder:
        yield embedded.start(folder, allow_root=CommonSettings().allow_root, options=_HASTY)


@contextmanager
def data_folder() -> Iterator[pathlib.Path]:
    """Yield a folder for an embedded server; the server is stopped and all deleted afterwards.

    Not below pytest's own: every test run closes that to other accounts, and so to a server started by root.
    """
    folder = pathlib.Path(tempfile.mkdtemp(prefix=_PREFIX))
    try:
        yield folder
    finally:
        embedded.stop(folder)
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class OwnServer:
    """An embedded server that a test may kill and start again on the same data, at the same address."""

    folder: pathlib.Path
    address: str = ""

    def start(self) -> None:
        """Start, and wait until it answers."""
        address = embedded.start(self.folder, allow_root=CommonSettings().allow_root)
        assert self.address in {"", address}
        self.address = address

    @property
    def process(self) -> psutil.Process:
        """The process that started all the others."""
        (number, *_) = (self.folder / "postgresql" / "data" / "postmaster.pid").read_text().split()
        return psutil.Process(int(number))

    def kill(self) -> None:
        """End all its processes at once, as by a power cut."""
        main = self.process
        processes = [main, *main.children(recursive=True)]
        for process in processes:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(processes, timeout=10)


@contextmanager
def own_server() -> Iterator[OwnServer]:
    """Give a running server with the durability of production, for one test alone."""
    with data_folder() as folder:
        own = OwnServer(folder)
        own.start()
        yield own


@asynccontextmanager
async def empty_database(address: str) -> AsyncIterator[str]:
    """Yield the address of a new database without tables; it is dropped afterwards."""
    async with _created(address, "template1") as created:
        yield created


@asynccontextmanager
async def migrated_template(address: str) -> AsyncIterator[str]:
    """Yield the address of a new database with all tables and nobody connected, to be copied by `copied_database`."""
    async with empty_database(address) as created:
        async with await connect(created) as pool:
            await migrate(pool)
        yield created


@asynccontextmanager
async def copied_database(template: str) -> AsyncIterator[str]:
    """Yield the address of a fresh copy of a template."""
    async with _created(template, urlsplit(template).path[1:]) as created:
        yield created


@asynccontextmanager
async def pool_on(address: str) -> AsyncIterator[Pool]:
    """Yield a pool; what the test left open is cut off, not waited for."""
    pool = await connect(address)
    try:
        yield pool
    finally:
        pool.terminate()


@asynccontextmanager
async def _created(address: str, template: str) -> AsyncIterator[str]:
    name = f"nianbao_test_{uuid.uuid4().hex}"
    await _command(address, f'create database "{name}" template "{template}"')
    try:
        yield urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
    finally:
        await _command(address, f'drop database "{name}" with (force)')


async def _command(address: str, sql: str) -> None:
    """Run a command that stands outside transactions, from the maintenance database: a template must be left alone."""
    connection = await asyncpg.connect(urlunsplit(urlsplit(address)._replace(path="/postgres")))
    try:
        await connection.execute(sql)
    finally:
        await connection.close()


def _sweep() -> None:
    """Stop and delete the servers of test runs that were killed; one in use stays."""
    for folder in pathlib.Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        if embedded.abandoned(folder):
            shutil.rmtree(folder, ignore_errors=True)
