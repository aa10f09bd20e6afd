"""Every message is delivered twice: nothing new comes of it."""

from shared.stream.topics import RAW, STRUCTURED, VIOLATIONS
from shared.testing.books import balance, rows, through
from shared.testing.fleet import lines
from shared.testing.records import committed, read_records, send_records
from shared.testing.season import season
from shared.testing.waiting import until

READERS = (("parse", RAW), ("validate", STRUCTURED), ("notify", VIOLATIONS))


async def test_every_message_again_makes_no_new_row_and_no_new_mail(pool, topics, listed, services, mails):
    """All topics are sent once more, byte for byte: each reader reads them to the end and knows every event already."""
    submissions = await listed(list(season(30)))
    with services(topics) as running:
        for each in submissions:
            (running.reports / each.name).write_bytes(each.data)
        running.start()
        await until(lambda: through(pool, len(submissions)), seconds=60)
        before, outbox, sent = await rows(pool), await _outbox(pool), len(mails.taken)
        again = {topic.name: await read_records(topics, topic.name) for _, topic in READERS}
        for records in again.values():
            await send_records(topics, records)
        await until(lambda: _read(topics, {name: 2 * len(records) for name, records in again.items()}), seconds=60)
        assert await running.stop() == {0}
        for group, topic in READERS:
            outcomes = [line["outcome"] for replica in running[group] for line in lines(replica, "delivery")]
            assert outcomes.count("duplicate") >= len(again[topic.name])
    assert await rows(pool) == before
    assert await _outbox(pool) == outbox
    assert len(mails.taken) == sent
    await balance(pool, submissions, mails)


async def _outbox(pool):
    return await pool.fetchval("select count(*) from outbox")


async def _read(settings, ends):
    offsets = {topic.name: sum((await committed(settings, group, topic.name)).values()) for group, topic in READERS}
    return offsets == ends
