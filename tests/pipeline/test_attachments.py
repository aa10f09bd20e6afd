"""A page and its attachments through the whole pipeline: waited for, fetched, read as one report, judged and mailed once."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from services.ingest.attachments import Attachments
from services.ingest.settings import IngestSettings
from services.ingest.sources.url import Visits
from services.ingest.store import take
from shared.directory import store as directory
from shared.model.agency import Agency
from shared.testing.bundles import NAME, cover, page, report_file, tables_file
from shared.testing.reports import clean_figures
from shared.testing.website import Website, answer, website

NUMBERS = ("2", "3", "4")
CLEAN = {(number, *at): str(figure) for number in NUMBERS for at, figure in clean_figures("2021", number).items()}
FAULTY = CLEAN | {("3", "本年新收", "总计"): "71"}
LINKS = {"files/P01.docx": NAME}
AGENCY = Agency("0001", "样例市数据局", level="市", type="部门", mailbox="data@example.invalid")


@dataclass
class Portal:
    """A portal, and a nianbao that looks at it."""

    pool: object
    process: object
    site: Website
    pages: dict = field(default_factory=dict)
    wait_hours: float = 24

    async def publish(self, html: bytes, target: str = "/2025/t1.html", kind="portal"):
        """Have a page observed and everything that follows from it done, but for fetching."""
        source = self.site.address(target)
        await take(self.pool, html, source=source, source_kind=kind, name=source, observed_at=datetime.now(UTC))
        await self.process([])

    async def fetch(self) -> int:
        """Fetch what is due, with all that follows; return how much was."""
        settings = IngestSettings(
            fetch_allow=("127.0.0.1/32",), fetch_ports=(self.site.port,), attachment_wait_hours=self.wait_hours
        )
        attachments = Attachments(self.pool, settings, Visits(settings))
        done = 0
        while await attachments.step():
            done += 1
        await self.process([])
        return done

    async def wait(self, hours: float):
        """Let time go by for what is being fetched."""
        await self.pool.execute(
            "update attachment_fetch set begun_at = begun_at - make_interval(secs => $1), due_at = now()", hours * 3600
        )

    async def report(self):
        """Return the current report: where from, states of its tables, of its attachments."""
        rows = await self.pool.fetch("select source, structured from current_report")
        assert len(rows) == 1
        report = rows[0]["structured"]["reports"][0]
        tables = {table["state"] for table in report["tables"].values()}
        return rows[0]["source"], tables, [each["state"] for each in report["attachments"]]

    async def case(self):
        """Return how the one case stands, and how many notices were written for it."""
        rows = await self.pool.fetch("select status, reason, judgement_no from correction_case")
        assert len(rows) == 1
        notices = await self.pool.fetch("select kind, status from notice order by created_at")
        return rows[0]["status"], rows[0]["reason"], [tuple(notice) for notice in notices]


@pytest.fixture
async def portal(pool, process):
    """Give a portal whose pages a test may change, and an agency in the directory."""
    async with pool.acquire() as connection, connection.transaction():
        await directory.replace(connection, [AGENCY], by="test")
    pages: dict = {}
    async with website(pages) as site:
        yield Portal(pool, process, site, pages)


async def test_a_report_waits_for_its_attachment_and_is_judged_with_it(portal):
    """Nothing is mailed while it waits; with the attachment the report is whole, is the page's, and is judged once more."""
    portal.pages["/2025/files/P01.docx"] = answer(tables_file(CLEAN))
    await portal.publish(page(CLEAN, LINKS))
    source = portal.site.address("/2025/t1.html")
    assert await portal.report() == (source, {"absent"}, ["awaited"])
    assert await portal.case() == ("clean", None, [])
    assert await portal.fetch() == 1
    assert await portal.report() == (source, {"present"}, ["read"])
    assert await portal.case() == ("clean", None, [])
    kinds = await portal.pool.fetch("select source_kind, status, reason_code from reading order by source_kind desc")
    assert await portal.pool.fetchval("select count(*) from judgement") == 2
    assert [tuple(kind) for kind in kinds] == [("portal", "report", None), ("attachment", "not_a_report", "attachment")]
    assert await portal.fetch() == 0


async def test_what_is_wrong_in_the_attachment_is_mailed_once(portal):
    """One notice, for the whole report; an attachment that comes again changes nothing."""
    portal.pages["/2025/files/P01.docx"] = answer(tables_file(FAULTY))
    await portal.publish(page(FAULTY, LINKS))
    await portal.fetch()
    assert await portal.case() == ("open", None, [("correction", "held")])
    await portal.publish(tables_file(FAULTY), "/2025/files/P01.docx", "attachment")
    assert await portal.case() == ("open", None, [("correction", "held")])


async def test_an_attachment_that_never_comes(portal):
    """It is tried again for as long as set; then the report is judged without, and nobody is mailed for its tables."""
    await portal.publish(page(CLEAN, LINKS))
    assert await portal.fetch() == 1
    assert await portal.case() == ("clean", None, [])
    assert await portal.fetch() == 0
    await portal.wait(0)
    assert await portal.fetch() == 1
    await portal.wait(24)
    assert await portal.fetch() == 1
    assert (await portal.report())[1:] == ({"absent"}, ["unread"])
    assert await portal.case() == ("waiting", "not_assessable", [])
    found = await portal.pool.fetch("select body ->> 'rule' as rule from finding")
    assert "F-04" not in {row["rule"] for row in found}
    assert portal.site.asked == ["/2025/files/P01.docx"] * 3


