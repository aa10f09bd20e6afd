"""Documents of a command line: pages with their attachments, from files, archives and the web."""

import asyncio
import pathlib
import random
import subprocess
import sys
from collections.abc import Sequence

import pytest

from services.check import exit_code, judged
from services.parse.archive import refused
from services.reading import read
from shared.documents import PROBLEMS, Found
from shared.model.report import Attachment, Document
from shared.testing.archives import zipped
from shared.testing.bundles import NAME, cover, page, report_file, tables_file
from shared.testing.figures import drawn, misread, unread
from shared.testing.formats.pdf_file import Sheet, document, text
from shared.testing.website import Website, answer, redirect, website

SAMPLES = pathlib.Path(__file__).parents[2] / "shared" / "testing" / "samples"
FIGURES = drawn(random.Random(6))
PAGE, FILE = page(FIGURES, {"files/P01.docx": NAME}), tables_file(FIGURES)


def told(documents: Sequence[Document]) -> list[tuple[str, str | None, int]]:
    """Return of each document its status, the code of its reason, and how many reports it has."""
    return [(each.status, each.reason and each.reason.code, len(each.reports)) for each in documents]


TOGETHER = [("report", None, 1), ("not_a_report", "attachment", 0)]


def check_tables(document: Document) -> None:
    """Check that every figure stands at its place."""
    (report,) = document.reports
    assert (misread(report.tables, FIGURES), unread(report.tables)) == ([], [])


@pytest.mark.parametrize("problem", list(PROBLEMS))
def test_every_problem_of_finding_is_a_document(problem: str):
    """Whatever keeps a document from being read, it is a document with that code."""
    document = refused(Found("a", problem=problem, bytes=3))  # type: ignore[arg-type]
    assert (document.status, document.reason and document.reason.code, document.bytes) == ("unreadable", problem, 3)


def test_worker_processes_read_as_this_process_does():
    """Whoever reads, the documents are the same, in the same order."""
    assert read([str(SAMPLES)], in_parallel=True) == read([str(SAMPLES)])


def test_a_pdf_is_read_in_a_process_of_its_own(tmp_path):
    """However small it is, what reads it may end, and must not end the command."""
    (tmp_path / "a.pdf").write_bytes(document([Sheet(text(60, 700, 12, "今天天气很好。"))]))
    seen = (
        "import sys; from services.reading import read; print(read(sys.argv[1:])[0].status, 'pypdfium2' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", seen, str(tmp_path)], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["not_a_report", "False"]


def test_a_page_and_its_attachment_in_a_folder(tmp_path):
    """They are one report; alone the page's tables are not checked, and the file is no whole report."""
    (tmp_path / "files").mkdir()
    (tmp_path / "年报.html").write_bytes(PAGE)
    (tmp_path / "files" / "P01.docx").write_bytes(FILE)
    part, whole = read([str(tmp_path)])
    assert told([whole, part]) == TOGETHER
    check_tables(whole)
    (alone,) = read([str(tmp_path / "年报.html")])
    assert alone.reports[0].attachments == (Attachment(f"{tmp_path}/files/P01.docx", "unread"),)
    (checked,) = judged([alone])
    assert {each.reason for each in checked.judgements[0].not_checked} == {"attachment_unread"}
    assert exit_code([checked]) == 1
    assert told(read([str(tmp_path / "files" / "P01.docx")])) == [("report", None, 1)]


def test_an_archive_beside_its_page(tmp_path):
    """It counts as a folder, and what is in it as the page's attachment; what of it cannot be read is named."""
    packed = zipped({"表.docx": FILE, "图.pdf": b"%PDF-1.7 "})
    (tmp_path / "年报.html").write_bytes(page(FIGURES, {"附件.ZIP": "附件：年度报告附表"}))
    (tmp_path / "附件.ZIP").write_bytes(packed)
    whole, broken, part = read([str(tmp_path)])
    assert told([whole, part]) == TOGETHER
    assert broken.status == "unreadable"
    check_tables(whole)
    states = {each.source.removeprefix(f"{tmp_path}/"): each.state for each in whole.reports[0].attachments}
    assert states == {"附件.ZIP": "read", "附件.ZIP/图.pdf": "unread"}


def test_a_page_saved_with_links_into_the_web(tmp_path):
    """The file is looked for beside the page, under its own name; nothing is fetched for a page that came as a file."""
    html = page(FIGURES, {"http://127.0.0.1:9/xxgk/P01.docx": NAME})
    (tmp_path / "年报.zip").write_bytes(zipped({"县/年报.html": html, "县/P01.docx": FILE}))
    part, whole = read([str(tmp_path / "年报.zip")])
    assert told([whole, part]) == TOGETHER
    check_tables(whole)


@pytest.fixture
def fetch(monkeypatch):
    """Give a way to read addresses of a test's servers."""

    async def fetch(site: Website, *paths: str) -> list[Document]:
        monkeypatch.setenv("NIANBAO_FETCH_ALLOW", "127.0.0.0/8")
        monkeypatch.setenv("NIANBAO_FETCH_PORTS", f"443, {site.port}")
        return await asyncio.to_thread(read, paths)

    return fetch


