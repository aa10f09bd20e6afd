"""Services are told to end: in the middle of a batch, one replica after the other, with the broker down or frozen."""

import pytest

from shared.testing.books import balance, through
from shared.testing.season import season
from shared.testing.waiting import until

DOCUMENTS = 60


@pytest.fixture
async def submissions(listed):
    """Give a season whose agencies are in the directory."""
    return await listed(list(season(DOCUMENTS)))


def _hand_in(running, submissions):
    for each in submissions:
        (running.reports / each.name).write_bytes(each.data)


async def _flows(pool):
    """Return whether half of the documents are in, so that every later stage has work in hand."""
    return await pool.fetchval("select count(*) >= $1 from observation", DOCUMENTS // 2)


async def test_all_stop_in_the_middle_and_go_on_where_they_were(pool, topics, submissions, services, mails):
    """SIGTERM ends every service with 0, what is in hand is finished or given back, and a restart completes the books."""
    with services(topics) as running:
        _hand_in(running, submissions)
        running.start()
        await until(lambda: _flows(pool), seconds=60)
        assert await running.stop() == {0}
        assert not [replica for replica in running.all if "Traceback" in replica.said]
        running.start()
        await until(lambda: through(pool, DOCUMENTS), seconds=120)
        await until(running.ready, seconds=60)
        assert await running.stop() == {0}
    await balance(pool, submissions, mails)


async def test_a_rolling_restart_loses_and_doubles_nothing(pool, topics, submissions, services, mails):
    """Two replicas of each are restarted one after the other while documents flow."""
    with services(topics, replicas=2) as running:
        _hand_in(running, submissions)
        running.start()
        await until(lambda: _flows(pool), seconds=60)
        for replica in running.all:
            assert await running.stop(replica) == {0}
            replica.start()
        await until(lambda: through(pool, DOCUMENTS), seconds=120)
        await until(running.ready, seconds=60)
        assert await running.stop() == {0}
    await balance(pool, submissions, mails)


@pytest.mark.parametrize("fault", ["kill", "freeze"])
async def test_all_are_gone_in_time_though_the_broker_is_away(
    pool, broker, own_topics, submissions, services, mails, fault
):
    """With events that cannot be published every service is still gone within 36 s of SIGTERM, and nothing is lost."""
    with services(own_topics) as running:
        _hand_in(running, submissions)
        running.start()
        await until(lambda: _flows(pool), seconds=60)
        getattr(broker, fault)()
        await running.stop()  # raises where one is not gone in time
        if fault == "freeze":
            broker.thaw()
        else:
            broker.start()
        running.start()
        await until(lambda: through(pool, DOCUMENTS), seconds=120)
        await until(running.ready, seconds=60)
        assert await running.stop() == {0}
    await balance(pool, submissions, mails)