async def test_an_attachment_that_comes_late(portal):
    """After it was given up it may still be handed in by its address, and the report is whole."""
    await portal.publish(page(FAULTY, LINKS))
    await portal.wait(24)
    portal.wait_hours = 0
    await portal.fetch()
    assert (await portal.report())[2] == ["unread"]
    await portal.publish(tables_file(FAULTY), "/2025/files/P01.docx")
    assert (await portal.report())[1:] == ({"present"}, ["read"])
    assert await portal.case() == ("open", None, [("correction", "held")])


async def test_a_corrected_page_waits_for_its_attachment_anew(portal):
    """What is not sent is overtaken at once, what the old attachment says is not mailed for the new page."""
    portal.pages["/2025/files/P01.docx"] = answer(tables_file(FAULTY))
    await portal.publish(page(FAULTY, LINKS))
    await portal.fetch()
    portal.pages["/2025/files/P01.docx"] = answer(tables_file(CLEAN))
    await portal.publish(page(CLEAN, LINKS) + b"<!-- corrected -->")
    assert (await portal.report())[1:] == ({"absent"}, ["awaited"])
    assert await portal.case() == ("open", None, [("correction", "superseded")])
    await portal.fetch()
    assert (await portal.report())[1:] == ({"present"}, ["read"])
    assert await portal.case() == ("closed", None, [("correction", "superseded")])


async def test_a_corrected_page_whose_attachment_stayed(portal):
    """The same bytes again are no new observation, and still end the waiting."""
    portal.pages["/2025/files/P01.docx"] = answer(tables_file(FAULTY))
    await portal.publish(page(FAULTY, LINKS))
    await portal.fetch()
    await portal.publish(page(FAULTY, LINKS) + b"<!-- corrected -->")
    await portal.fetch()
    assert (await portal.report())[1:] == ({"present"}, ["read"])
    assert await portal.case() == ("open", None, [("correction", "superseded"), ("correction", "held")])
    assert await portal.pool.fetchval("select count(*) from observation where source_kind = 'attachment'") == 1


async def test_several_attachments_end_the_waiting_together(portal):
    """While one is missing the report waits, whatever the others hold."""
    portal.pages["/2025/files/P01.docx"] = answer(tables_file(FAULTY, ["2", "3"]))
    await portal.publish(page(FAULTY, {**LINKS, "files/P02.docx": "附件2"}))
    await portal.fetch()
    assert sorted((await portal.report())[2]) == ["awaited", "read"]
    assert await portal.case() == ("clean", None, [])
    portal.pages["/2025/files/P02.docx"] = answer(tables_file(FAULTY, ["4"]))
    await portal.wait(1)
    await portal.fetch()
    assert (await portal.report())[1:] == ({"present"}, ["read", "read"])
    assert await portal.case() == ("open", None, [("correction", "held")])


async def test_a_page_with_nothing_but_a_title(portal):
    """The report in its attachment is the page's; until then there is none."""
    portal.pages["/2025/files/P01.docx"] = answer(report_file(CLEAN))
    await portal.publish(cover(LINKS))
    assert await portal.pool.fetchval("select count(*) from report") == 0
    await portal.fetch()
    assert await portal.report() == (portal.site.address("/2025/t1.html"), {"present"}, ["read"])
    assert await portal.case() == ("clean", None, [])


async def test_internal_addresses_end_the_waiting_at_once(portal):
    """What may not be fetched is not waited for, nor is what stands on another host."""
    await portal.publish(page(CLEAN, {"http://other.invalid/P01.docx": NAME}))
    assert (await portal.report())[2] == ["unread"]
    assert await portal.fetch() == 0
    assert await portal.case() == ("waiting", "not_assessable", [])


@pytest.mark.parametrize("page_first", [True, False])
async def test_a_page_and_its_attachment_as_files(pool, process, page_first):
    """In whatever order they come into a folder, they are one report in the end, and nothing is fetched."""
    files = [
        ("/收件/年报.html", page(CLEAN, {"http://h.invalid/P01.docx": NAME})),
        ("/收件/P01.docx", tables_file(CLEAN)),
    ]
    for source, data in files if page_first else files[::-1]:
        await take(pool, data, source=source, source_kind="folder", name=source, observed_at=datetime.now(UTC))
        await process([])
    row = await pool.fetchrow("select source, structured from current_report where year = 2024")
    (report,) = row["structured"]["reports"]
    assert (row["source"], {table["state"] for table in report["tables"].values()}) == ("/收件/年报.html", {"present"})
    assert await pool.fetchval("select count(*) from attachment where fetchable") == 0


async def test_page_and_attachment_at_the_same_moment(pool, process):
    """However the two are read side by side, no report is left without its tables."""
    names = [f"/收件/{number}/" for number in range(12)]
    await asyncio.gather(
        *(
            take(pool, data, source=folder + name, source_kind="folder", name=name, observed_at=datetime.now(UTC))
            for folder in names
            for name, data in (("年报.html", page(CLEAN, {"P01.docx": NAME})), ("P01.docx", tables_file(CLEAN)))
        )
    )
    await process([])
    rows = await pool.fetch(
        """select distinct on (source) source, structured from report where source like '%html'
           order by source, observed_at desc, sequence desc, read_at desc"""
    )
    states = [{table["state"] for table in row["structured"]["reports"][0]["tables"].values()} for row in rows]
    assert states == [{"present"}] * len(names)
