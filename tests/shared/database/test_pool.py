"""The way to the database: what is wrong is said in one line, without the password."""

import asyncio

import asyncpg
import psutil
import pytest

from shared.database.pool import connect, is_away, is_lost, open_pool
from shared.database.pool import database as opened
from shared.ops.errors import Transient, UsageError
from shared.ops.settings import CommonSettings
from shared.testing.database import empty_database
from shared.testing.waiting import until


async def test_json_goes_in_as_text_and_comes_out_as_values(pool):
    """Models dump text; readers get values; anything else is refused rather than guessed."""
    assert await pool.fetchval("select $1::jsonb", '{"甲": [1, 2.5, null]}') == {"甲": [1, 2.5, None]}
    with pytest.raises(asyncpg.DataError):
        await pool.fetchval("select $1::jsonb", {"a": 1})


async def test_a_database_that_is_down_is_one_line(unused_port):
    """Transient, with host and port and without user and password."""
    with pytest.raises(Transient, match=f"127.0.0.1:{unused_port}") as caught:
        await connect(f"postgresql://someone:secret@127.0.0.1:{unused_port}/x")
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.fixture
def unused_port():
    """Give a port on which nobody listens: below those that the system hands out."""
    return 19999


@pytest.mark.parametrize("address", ["nonsense", "postgresql://a:b@host:port/x", "mysql://a:b@127.0.0.1/x"])
async def test_an_address_that_is_none_is_one_line(address):
    """UsageError, naming the setting."""
    with pytest.raises(UsageError, match="NIANBAO_DATABASE"):
        await connect(address)


async def test_a_wrong_password_or_database_is_the_users_matter(database_server):
    """Waiting would not help: UsageError."""
    with pytest.raises(UsageError, match="NIANBAO_DATABASE"):
        await connect(database_server.rsplit("/", 1)[0] + "/no_such_database")


async def test_a_foreign_database_without_tables_is_not_touched(database_server):
    """Migrating it is the operator's decision; the message names the command."""
    async with empty_database(database_server) as address:
        with pytest.raises(UsageError, match="nianbao db migrate"):
            async with opened(CommonSettings(database=address)):
                pass
        pool = await open_pool(CommonSettings(database=address))
        assert await pool.fetchval("select count(*) from pg_tables where schemaname = 'public'") == 0
        await pool.close()


async def test_an_embedded_server_that_is_killed_is_started_again(data_dir, monkeypatch):
    """Out of memory, or of a disk that was full: the pool finds the server again where it was, with what was committed."""
    monkeypatch.setattr("shared.database.pool._LOOK_SECONDS", 0.1)

    async def answers():
        try:
            return await pool.fetchval("select n from kept")
        except Exception as error:
            if not is_away(error):
                raise
            return None

    async with opened(CommonSettings(data_dir=data_dir)) as pool:
        await pool.execute("create table kept as select 1 as n")
        lock = data_dir / "postgresql/data/postmaster.pid"
        psutil.Process(int(lock.read_text().split()[0])).kill()
        await until(answers)


async def test_the_embedded_database_has_its_tables_on_first_use(data_dir):
    """One person on one laptop runs no migrations."""
    settings = CommonSettings(data_dir=data_dir, database="embedded")
    async with opened(settings) as pool:
        assert await pool.fetchval("select count(*) from outbox") == 0


async def test_a_database_that_goes_away_in_a_command_is_transient(database):
    """A command ends with one line, not with a traceback of the driver."""
    with pytest.raises(Transient):
        async with opened(CommonSettings(database=database)) as pool:
            await pool.fetch("select pg_terminate_backend(pg_backend_pid())")


async def test_a_lost_connection_is_known_as_lost(pool):
    """The pool takes a cut connection back at once; it must not be mistaken for a fault in our code."""
    async with pool.acquire() as connection:
        assert not is_lost(connection)
        await pool.execute("select pg_terminate_backend($1)", connection.get_server_pid())
        drivers = asyncpg.InterfaceError, asyncpg.InternalClientError, asyncpg.PostgresError, OSError
        with pytest.raises(drivers) as caught:
            await connection.fetch("select pg_sleep(60)")
        assert is_away(caught.value)
        async with asyncio.timeout(30):
            while not is_lost(connection):  # noqa: ASYNC110 - the driver learns of it in its own time
                await asyncio.sleep(0)


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError(),
        TimeoutError(),
        Transient("x"),
        asyncpg.DeadlockDetectedError(),
        asyncpg.DiskFullError(),
    ],
)
def test_what_may_pass_by_is_infrastructure(error):
    """The same again may succeed later."""
    assert is_away(error)


@pytest.mark.parametrize(
    "error",
    [
        ValueError(),
        FileNotFoundError(),
        asyncpg.UniqueViolationError(),
        asyncpg.DataError("x"),
        asyncpg.InterfaceError("x"),
    ],
)
def test_what_is_wrong_stays_wrong(error):
    """These are bugs: waiting would be for ever."""
    assert not is_away(error)
