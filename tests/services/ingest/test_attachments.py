"""Attachments are fetched once each, tried again, given up, and never hold ingest up."""

import asyncio
from datetime import UTC, datetime

import pytest

from services.ingest.attachment_store import next_errand
from services.ingest.attachments import Attachments
from services.ingest.settings import IngestSettings
from services.ingest.sources.url import Visits
from services.ingest.store import take
from shared.testing.waiting import until
from shared.testing.website import Website, answer, website


async def listed(pool, site: Website, *targets: str, page: bytes = b"page") -> None:
    """Have a page observed, and attachments listed as parse does."""
    source = site.address("/t1.html")
    taken = await take(pool, page, source=source, source_kind="portal", name="", observed_at=datetime.now(UTC))
    await pool.executemany(
        "insert into attachment (observation_id, page, source, fetchable) values ($1, $2, $3, true)",
        [(taken.observation_id, source, site.address(target)) for target in targets],
    )


def fetching(pool, site: Website, **settings) -> Attachments:
    """Return what fetches from a test's server."""
    allowed = {"fetch_allow": ("127.0.0.1/32",), "fetch_ports": (site.port,), "fetch_seconds": 30}
    given = IngestSettings(**(allowed | settings))
    return Attachments(pool, given, Visits(given))


async def published(pool) -> int:
    """Return how often the page was published."""
    return await pool.fetchval("select count(*) from outbox where convert_from(key, 'utf-8') like '%/t1.html'")


async def test_each_attachment_is_fetched_once_and_the_page_published_at_the_end(pool):
    """The page is read again when all of its attachments are there, not with each of them."""
    async with website({"*": answer(b"file")}) as site:
        await listed(pool, site, "/1.docx", "/2.docx")
        fetching_now = fetching(pool, site)
        assert await fetching_now.step()
        assert await published(pool) == 1
        assert await fetching_now.step()
        assert await published(pool) == 2
        assert not await fetching_now.step()
    rows = await pool.fetch(
        "select source, source_kind from observation where source_kind = 'attachment' order by source"
    )
    assert [row["source"] for row in rows] == [site.address("/1.docx"), site.address("/2.docx")]


async def test_two_replicas_never_fetch_the_same(pool):
    """What one has taken is not due for the other until the time for it is over."""
    async with website({}) as site:
        await listed(pool, site, *(f"/{number}.docx" for number in range(6)))
        errands = await asyncio.gather(*(next_errand(pool, 60) for _ in range(8)))
    assert len({errand.source for errand in errands if errand}) == 6
    assert errands.count(None) == 2


async def test_what_is_refused_is_given_up_at_once(pool):
    """A port that is not allowed is none in an hour either."""
    async with website({"*": answer(b"file")}) as site:
        await listed(pool, site, "/1.docx")
        assert await fetching(pool, site, fetch_ports=(443,)).step()
    row = await pool.fetchrow("select problem, attempts, settled_at is not null as settled from attachment_fetch")
    assert (tuple(row), site.asked, await published(pool)) == (("address_port", 1, True), [], 2)


@pytest.mark.parametrize(("hours", "settled"), [(24, False), (0, True)])
async def test_what_is_not_there_yet_is_tried_for_as_long_as_set(pool, hours, settled):
    """The problem is kept either way."""
    async with website({}) as site:
        await listed(pool, site, "/1.docx")
        await fetching(pool, site, attachment_wait_hours=hours).step()
    row = await pool.fetchrow(
        "select problem, settled_at is not null as settled, due_at > now() as later from attachment_fetch"
    )
    assert (row["problem"], row["settled"]) == ("not_served", settled)
    assert settled or row["later"]


async def test_a_page_that_changed_meanwhile_is_not_published_again(pool):
    """Its newer version has attachments of its own."""
    async with website({"*": answer(b"file")}) as site:
        await listed(pool, site, "/1.docx")
        await listed(pool, site, page=b"corrected")
        before = await published(pool)
        assert await fetching(pool, site).step()
    assert await published(pool) == before == 2


async def test_a_fault_of_ours_ends_the_waiting_too(pool):
    """It is told, and the report does not wait for ever."""

    class Broken(Visits):
        async def fetch(self, asked):
            raise KeyError(asked)

    async with website({}) as site:
        await listed(pool, site, "/1.docx")
        settings = IngestSettings()
        assert await Attachments(pool, settings, Broken(settings)).step()
    assert await pool.fetchval("select problem from attachment_fetch") == "failed"
    assert await published(pool) == 2


async def test_a_slow_server_does_not_hold_up_the_end(pool):
    """Told to stop, it stops; what was being fetched is due again later."""

    async def silent(_writer):
        await asyncio.sleep(60)

    async with website({"*": silent}) as site:
        await listed(pool, site, "/1.docx")
        stop = asyncio.Event()
        running = asyncio.create_task(fetching(pool, site).run(stop))
        await until(lambda: _asked(site))
        stop.set()
        async with asyncio.timeout(20):
            await running
    assert await pool.fetchval("select settled_at is null and attempts = 1 from attachment_fetch")


async def _asked(site: Website) -> bool:
    await asyncio.sleep(0)
    return bool(site.asked)
