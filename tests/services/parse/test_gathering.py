"""A bundle is written only from what is still the newest."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from services.ingest.store import take
from services.parse import store
from services.parse.app import ParseStage
from services.parse.settings import ParseSettings
from shared.ops.errors import Transient
from shared.stream.stage import Received
from shared.testing.archives import zipped
from shared.testing.bundles import NAME, page, tables_file
from shared.testing.figures import drawn

FIGURES = drawn(random.Random(6))
HTML, FILE = page(FIGURES, {"P01.docx": NAME}), tables_file(FIGURES)
PAGE, ATTACHMENT = "https://h.invalid/t1.html", "https://h.invalid/P01.docx"
BEGAN = datetime(2025, 1, 20, 9, 0, tzinfo=UTC)


@pytest.fixture
def stage(pool, workers) -> ParseStage:
    """Give a parse stage."""
    return ParseStage(pool, workers, ParseSettings())


async def observed(pool, source: str, data: bytes, minutes: int = 0) -> Received:
    """Have a document observed and return its event as a bus delivers it."""
    at = BEGAN + timedelta(minutes=minutes)
    taken = await take(pool, data, source=source, source_kind="portal", name=source, observed_at=at)
    raw = (await store.newest(pool, [source]))[source]
    assert raw.observation_id == taken.observation_id
    return Received(taken.observation_id, raw, source, at, str(taken.observation_id), None)


async def commit(pool, stage, received, reading) -> list[list[str]]:
    """Commit and return the states of the attachments in each report version published."""
    async with pool.acquire() as connection, connection.transaction():
        outcome = await stage.commit(connection, received, reading)
    reports = [event.body.document.reports[0] for event in outcome.events]
    return [[each.state for each in report.attachments] for report in reports]


async def test_an_attachment_that_comes_while_its_page_is_read(pool, stage):
    """The page is read again, with it; nothing of the outdated reading is left."""
    received = await observed(pool, PAGE, HTML)
    outdated = await stage.work(received)
    await observed(pool, ATTACHMENT, FILE, 1)
    with pytest.raises(Transient):
        await commit(pool, stage, received, outdated)
    assert await pool.fetchval("select count(*) from report") == 0
    assert await commit(pool, stage, received, await stage.work(received)) == [["read"]]


async def test_page_and_attachment_read_side_by_side(pool, stage):
    """An attachment that was read before its page was written is no report beside it."""
    first, second = await observed(pool, PAGE, HTML), await observed(pool, ATTACHMENT, FILE, 1)
    readings = [(received, await stage.work(received)) for received in (first, second)]
    assert [await commit(pool, stage, *each) for each in readings] == [[["read"]], []]
    assert await pool.fetchval("select count(*) from report") == 1
    assert await pool.fetchval("select status from reading where source = $1", ATTACHMENT) == "not_a_report"


async def test_an_archive_that_a_page_lists(pool, stage):
    """The documents in it come into the page's report, and it is none of its own."""
    packed = zipped({f"{number}.docx": tables_file(FIGURES, (number,)) for number in ("2", "3", "4")})
    listed = await observed(pool, PAGE, page(FIGURES, {"P01.zip": NAME}))
    await commit(pool, stage, listed, await stage.work(listed))
    archive = await observed(pool, "https://h.invalid/P01.zip", packed, minutes=1)
    assert await commit(pool, stage, archive, await stage.work(archive)) == [["read"]]
    assert await pool.fetchval("select reason_code from reading where source like '%.zip'") == "attachment"


async def test_a_page_that_changes_while_its_attachment_is_read(pool, stage):
    """The report is written from the newest page, never from the one before."""
    first = await observed(pool, PAGE, HTML)
    assert await commit(pool, stage, first, await stage.work(first)) == [["awaited"]]
    received = await observed(pool, ATTACHMENT, FILE, 1)
    outdated = await stage.work(received)
    await observed(pool, PAGE, HTML + b"<!-- 2 -->", 2)
    with pytest.raises(Transient):
        await commit(pool, stage, received, outdated)
    again = await stage.work(received)
    assert [bundle.page.sequence for bundle in again.bundles] == [2]
    assert again.bundles[0].basis.awaited == (ATTACHMENT,)


async def test_an_older_page_is_no_bundle_any_more(pool, stage):
    """Its event handled late gives a version that never stands for the report."""
    first = await observed(pool, PAGE, HTML)
    second = await observed(pool, PAGE, page(FIGURES, {}, without=()), 1)
    await observed(pool, ATTACHMENT, FILE, 2)
    for received in (second, first):
        await commit(pool, stage, received, await stage.work(received))
    assert await pool.fetchval("select sequence from current_report") == 2
    assert await pool.fetchval("select count(*) from attachment") == 0


async def test_an_attachment_that_its_page_lists_no_more(pool, stage):
    """It is a document by itself then."""
    first = await observed(pool, PAGE, HTML)
    await commit(pool, stage, first, await stage.work(first))
    second = await observed(pool, PAGE, page(FIGURES, {}, without=()), 1)
    await commit(pool, stage, second, await stage.work(second))
    received = await observed(pool, ATTACHMENT, FILE, 2)
    reading = await stage.work(received)
    assert reading.bundles == ()
    assert await commit(pool, stage, received, reading) == [[]]


async def test_the_same_bundle_from_whichever_event(pool, stage):
    """Page and attachment give one report version, whoever of them is handled last."""
    first = await observed(pool, PAGE, HTML)
    await commit(pool, stage, first, await stage.work(first))
    second = await observed(pool, ATTACHMENT, FILE, 1)
    for received in (second, first, second):
        await commit(pool, stage, received, await stage.work(received))
    assert await pool.fetchval("select count(*) from report") == 2
    standing = await pool.fetchrow("select observed_at, sequence, source, source_kind from current_report")
    assert tuple(standing) == (BEGAN + timedelta(minutes=1), 1, PAGE, "portal")


async def test_links_are_seen_from_where_a_page_was_found(pool, stage):
    """A page that moved lists the attachments of its new place; its source stays what was asked for."""
    moved = "https://h.invalid/2025/new.html"
    await take(pool, HTML, source=PAGE, source_kind="portal", name=PAGE, observed_at=BEGAN, address=moved)
    raw = (await store.newest(pool, [PAGE]))[PAGE]
    reading = await stage.work(Received(raw.observation_id, raw, PAGE, BEGAN, "c", None))
    assert (reading.document.source, reading.document.attachments) == (PAGE, ("https://h.invalid/2025/P01.docx",))
