"""Delivery: each event once, in order, neighbours unharmed, nothing lost; on real PostgreSQL."""

import asyncio
import dataclasses
from uuid import uuid4

import asyncpg
import pytest

from shared.database.pool import connect
from shared.ops.errors import Halted, Rejected, Transient
from shared.stream import dead_letters
from shared.stream.consumer import Consumer
from shared.stream.envelope import event_id, headers_from_json
from shared.testing.stages import TRACE, TRACEPARENT, Pinger, make_tables, ping, record
from shared.testing.waiting import until


@pytest.fixture(autouse=True)
async def tables(pool):
    """Give every test the tables of the two small stages."""
    await make_tables(pool)


async def numbers(pool) -> list[int]:
    """Return the numbers that came through, in the order of their rows."""
    return [row["n"] for row in await pool.fetch("select n from pinged order by id")]


async def dead(pool) -> list[tuple[str, bytes | None]]:
    """Return reason and bytes of every dead letter."""
    return [(letter.why.reason, letter.record.value) for letter in await dead_letters.find(pool)]


def failing(number: int, error: Exception, times: int = 1_000_000):
    """Return a step that raises at a number so many times, and the list of its calls at that number."""
    calls: list[int] = []

    async def step(n: int) -> None:
        if n == number:
            calls.append(n)
            if len(calls) <= times:
                raise error

    return step, calls


async def test_an_event_leaves_a_row_an_inbox_entry_and_the_next_event(pool):
    """The outgoing event names its cause, keeps the correlation, and goes on with the trace from here."""
    await Consumer(Pinger(), pool).handle([record(1)])
    assert await numbers(pool) == [1]
    assert await pool.fetchval("select event_id from inbox where consumer = 'parse' and not dead") == event_id(ping(1))
    row = await pool.fetchrow("select * from outbox")
    headers = dict(headers_from_json(row["headers"]))
    assert (row["topic"], row["payload"], row["service"]) == ("test.pong.v1", b'{"n":1}', "parse")
    assert headers["causationid"] == str(event_id(ping(1))).encode()
    assert headers["correlationid"] == b"c1"
    assert headers["traceparent"].decode().split("-")[1] == TRACE
    assert headers["traceparent"].decode() != TRACEPARENT


async def test_a_duplicate_is_dropped_within_a_batch_and_after_it(pool):
    """The inbox makes at-least-once delivery look like once; the work is not even done again."""
    step, calls = failing(1, RuntimeError(), times=0)
    consumer = Consumer(Pinger(in_work=step), pool)
    await consumer.handle([record(1), record(1), record(2)])
    await consumer.handle([record(2), record(1)])
    assert await numbers(pool) == [1, 2]
    assert calls == [1]
    assert await pool.fetchval("select count(*) from outbox") == 2


async def test_two_replicas_with_the_same_batch_leave_one_row_each(pool):
    """The later one waits for the earlier one's inbox entry and then does nothing."""
    batch = [record(n) for n in range(20)]
    await asyncio.gather(*(Consumer(Pinger(), pool).handle(batch) for _ in range(4)))
    assert await numbers(pool) == list(range(20))


async def test_a_new_version_reads_old_events_again(pool):
    """The inbox key holds the consumer's version: a new parser may read everything once more."""
    for version in ("1", "1", "2"):
        await Consumer(Pinger(version=version), pool).handle([record(1)])
    assert await numbers(pool) == [1, 1]


async def test_order_is_kept_though_the_work_ends_in_another(pool):
    """Work runs at the same time, rows are written in the order of delivery."""
    last = asyncio.Event()

    async def last_first(n: int) -> None:
        if n == 4:
            last.set()
        await last.wait()

    await Consumer(Pinger(in_work=last_first), pool).handle([record(n) for n in range(5)])
    assert await numbers(pool) == list(range(5))


