"""The broker is away: at the start, killed in the middle, or frozen; the services wait, say so, and go on."""

import asyncio

from shared.testing.books import balance, through
from shared.testing.fleet import lines, unready
from shared.testing.season import season
from shared.testing.waiting import until

DOCUMENTS = 40
FREEZE_SECONDS = 12  # longer than a request may take


def _hand_in(running, submissions):
    for each in submissions:
        (running.reports / each.name).write_bytes(each.data)


async def test_a_broker_that_is_down_at_the_start_is_waited_for(pool, broker, own_topics, listed, services, mails):
    """Every service says once that it waits and is not ready meanwhile; when the broker comes they do their work."""
    submissions = await listed(list(season(6)))
    broker.stop()
    with services(own_topics) as running:
        _hand_in(running, submissions)
        running.start()
        for replica in running.all:
            await until(lambda: _says_it_waits(replica), seconds=60)  # noqa: B023 - awaited here
            assert "Kafka" in await unready(replica)
        broker.start()
        await until(lambda: through(pool, len(submissions)), seconds=60)
        await until(running.ready)
        assert [len(lines(replica, "waiting")) for replica in running.all] == [1] * len(running.all)
        assert await running.stop() == {0}
    await balance(pool, submissions, mails)


async def _says_it_waits(replica):
    return lines(replica, "waiting")


async def test_a_broker_killed_in_the_middle_loses_and_doubles_nothing(
    pool, broker, own_topics, listed, services, mails
):
    """The broker dies with work under way and comes back on the same data: all services go on by themselves."""
    submissions = await listed(list(season(DOCUMENTS)))
    with services(own_topics, replicas=2) as running:
        _hand_in(running, submissions)
        running.start()
        await until(lambda: _some(pool, DOCUMENTS // 4), seconds=60)
        broker.kill()
        _hand_in(running, extra := await _more(listed, submissions))
        await until(lambda: pool.fetchval("select exists (select from outbox where published_at is null)"))
        broker.start()
        await until(lambda: through(pool, len(submissions) + len(extra)), seconds=120)
        await until(running.ready, seconds=60)
        assert await running.stop() == {0}
    await balance(pool, [*submissions, *extra], mails)


async def test_a_frozen_broker_loses_and_doubles_nothing(pool, broker, own_topics, listed, services, mails):
    """The broker keeps every connection and answers nothing for a while: the services live through it."""
    submissions = await listed(list(season(DOCUMENTS)))
    with services(own_topics) as running:
        _hand_in(running, submissions)
        running.start()
        await until(lambda: _some(pool, DOCUMENTS // 4), seconds=60)
        broker.freeze()
        await asyncio.sleep(FREEZE_SECONDS)
        broker.thaw()
        await until(lambda: through(pool, DOCUMENTS), seconds=120)
        await until(running.ready, seconds=60)
        assert await running.stop() == {0}
    await balance(pool, submissions, mails)


async def _some(pool, number):
    return await pool.fetchval("select count(*) >= $1 from observation", number)


async def _more(listed, submissions):
    """Return reports of agencies that have not handed in yet."""
    everybody = list(season(len(submissions) + 10))
    await listed(everybody)
    return everybody[len(submissions) :]
