"""The database is away: at the start, or killed in the middle of a batch; the services wait, say so, and go on."""

import pytest

from shared.database.migrate import migrate
from shared.database.pool import connect
from shared.directory import store
from shared.testing.books import balance, through
from shared.testing.database import own_server
from shared.testing.fleet import fleet, lines, unready
from shared.testing.season import season
from shared.testing.waiting import until

DOCUMENTS = 40


@pytest.fixture
async def server():
    """Give a server of the test's own with all tables and the agencies of the season."""
    with own_server() as own:
        async with await connect(own.address) as pool:
            await migrate(pool)
            async with pool.acquire() as connection:
                await store.replace(connection, [each.agency for each in season(DOCUMENTS)], by="test")
        yield own


@pytest.fixture
def services(tmp_path, server, topics, mails):
    """Give a fleet on that server, and reports to take."""
    submissions = list(season(DOCUMENTS))
    with fleet(tmp_path, server.address, topics, mails.settings) as running:
        for each in submissions:
            (running.reports / each.name).write_bytes(each.data)
        yield running, submissions


async def test_a_database_that_is_down_at_the_start_is_waited_for(server, services, mails):
    """Every service says once that it waits and is not ready meanwhile; when the database comes they do their work."""
    running, submissions = services
    server.kill()
    running.start()
    for replica in running.all:
        await until(lambda: _says_it_waits(replica), seconds=60)  # noqa: B023 - awaited here
        assert "数据库" in await unready(replica)
    server.start()
    await _ends_in_balance(server, running, submissions, mails)


async def test_a_database_killed_in_the_middle_of_a_batch_loses_and_doubles_nothing(server, services, mails):
    """The database dies as by a power cut with work under way: nothing becomes a dead letter, every book balances."""
    running, submissions = services
    running.start()
    async with await connect(server.address) as pool:
        await until(lambda: pool.fetchval("select count(*) >= 10 from observation"), seconds=60)
    server.kill()
    for replica in running.all:
        await until(lambda: _is_unready(replica), seconds=60)  # noqa: B023 - awaited here
    server.start()
    await _ends_in_balance(server, running, submissions, mails)


async def _ends_in_balance(server, running, submissions, mails):
    async with await connect(server.address) as pool:
        await until(lambda: through(pool, DOCUMENTS), seconds=120)
        await until(running.ready)
        assert await running.stop() == {0}
        await balance(pool, submissions, mails)


async def _says_it_waits(replica):
    return lines(replica, "waiting")


async def _is_unready(replica):
    return "database" in (await unready(replica) or "")