async def test_what_is_ready_does_not_wait_for_the_slow_ones_behind_it(pool, monkeypatch):
    """Records ahead of one that takes long are committed meanwhile: a restart then begins with it, not with them."""
    monkeypatch.setattr("shared.stream.consumer._PATIENCE", 0.05)

    async def are_written() -> bool:
        return await numbers(pool) == [1, 2]

    async def slow(n: int) -> None:
        if n == 3:
            await until(are_written)

    await Consumer(Pinger(in_work=slow), pool).handle([record(n) for n in (1, 2, 3, 4)])
    assert await numbers(pool) == [1, 2, 3, 4]


async def test_work_holds_no_connection(database):
    """With one connection in all, work can still use the database."""
    async with asyncpg.create_pool(database, min_size=1, max_size=1) as one:
        await one.execute("select 1")
        tight = await connect(database)
        gate = asyncio.Semaphore(1)

        async def ask(_n: int) -> None:
            async with gate:
                assert await one.fetchval("select 1", timeout=5) == 1

        await Consumer(Pinger(in_work=ask), tight).handle([record(n) for n in range(3)])
        assert await numbers(tight) == [0, 1, 2]
        await tight.close()


async def test_poison_is_kept_byte_for_byte_and_harms_no_neighbour(pool):
    """Bad JSON, a tombstone, null and unreadable headers, a wrong model: dead letters; the good ones pass, in order."""
    good = record(1)
    poison = [
        dataclasses.replace(record(90), value=b"{"),
        dataclasses.replace(record(91), value=None),
        dataclasses.replace(record(92), headers=(("ce_id", None),)),
        dataclasses.replace(record(93), headers=(("ce_id", b"\xff\x00"), ("\x00", b"\x00"))),
        dataclasses.replace(record(94), value=b'{"n": "x"}'),
        dataclasses.replace(record(95), key=b"\xff"),
    ]
    await Consumer(Pinger(), pool).handle([good, *poison[:3], record(2), *poison[3:], record(3)])
    assert await numbers(pool) == [1, 2, 3]
    letters = await dead_letters.find(pool)
    assert [letter.record for letter in letters] == poison
    assert [letter.why.reason for letter in letters] == [
        "schema",
        "envelope",
        "envelope",
        "envelope",
        "schema",
        "envelope",
    ]


async def test_poison_delivered_again_is_one_dead_letter(pool):
    """With or without a readable id: a crash before the offset is committed does not double it."""
    poison = [dataclasses.replace(record(1), value=b"{"), dataclasses.replace(record(2), headers=())]
    for _ in range(2):
        await Consumer(Pinger(), pool).handle(poison)
    assert await dead(pool) == [("schema", b"{"), ("envelope", b'{"n":2}')]


@pytest.mark.parametrize("where", ["in_work", "in_commit"])
async def test_a_bug_is_tried_three_times_then_kept_and_its_neighbours_pass(pool, where):
    """What the failing event had written is undone; the letter names type and place, not the message."""
    step, calls = failing(1, ValueError("正文"))
    await Consumer(Pinger(**{where: step}), pool).handle([record(n) for n in range(3)])
    assert await numbers(pool) == [0, 2]
    assert calls == [1, 1, 1]
    (letter,) = await dead_letters.find(pool)
    assert letter.why.reason == "bug"
    assert letter.why.error.startswith("ValueError at ")
    assert "正文" not in letter.why.error
    assert letter.record.value == b'{"n":1}'


@pytest.mark.parametrize("where", ["in_work", "in_commit"])
async def test_a_fault_that_passes_by_is_no_dead_letter(pool, where):
    """The third try succeeds: one row, in its place."""
    step, _ = failing(1, ValueError(), times=2)
    await Consumer(Pinger(**{where: step}), pool).handle([record(n) for n in range(3)])
    assert await numbers(pool) == [0, 1, 2]
    assert await dead(pool) == []


@pytest.mark.parametrize("where", ["in_work", "in_commit"])
async def test_what_is_rejected_is_kept_at_once(pool, where):
    """Rejected means that trying again is of no use."""
    step, calls = failing(1, Rejected("document_missing", "no such document"))
    await Consumer(Pinger(**{where: step}), pool).handle([record(n) for n in range(3)])
    assert await numbers(pool) == [0, 2]
    assert calls == [1]
    assert await dead(pool) == [("document_missing", b'{"n":1}')]


