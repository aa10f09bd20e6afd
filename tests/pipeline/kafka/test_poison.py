"""Poison of each kind in a topic: its neighbours pass, it is kept byte for byte; nothing but poison stops the consumer."""

import json
import uuid
from dataclasses import replace

import pytest

from shared.stream.dead_letters import find
from shared.stream.envelope import Record
from shared.stream.topics import RAW, STRUCTURED
from shared.testing.books import balance, through
from shared.testing.fleet import unready
from shared.testing.records import committed, send_records
from shared.testing.season import Submission, season
from shared.testing.waiting import until

PARTITION = 0


def _with(record: Record, **headers: bytes | None) -> Record:
    """Return a record under an id of its own, with headers replaced."""
    changed = {"ce_id": str(uuid.uuid4()).encode(), **headers}
    return replace(record, headers=tuple((name, changed.get(name, value)) for name, value in record.headers))


def _body(record: Record, **fields: object) -> Record:
    """Return a record under an id of its own, with fields of its body replaced."""
    return replace(_with(record), value=json.dumps(json.loads(record.value) | fields).encode())


POISON = {
    "no JSON": ("schema", lambda good: replace(_with(good), value=b"{")),
    "not UTF-8": ("schema", lambda good: replace(_with(good), value="机关".encode("gb18030"))),
    "no field": ("schema", lambda good: replace(_with(good), value=b'{"source": "a"}')),
    "unknown type": ("schema", lambda good: _with(good, ce_type=b"nianbao.report.raw.v9")),
    "unknown envelope": ("envelope", lambda good: _with(good, ce_specversion=b"2.0")),
    "id is no UUID": ("envelope", lambda good: _with(good, ce_id=b"1")),
    "header is not UTF-8": ("envelope", lambda good: _with(good, ce_type=b"\xff\xfe")),
    "header is null": ("envelope", lambda good: _with(good, ce_time=None)),
    "no headers": ("envelope", lambda good: replace(good, headers=())),
    "tombstone": ("envelope", lambda good: replace(_with(good), value=None)),
    "oversized": ("schema", lambda good: replace(_with(good), value=b"\x00" * (RAW.max_bytes - 2048))),
    "document gone": ("document_missing", lambda good: _body(good, sha256="0" * 64)),
}


async def test_poison_of_each_kind_is_kept_and_its_neighbours_pass(pool, topics, observed, services):
    """Each kind stands between two good records of one partition: these are read, it is a dead letter with its bytes."""
    good = await observed(list(season(len(POISON) + 1)))
    bad = [make(good[0]) for _, make in POISON.values()]
    mixed = [record for pair in zip(good, bad, strict=False) for record in pair] + good[-1:]
    await send_records(topics, [replace(record, partition=PARTITION) for record in mixed])
    with services(topics, services=["parse"]) as running:
        running.start()
        await until(lambda: _consumed(topics, "parse", RAW, len(mixed)), seconds=60)
        assert await unready(running["parse"][0]) is None
        assert await running.stop() == {0}
    assert await pool.fetchval("select count(distinct observation_id) from reading") == len(good)
    assert await pool.fetchval("select count(*) from report") == len(good)
    letters = await find(pool)
    assert [letter.why.reason for letter in letters] == [reason for reason, _ in POISON.values()]
    for kind, letter, record in zip(POISON, letters, bad, strict=True):
        kept = (letter.record.key, letter.record.value, letter.record.headers)
        assert kept == (record.key, record.value, record.headers), kind
        assert letter.record.partition == PARTITION


@pytest.fixture
async def raising(structured):
    """Give good structured events, and a way to make one on which validate raises: its document holds no report."""
    good = await structured(list(season(4)))

    def broken() -> Record:
        document = json.loads(good[0].value)["document"]
        return _body(good[0], document=document | {"reports": []})

    return good, broken


async def test_a_core_that_raises_harms_no_neighbour(pool, topics, raising, services):
    """An event that validate raises on is a dead letter of reason bug after its tries; the events around it are judged."""
    good, broken = raising
    mixed = [good[0], broken(), good[1], broken(), *good[2:]]
    await send_records(topics, [replace(record, partition=PARTITION) for record in mixed])
    with services(topics, services=["validate"]) as running:
        running.start()
        await until(lambda: _consumed(topics, "validate", STRUCTURED, len(mixed)), seconds=60)
        assert await running.stop() == {0}
    assert await pool.fetchval("select count(*) from judgement") == len(good)
    letters = await find(pool)
    assert [(letter.why.reason, letter.record.value) for letter in letters] == [
        ("bug", mixed[1].value),
        ("bug", mixed[3].value),
    ]


async def test_nothing_but_poison_stops_the_consumer(pool, topics, raising, services):
    """A topic of events that validate raises on is not emptied into the dead letters: the process ends and says why."""
    _, broken = raising
    poison = [replace(broken(), partition=PARTITION) for _ in range(150)]
    await send_records(topics, poison)
    with services(topics, services=["validate"]) as running:
        running.start()
        (validate,) = running.all
        await until(lambda: _has_ended(validate), seconds=60)
        assert validate.wait() == 4
        assert "Traceback" not in validate.said
        assert "dead-letters" in validate.said.splitlines()[-1]
    assert 20 <= len(await find(pool)) < len(poison)
    assert sum((await committed(topics, "validate", STRUCTURED.name)).values()) < len(poison)


async def test_documents_that_cannot_be_read_stop_nothing(pool, topics, services):
    """A hundred broken pictures are a hundred unreadable documents, no dead letters: parse goes on, a report among them passes."""
    report = next(season(1))
    with services(topics, services=["ingest", "parse"]) as running:
        for number in range(100):
            (running.reports / f"{number}.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes([number]) * 500)
        (running.reports / report.name).write_bytes(report.data)
        running.start()
        await until(lambda: pool.fetchval("select count(*) = 101 from reading"), seconds=60)
        await until(running.ready)
        assert await running.stop() == {0}
    statuses = await pool.fetch("select status, count(*) from reading group by status order by status")
    assert [tuple(row) for row in statuses] == [("report", 1), ("unreadable", 100)]
    assert await find(pool) == []


async def test_an_event_too_large_for_its_topic_passes(pool, topics, listed, services, mails):
    """A report whose event is larger than its topic allows travels without its body, and its neighbours beside it."""
    first, second, third = season(3)
    large = Submission(
        second.agency, second.name, second.data + "本机关持续推进主动公开工作。\n".encode() * 60000, faulty=False
    )
    submissions = await listed([first, large, third])
    with services(topics) as running:
        for each in submissions:
            (running.reports / each.name).write_bytes(each.data)
        running.start()
        await until(lambda: through(pool, len(submissions)), seconds=60)
        assert await running.stop() == {0}
    sizes = await pool.fetch("select octet_length(payload) as bytes from outbox where service = 'parse'")
    assert max(row["bytes"] for row in sizes) > STRUCTURED.max_bytes
    await balance(pool, submissions, mails)


async def _consumed(settings, group, topic, records):
    return sum((await committed(settings, group, topic.name)).values()) == records


async def _has_ended(replica):
    return not replica.is_running
