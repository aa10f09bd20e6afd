"""Each service, two replicas of it, is killed at random moments while documents flow; afterwards the books balance."""

import os

from shared.stream.topics import RAW, STRUCTURED, VIOLATIONS
from shared.testing.books import balance, through
from shared.testing.fleet import SERVICES
from shared.testing.records import committed, read_records
from shared.testing.season import season
from shared.testing.waiting import until

DOCUMENTS = int(os.environ.get("NIANBAO_TEST_DOCUMENTS", "200"))
KILLS = int(os.environ.get("NIANBAO_TEST_KILLS", "6"))
TABLES = {"ingest": "observation", "parse": "reading", "validate": "judgement", "notify": "correction_case"}


def planned(chance):
    """Return who is killed, and when: after so many documents of its own; each service at least once."""
    victims = [SERVICES[number % len(SERVICES)] for number in range(max(KILLS, len(SERVICES)))]
    chance.shuffle(victims)
    moments = sorted(chance.randrange(1, DOCUMENTS) for _ in victims)
    return list(zip(moments, victims, strict=True))


async def test_nothing_is_lost_or_done_twice_whichever_is_killed(pool, topics, listed, services, mails, chance):
    """Every document has one observation, reading, report, judgement and case; offsets reach the end of every topic."""
    submissions = await listed(list(season(DOCUMENTS)))
    with services(topics, replicas=2) as running:
        for each in submissions:
            (running.reports / each.name).write_bytes(each.data)
        running.start()
        for moment, service in planned(chance):
            await until(
                lambda: pool.fetchval(f"select count(*) >= $1 from {TABLES[service]}", moment),  # noqa: B023 - awaited here
                seconds=120,
            )
            victim = chance.choice(running[service])
            victim.kill()
            victim.start()
        await until(lambda: through(pool, DOCUMENTS), seconds=240)
        await until(lambda: _read_to_the_end(topics), seconds=60)
        await until(running.ready, seconds=60)
        assert await running.stop() == {0}
    await balance(pool, submissions, mails)


async def _read_to_the_end(topics):
    for group, topic in (("parse", RAW), ("validate", STRUCTURED), ("notify", VIOLATIONS)):
        ends = len(await read_records(topics, topic.name))
        if sum((await committed(topics, group, topic.name)).values()) < ends:
            return False
    return True


async def test_a_named_replica_takes_its_place_again_at_once(pool, topics, listed, services, mails):
    """Killed and started again under its own name, it stops nobody; without one its group waits for a session of 120 s."""
    submissions = await listed(list(season(40)))
    patient = topics.model_copy(update={"kafka_session_seconds": 120})
    with services(patient, replicas=2, named=True) as running:
        running.start()
        await until(running.ready, seconds=60)
        for each in submissions:
            (running.reports / each.name).write_bytes(each.data)
        await until(lambda: pool.fetchval("select count(*) > 5 from reading"), seconds=60)
        victim = running["parse"][0]
        victim.kill()
        victim.start()
        await until(lambda: through(pool, len(submissions)), seconds=60)
        assert await running.stop() == {0}
    await balance(pool, submissions, mails)