async def test_a_fault_at_the_very_commit_harms_no_neighbour(pool):
    """A deferred constraint fails the whole batch; each event alone then shows which one it is."""
    await pool.execute(
        "create table numbers (n int primary key); insert into numbers select generate_series(0, 3);"
        "delete from numbers where n = 1;"
        "alter table pinged add foreign key (n) references numbers deferrable initially deferred"
    )
    await Consumer(Pinger(), pool).handle([record(n) for n in range(4)])
    assert await numbers(pool) == [0, 2, 3]
    assert await dead(pool) == [("bug", b'{"n":1}')]


@pytest.mark.parametrize("where", ["in_work", "in_commit"])
async def test_infrastructure_away_commits_nothing_and_kills_nothing(pool, where):
    """However often: Transient, no row, no dead letter; once it is back, everything in order."""
    step, _ = failing(1, Transient("away"), times=4)
    consumer = Consumer(Pinger(**{where: step}), pool)
    batch = [record(n) for n in range(3)]
    for _ in range(4):
        with pytest.raises(Transient):
            await consumer.handle(batch)
        assert await numbers(pool) == []
    await consumer.handle(batch)
    assert await numbers(pool) == [0, 1, 2]
    assert await dead(pool) == []


async def test_a_connection_cut_in_the_transaction_is_infrastructure(pool):
    """The batch is rolled back whole and comes through when handed in again."""
    cut = asyncio.Event()

    async def cut_once(n: int) -> None:
        if n == 1 and not cut.is_set():
            cut.set()
            await pool.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity "
                "where datname = current_database() and pid <> pg_backend_pid() and state = 'idle in transaction'"
            )

    consumer = Consumer(Pinger(in_commit=cut_once), pool)
    batch = [record(n) for n in range(3)]
    with pytest.raises(Transient):
        await consumer.handle(batch)
    await consumer.handle(batch)
    assert await numbers(pool) == [0, 1, 2]
    assert await dead(pool) == []


async def test_twenty_faults_in_a_row_halt_the_consumer(pool):
    """The message names the consumer and the command to look with."""
    bad = [dataclasses.replace(record(n), value=b"{") for n in range(20)]
    consumer = Consumer(Pinger(), pool)
    await consumer.handle(bad[:19])
    with pytest.raises(Halted, match="dead-letters list --consumer parse"):
        await consumer.handle(bad[19:])
    assert len(await dead(pool)) == 20


async def test_a_fifth_of_the_last_two_hundred_halts_the_consumer(pool):
    """40 of 200 pass, 41 do not, though never twenty in a row."""
    batch = [dataclasses.replace(record(n), value=b"{") if n % 5 == 0 else record(n) for n in range(200)]
    consumer = Consumer(Pinger(), pool)
    await consumer.handle(batch)
    with pytest.raises(Halted):
        await consumer.handle(
            [dataclasses.replace(record(201), value=b"{"), dataclasses.replace(record(202), value=b"{")]
        )


async def test_documents_and_envelopes_never_halt_a_consumer(pool):
    """Only `schema` and `bug` are about us."""
    bad = [dataclasses.replace(record(n), headers=()) for n in range(60)]
    await Consumer(Pinger(), pool).handle(bad)

    async def missing(_n: int) -> None:
        raise Rejected("document_missing", "gone")

    await Consumer(Pinger(in_work=missing), pool).handle([record(n) for n in range(60)])
    assert len(await dead(pool)) == 120


async def test_an_event_of_no_consumer_version_is_unknown_to_others(pool):
    """Inbox rows of another consumer do not count."""
    await pool.execute("insert into inbox values ('notify', '1', $1)", event_id(ping(1)))
    await pool.execute("insert into inbox values ('parse', '1', $1)", uuid4())
    await Consumer(Pinger(), pool).handle([record(1)])
    assert await numbers(pool) == [1]