async def test_a_page_of_the_web_and_its_attachment(fetch):
    """The attachment is fetched from the page's host, and stands behind its page."""
    async with website({"/2025/t1.html": answer(PAGE), "/2025/files/P01.docx": answer(FILE)}) as site:
        documents = await fetch(site, site.address("/2025/t1.html#top"))
    assert told(documents) == TOGETHER
    assert [each.source for each in documents] == [
        site.address("/2025/t1.html"),
        site.address("/2025/files/P01.docx"),
    ]
    check_tables(documents[0])
    assert documents[0].reports[0].attachments == (Attachment(site.address("/2025/files/P01.docx"), "read"),)


@pytest.mark.parametrize("name", ["%E9%99%84%E4%BB%B6.zip", "P01"])
async def test_an_archive_that_a_page_lists(fetch, name):
    """What it holds, by whatever name, is the page's attachment; its own listing is one document."""
    packed = zipped({"表三.docx": tables_file(FIGURES, ("3",)), "其他.docx": tables_file(FIGURES, ("2", "4"))})
    html = page(FIGURES, {name: "附件：年度报告附表"})
    async with website({"/t1.html": answer(html), f"/{name}": answer(packed)}) as site:
        documents = await fetch(site, site.address("/t1.html"))
        source = site.address(f"/{name}")
    assert told(documents) == TOGETHER
    check_tables(documents[0])
    assert documents[0].reports[0].attachments == (Attachment(source, "read"),)


async def test_a_page_that_moved(fetch):
    """Its links are seen from where it was found; its source is the address asked for."""
    pages = {"/a": redirect("/new/t1.html"), "/new/t1.html": answer(PAGE), "/new/files/P01.docx": answer(FILE)}
    async with website(pages) as site:
        documents = await fetch(site, site.address("/a"))
    assert (told(documents), documents[0].source) == (TOGETHER, site.address("/a"))


async def test_an_attachment_that_cannot_be_had(fetch):
    """It is a document of its own that says why, and the page's tables are not checked rather than missed."""
    async with website({"/t1.html": answer(PAGE)}) as site:
        documents = await fetch(site, site.address("/t1.html"))
    assert told(documents) == [("report", None, 1), ("unreadable", "not_served", 0)]
    assert documents[0].reports[0].attachments[0].state == "unread"
    checked = judged(documents)
    assert "F-04" not in {finding.rule for finding in checked[0].judgements[0].findings}
    assert exit_code(checked) == 3


async def test_nothing_is_fetched_from_another_host(fetch):
    """An attachment elsewhere is listed and not fetched."""
    async with website({"*": answer(FILE)}) as other:
        html = page(FIGURES, {other.address("/P01.docx", "localhost"): NAME})
        async with website({"/t1.html": answer(html)}) as site:
            documents = await fetch(site, site.address("/t1.html"))
    assert (told(documents), other.asked) == ([("report", None, 1)], [])
    assert documents[0].reports[0].attachments[0].state == "unread"


async def test_a_complete_page_asks_for_nothing_more(fetch):
    """Where all tables stand on the page, its copies as files are left alone."""
    async with website({"*": answer(page(FIGURES, {"P01.docx": NAME}, without=()))}) as site:
        documents = await fetch(site, site.address("/t1.html"))
    assert (told(documents), site.asked) == ([("report", None, 1)], ["/t1.html"])


async def test_a_page_with_nothing_but_a_title(fetch):
    """The report in the attachment is the page's."""
    async with website(
        {"/t1.html": answer(cover({"P01.docx": NAME})), "/P01.docx": answer(report_file(FIGURES))}
    ) as site:
        documents = await fetch(site, site.address("/t1.html"))
    assert told(documents) == TOGETHER
    check_tables(documents[0])


async def test_addresses_and_files_side_by_side(fetch, tmp_path):
    """Documents stand in the order named; an archive at an address counts as a folder; what is not had says why."""
    (tmp_path / "年报.html").write_bytes(page(FIGURES, {}, without=()))
    packed = zipped({"a.html": page(FIGURES, {}, without=())})
    async with website({"/a.zip": answer(packed)}) as site:
        documents = await fetch(
            site,
            site.address("/none"),
            str(tmp_path / "年报.html"),
            site.address("/a.zip"),
            "ftp://x/",
            "https://10.0.0.1/",
        )
    assert [each.source for each in documents] == [
        *(
            site.address("/none"),
            f"{tmp_path}/年报.html",
            site.address("/a.zip/a.html"),
            "ftp://x/",
            "https://10.0.0.1/",
        ),
    ]
    codes = [each.reason.code for each in documents if each.reason]
    assert codes == ["not_served", "address_invalid", "address_internal"]
    assert [each.reason.message for each in documents if each.reason] == [PROBLEMS[code] for code in codes]
