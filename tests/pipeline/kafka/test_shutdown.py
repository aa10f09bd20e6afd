"""Services are told to end: in the middle of a batch, one replica after the other, with the broker down or frozen."""

import asyncio

import pytest

from shared.stream.topics import RAW, STRUCTURED, VIOLATIONS
from shared.testing.books import balance, through
from shared.testing.fleet import SERVICES, lines, unready
from shared.testing.records import committed
from shared.testing.season import season
from shared.testing.waiting import until

DOCUMENTS = 60
CONSUMERS = {
    "parse": (RAW, "reading"),
    "validate": (STRUCTURED, "judgement"),
    "notify": (VIOLATIONS, "correction_case"),
}
HELD_UP = "select exists (select from pg_locks where relation = $1::regclass and not granted)"


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


@pytest.mark.parametrize("service", CONSUMERS)
async def test_a_batch_in_hand_is_finished_before_the_end(pool, topics, submissions, services, mails, service):
    """A batch that cannot be written yet when SIGTERM comes is written, published and committed by the process that ends."""
    topic, table = CONSUMERS[service]
    with services(topics) as running:
        _hand_in(running, submissions)
        (replica,) = running[service]
        async with pool.acquire() as connection, connection.transaction():
            await connection.execute(f"lock table {table} in exclusive mode")
            running.start()
            await until(lambda: pool.fetchval(HELD_UP, table), seconds=60)
            stopping = asyncio.create_task(running.stop(replica))
            await until(lambda: _is_stopping(replica))
            assert await _handled(pool, service) == 0
        assert await stopping == {0}
        handled = await _handled(pool, service)
        assert handled > 0
        assert sum((await committed(topics, service, topic.name)).values()) == handled
        replica.start()
        await until(lambda: through(pool, DOCUMENTS), seconds=120)
        assert await running.stop() == {0}
    await balance(pool, submissions, mails)


async def _is_stopping(replica):
    return "stopping" in (await unready(replica) or "")


async def _handled(pool, service):
    return await pool.fetchval("select count(*) from inbox where consumer = $1", service)


async def test_all_stop_in_the_middle_and_go_on_where_they_were(pool, topics, submissions, services, mails):
    """SIGTERM ends every service with 0, what is in hand is finished or given back, and a restart completes the books."""
    with services(topics) as running:
        _hand_in(running, submissions)
        running.start()
        await until(lambda: _flows(pool), seconds=60)
        assert await running.stop() == {0}
        assert not await through(pool, DOCUMENTS)
        assert not [replica for replica in running.all if "Traceback" in replica.said]
        running.start()
        await until(lambda: through(pool, DOCUMENTS), seconds=120)
        await until(running.ready, seconds=60)
        assert await running.stop() == {0}
    await balance(pool, submissions, mails)


async def test_a_rolling_restart_loses_and_doubles_nothing(pool, topics, submissions, services, mails):
    """Two replicas of each are restarted one after the other while documents come in; each service works on afterwards."""
    with services(topics, replicas=2) as running:
        parts = len(running.all) + 2
        running.start()
        await until(running.ready, seconds=60)
        _hand_in(running, submissions[::parts])
        for number, replica in enumerate(running.all, start=1):
            _hand_in(running, submissions[number::parts])
            assert await running.stop(replica) == {0}
            replica.start()
            await until(lambda: _is_ready(replica), seconds=60)  # noqa: B023 - awaited here
        before = _done(running)
        _hand_in(running, submissions[parts - 1 :: parts])
        await until(lambda: through(pool, DOCUMENTS), seconds=120)
        after = _done(running)
        assert all(after[service] > before[service] for service in SERVICES)
        assert await running.stop() == {0}
    await balance(pool, submissions, mails)


async def _is_ready(replica):
    return await unready(replica) is None


def _done(running):
    """Return how many documents or events each service has dealt with, by its own log."""
    return {
        service: sum(len(lines(each, "taken")) + len(lines(each, "delivery")) for each in running[service])
        for service in SERVICES
    }


async def test_a_mail_server_that_hangs_keeps_nobody(pool, topics, submissions, services, mails):
    """SIGTERM while a mail server says nothing ends notify with 0: the mail was not handed over, and goes once later."""
    mails.answers["RCPT"] = ["hang"]
    with services(topics) as running:
        _hand_in(running, submissions)
        running.start()
        await asyncio.wait_for(mails.hanging.wait(), 60)
        assert await running.stop(*running["notify"]) == {0}
        assert mails.taken == []
        assert await pool.fetchval("select count(*) from notice where status = 'deferred'") == 1
        await pool.execute("update notice set due_at = now() where status = 'deferred'")
        for replica in running["notify"]:
            replica.start()
        await until(lambda: through(pool, DOCUMENTS), seconds=120)
        assert await running.stop() == {0}
    await balance(pool, submissions, mails)


@pytest.mark.parametrize("fault", ["kill", "freeze", "freeze, and the consumers know it"])
async def test_all_are_gone_in_time_though_the_broker_is_away(
    pool, broker, own_topics, submissions, services, mails, fault
):
    """With events that cannot be published every service is still gone within 36 s of SIGTERM, and nothing is lost."""
    how, *known = fault.split(", ")
    with services(own_topics) as running:
        _hand_in(running, submissions)
        running.start()
        await until(lambda: _flows(pool), seconds=60)
        getattr(broker, how)()
        if known:
            await until(lambda: _look_for_the_coordinator(running), seconds=60)
        assert await running.stop() == {0}  # raises where one is not gone in time
        if how == "freeze":
            broker.thaw()
        else:
            broker.start()
        running.start()
        await until(lambda: through(pool, DOCUMENTS), seconds=120)
        await until(running.ready, seconds=60)
        assert await running.stop() == {0}
    await balance(pool, submissions, mails)


async def _look_for_the_coordinator(running):
    """Return whether every consumer has given its coordinator up since the broker is away: each look takes 10 s and more."""
    return all(
        any("Heartbeat session expired" in line["said"] for line in lines(replica, "overheard"))
        for service in CONSUMERS
        for replica in running[service]
    )
