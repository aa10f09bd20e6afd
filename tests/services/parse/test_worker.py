"""Worker processes: one bad document harms nobody else, and nothing is left behind."""

import asyncio
import os
from functools import partial

import pytest

from services.parse.core import parse
from services.parse.readers.recognition import page_begins
from services.parse.worker import Workers
from shared.ops.errors import Transient
from shared.testing.misbehaviour import by_its_word, by_pages

REPORT = "样例市数据局2024年政府信息公开工作年度报告\n" + "\n".join(
    f"{numeral}、{title}\n2024年，本机关公开信息。"
    for numeral, title in zip("一二六", ("总体情况", "主动公开政府信息情况", "其他需要报告的事项"), strict=True)
)


def _alive(process: str | None) -> bool:
    try:
        os.kill(int(process or 0), 0)
    except ProcessLookupError:
        return False
    return True


async def test_a_worker_reads_as_the_core_does():
    """What comes back from the process is what the core returns here."""
    async with Workers(1) as workers:
        document = await workers.parse(REPORT.encode(), source="a.txt", mark_key=b"key")
    assert document == parse(REPORT.encode(), source="a.txt", mark_key=b"key")
    assert document.status == "report"


@pytest.mark.parametrize("act", [b"loop", b"sleep"])
async def test_a_document_over_its_deadline_is_given_up(act):
    """The process is killed, the document says timeout, the next one is read by another process."""
    async with Workers(1, deadline=2, read=by_its_word) as workers:
        first = await workers.parse(b"1", source="first")
        late = await workers.parse(act, source="late")
        after = await workers.parse(b"2", source="after")
    assert (late.status, late.reason.code, late.source, late.bytes) == ("unreadable", "timeout", "late", len(act))
    assert after.source == "after"
    assert after.sha256 != first.sha256


async def test_pages_that_are_recognised_take_their_time():
    """Each of them adds to the deadline of its document alone; no number of them puts the end off for ever."""
    async with Workers(1, deadline=1, read=partial(by_pages, page_begins)) as workers:
        scan = await workers.parse(b"24 2", source="scan")
        late = await workers.parse(b"0 3", source="late")
        endless = await workers.parse(b"inf 0", source="endless")
    assert (scan.source, scan.reason) == ("scan", None)
    assert [each.reason.code for each in (late, endless)] == ["timeout", "timeout"]


@pytest.mark.parametrize("act", [b"exit", b"raise"])
async def test_a_crash_is_one_documents_own(act, capfd):
    """A process that dies is tried once more, then the document says crashed; its neighbours are read."""
    async with Workers(2, read=by_its_word) as workers:
        crashed, *others = await asyncio.gather(
            *(workers.parse(data, source=data.decode()) for data in (act, b"1", b"2", b"3", b"4"))
        )
    capfd.readouterr()
    assert (crashed.status, crashed.reason.code) == ("unreadable", "crashed")
    assert [other.source for other in others] == ["1", "2", "3", "4"]


async def test_memory_is_limited():
    """A document that needs more memory than allowed says so, and its process is replaced."""
    async with Workers(1, memory=512 * 1024 * 1024, read=by_its_word) as workers:
        first = await workers.parse(b"1", source="first")
        greedy = await workers.parse(b"eat", source="greedy")
        after = await workers.parse(b"2", source="after")
    assert (greedy.status, greedy.reason.code) == ("unreadable", "too_much_memory")
    assert after.sha256 != first.sha256


async def test_processes_are_replaced_after_their_share():
    """No process reads more documents than it may."""
    async with Workers(1, recycle=2, read=by_its_word) as workers:
        read = [(await workers.parse(b"1", source="a")).sha256 for _ in range(5)]
    assert read[0] == read[1] != read[2] == read[3] != read[4]


async def test_only_as_many_processes_as_there_is_work():
    """Documents one after the other need one process, however many are allowed."""
    async with Workers(4, read=by_its_word) as workers:
        read = {(await workers.parse(b"1", source="a")).sha256 for _ in range(4)}
    assert len(read) == 1


async def test_the_event_loop_goes_on():
    """While a process computes, the loop turns."""
    turns = 0
    async with Workers(1, deadline=0.5, read=by_its_word) as workers:
        reading = asyncio.ensure_future(workers.parse(b"loop", source="a"))
        while not reading.done():
            turns += 1
            await asyncio.sleep(0.005)
    assert turns > 10


async def test_a_cancelled_reading_frees_its_place():
    """Who gives up waiting leaves a place in which the next document is read."""
    async with Workers(1, read=by_its_word) as workers:
        await workers.parse(b"1", source="warm")
        reading = asyncio.ensure_future(workers.parse(b"sleep", source="a"))
        await asyncio.sleep(0)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        assert (await workers.parse(b"2", source="b")).source == "b"


async def test_a_process_killed_from_outside_costs_no_document():
    """A worker that something else killed while idle is replaced without anybody noticing."""
    async with Workers(1, read=by_its_word) as workers:
        process = (await workers.parse(b"1", source="a")).sha256
        os.kill(int(process), 9)
        assert (await workers.parse(b"2", source="b")).source == "b"


async def test_closing_leaves_no_process():
    """After close no process runs, a document under way is Transient, and no new one is taken."""
    workers = Workers(2, read=by_its_word)
    process = (await workers.parse(b"1", source="a")).sha256
    reading = asyncio.ensure_future(workers.parse(b"sleep", source="b"))
    await asyncio.sleep(0)
    await workers.close()
    with pytest.raises(Transient):
        await reading
    with pytest.raises(Transient):
        await workers.parse(b"2", source="c")
    assert not _alive(process)


class _DeadOnArrival:
    """A reading that ends the process which receives it."""

    def __reduce__(self):
        return os._exit, (3,)


async def test_a_process_that_cannot_start_is_transient():
    """A worker that dies before it is ready is the machine's trouble, not the document's."""
    async with Workers(1, read=_DeadOnArrival()) as workers:
        with pytest.raises(Transient):
            await workers.parse(b"1", source="a")
