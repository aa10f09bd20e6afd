"""The whole pipeline on Debian's PostgreSQL 15 over TLS: as on a server that an office's own people run."""

import asyncio
import os

import asyncpg
import pytest

from shared.database.migrate import known
from shared.database.pool import connect
from shared.directory import store
from shared.ops.errors import UsageError
from shared.testing.books import balance, contents, through
from shared.testing.certificate import self_signed
from shared.testing.command import Command, run
from shared.testing.database import empty_database, pool_on
from shared.testing.mailserver import mail_server
from shared.testing.postgresql15 import PROGRAMS, encrypted_server, office_database
from shared.testing.season import season
from shared.testing.waiting import until

pytestmark = pytest.mark.skipif(not PROGRAMS.exists(), reason="Debian's postgresql-15 is not installed")

SEASON = tuple(season(12))


@pytest.fixture(scope="module")
def server():
    """Give a server that admits encrypted connections only."""
    with encrypted_server() as running:
        yield running


@pytest.fixture
async def office(server):
    """Give the address of an empty database of an ordinary account."""
    async with office_database(server) as address:
        yield address


@pytest.fixture
def nianbao(tmp_path):
    """Give a way to run a command on a database, with Debian's programs on PATH."""

    async def command(address, *arguments):
        settings = {"database": address, "data_dir": str(tmp_path / "data")}
        return await asyncio.to_thread(run, *arguments, settings=settings)

    os.environ["PATH"] = f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"
    yield command
    os.environ["PATH"] = os.environ["PATH"].removeprefix(f"{PROGRAMS}{os.pathsep}")


async def test_a_season_goes_through_and_its_backup_comes_back(office, server, nianbao, tmp_path):
    """Tables, directory, documents, judgements, mails, then backup and restore: all over TLS, each report exactly once."""
    done = await nianbao(office, "db", "migrate")
    assert done.returncode == 0, done.stderr
    async with mail_server() as mails, pool_on(office) as pool:
        async with pool.acquire() as connection:
            await store.replace(connection, [each.agency for each in SEASON], by="test")
        await _run_through(office, pool, mails, tmp_path)
        await balance(pool, SEASON, mails)
    async with office_database(server) as other:
        file = tmp_path / "backup.dump"
        done = await nianbao(office, "db", "backup", str(file))
        assert done.returncode == 0, done.stderr
        done = await nianbao(other, "db", "restore", str(file))
        assert (done.returncode, done.stdout) == (0, "已恢复\n"), done.stderr
        async with pool_on(other) as pool:
            await balance(pool, SEASON, mails)


async def _run_through(office, pool, mails, tmp_path):
    (tmp_path / "reports").mkdir()
    ports = {"upload_port": "0", "http_port": "0", "parse_workers": "2"}
    settings = {"database": office, "data_dir": str(tmp_path / "data"), **ports, **mails.settings}
    up = Command(("up", "--watch", str(tmp_path / "reports")), settings, tmp_path / "log")
    up.start()
    try:
        for each in SEASON:
            (tmp_path / "reports" / each.name).write_bytes(each.data)
        await until(lambda: through(pool, len(SEASON)), seconds=90)
        asked = "select count(*) filter (where ssl), count(*) from pg_stat_ssl join pg_stat_activity using (pid) where usename = current_user"
        encrypted, all_ = await pool.fetchrow(asked)
        assert encrypted == all_ > 1
    finally:
        await up.listening()
        assert await asyncio.to_thread(up.stop) == 0, up.said


@pytest.fixture
async def laptop(database, process, pool):
    """Give the address of an embedded database that three reports went through, with nobody connected."""
    await process(SEASON[:3])
    await pool.close()
    return database


async def test_the_embedded_database_moves_to_the_server(office, laptop, nianbao, tmp_path):
    """What one laptop gathered in PostgreSQL 18 without TLS goes on in PostgreSQL 15 with it: the books are equal."""
    await _moved(nianbao, laptop, office, tmp_path / "moving.dump")
    assert len((await contents(office))["judgement"]) == 3


async def test_a_backup_of_an_older_major_version_moves_into_the_embedded_database(
    office, laptop, nianbao, database_server, tmp_path
):
    """The way over a major version, and back to a laptop: pg_dump 15 wrote it, PostgreSQL 18 goes on with it."""
    await _moved(nianbao, laptop, office, tmp_path / "18.dump")
    async with empty_database(database_server) as newer:
        await _moved(nianbao, office, newer, tmp_path / "15.dump")
    assert b"15." in (tmp_path / "15.dump").read_bytes()[:500]


async def _moved(nianbao, source, target, file):
    """Move by backup and restore; work can go on afterwards."""
    assert (await nianbao(source, "db", "backup", str(file))).returncode == 0
    done = await nianbao(target, "db", "restore", str(file))
    assert (done.returncode, done.stdout) == (0, "已恢复\n"), done.stderr
    assert await contents(target) == await contents(source)
    async with pool_on(target) as moved:
        assert (await nianbao(target, "db", "status")).stdout.count("已执行") == len(known())
        await moved.execute("insert into case_event (case_id, by, what) select case_id, 'x', 'x' from correction_case")


async def test_another_server_is_not_taken_for_ours(server, tmp_path):
    """A name that the certificate does not bear, and a certificate that nobody vouches for, are one clear line."""
    (stranger, _) = self_signed(tmp_path)
    ours = server.address("postgres", "postgres")
    for address in (
        ours.replace(str(server.certificate), str(stranger)),
        server.address("postgres", "postgres", host="127.0.0.2"),
    ):
        with pytest.raises(UsageError, match="证书没有通过验证") as told:
            await connect(address)
        assert server.password not in str(told.value)


async def test_the_server_admits_nobody_in_the_clear(server):
    """The test means what it says: without TLS there is no way in."""
    with pytest.raises(asyncpg.InvalidAuthorizationSpecificationError):
        await asyncpg.connect(server.address("postgres", "postgres").partition("?")[0] + "?sslmode=disable")
