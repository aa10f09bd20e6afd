"""A page and its attachments are one report."""

import random

import pytest

from services.parse.bundle import absorbed, as_part, bundled
from services.parse.core import parse
from services.validate.core import judge
from services.validate.subject import Subject
from shared.model.cell import Span
from shared.model.report import Attachment, Document, Report
from shared.testing.bundles import CHAPTERS, NAME, cover, page, report_file, tables_file
from shared.testing.figures import drawn, misread, unread
from shared.testing.layouts import TITLE, render

SOURCE, FILE, OTHER = "收件/年报.html", "收件/附件.docx", "收件/附件2.docx"
FIGURES = drawn(random.Random(6))
LINKS = {"附件.docx": NAME}
BOTH = LINKS | {"附件2.docx": "附件2"}


def read(data: bytes, source: str) -> Document:
    """Return a document as parse reads it alone."""
    return parse(data, source=source)


def joined(data: bytes, *files: Document, awaited=()) -> Report:
    """Return the one report of a page with these files."""
    document = bundled(read(data, SOURCE), {file.source: file for file in files}, awaited)
    (report,) = document.reports
    return report


def not_checked(report: Report) -> set[tuple[str, str]]:
    """Return which rules could not be checked for which reason."""
    return {(each.rule, each.reason) for each in judge(Subject(report)).not_checked}


def test_tables_come_from_the_attachment():
    """Every figure stands at its place, and its place in the text is where the attachment's text says it."""
    report = joined(page(FIGURES, LINKS), read(tables_file(FIGURES), FILE))
    assert (misread(report.tables, FIGURES), unread(report.tables)) == ([], [])
    assert report.attachments == (Attachment(FILE, "read"),)
    assert (report.agency, report.year, report.form) == ("样例市数据局", 2024, "2021")
    assert [section.ordinal for section in report.sections] == list("一二三四五六")
    for table in report.tables.values():
        for cell in table.cells:
            assert isinstance(cell.at, Span)
            assert report.text[cell.at.start : cell.at.end] == cell.raw


def test_it_is_judged_like_the_report_in_one_piece():
    """Page and attachment together give the findings of the same report on one page."""
    whole = read(render(FIGURES, style="html", chapters=CHAPTERS).encode(), "x.html").reports[0]
    parts = joined(page(FIGURES, LINKS), read(tables_file(FIGURES), FILE))
    together, alone = judge(Subject(parts)), judge(Subject(whole))
    assert {each.fingerprint for each in together.findings} == {each.fingerprint for each in alone.findings}
    assert together.verdict == alone.verdict


def test_what_the_page_has_is_never_overwritten():
    """Of two printings the page's stands, also where the attachment says otherwise."""
    others = dict.fromkeys(FIGURES, "7")
    report = joined(page(FIGURES, LINKS, without=("3",)), read(report_file(others), FILE))
    assert misread({number: report.tables[number] for number in ("2", "4")}, FIGURES) == []
    assert misread({"3": report.tables["3"]}, others) == []


def test_several_attachments_fill_one_report():
    """Each table comes from the first file that has it."""
    report = joined(page(FIGURES, BOTH), read(tables_file(FIGURES, ["2"]), FILE), read(tables_file(FIGURES), OTHER))
    assert (misread(report.tables, FIGURES), unread(report.tables)) == ([], [])
    assert [each.state for each in report.attachments] == ["read", "read"]


def test_a_page_that_has_only_the_title():
    """The report stands in the attachment, and is the page's."""
    alone = read(cover(LINKS), SOURCE)
    assert (alone.status, alone.reason and alone.reason.code, alone.attachments) == (
        "not_a_report",
        "body_elsewhere",
        (FILE,),
    )
    document = bundled(alone, {FILE: read(report_file(FIGURES), FILE)})
    assert (document.source, document.status, document.reason, len(document.reports)) == (SOURCE, "report", None, 1)
    assert misread(document.reports[0].tables, FIGURES) == []
    assert bundled(alone, {}) == alone


@pytest.mark.parametrize(
    ("file", "awaited", "state"),
    [
        (None, (), "unread"),
        (None, (FILE,), "awaited"),
        (read(b"%PDF-1.4 nothing", FILE), (), "unread"),
        (read("政府信息公开申请表".encode(), FILE), (), "unread"),
        (read(tables_file(FIGURES), FILE), (FILE,), "awaited"),
    ],
)
def test_a_table_that_may_stand_in_an_unread_attachment(file, awaited, state):
    """It is not checked rather than missed, and nothing else is said of it."""
    report = joined(page(FIGURES, LINKS), *([file] if file else []), awaited=awaited)
    assert report.attachments == (Attachment(FILE, state),)
    judgement = judge(Subject(report))
    assert judgement.verdict == "无法核验"
    assert not [found for found in judgement.findings if found.rule in {"F-04", "F-12"}]
    assert ("F-04", "attachment_unread") in not_checked(report)
    assert not {reason for _, reason in not_checked(report)} & {"table_absent", "table_picture"}


def test_a_table_in_neither_is_missed():
    """Once all attachments are read, a table that none of them has is absent."""
    report = joined(page(FIGURES, LINKS), read(tables_file(FIGURES, ["2", "4"]), FILE))
    missed = [found for found in judge(Subject(report)).findings if found.rule == "F-04"]
    assert len(missed) == 1
    assert report.attachments == (Attachment(FILE, "read"),)


def test_a_complete_page_lists_nothing():
    """Where no table is missing, an attachment is a copy and not waited for."""
    document = read(page(FIGURES, LINKS, without=()), SOURCE)
    assert (document.attachments, document.reports[0].attachments) == ((), ())
    assert bundled(document, {FILE: read(tables_file(FIGURES), FILE)}) == document


@pytest.mark.parametrize("title", [TITLE.replace("2024", "2023"), TITLE.replace("数据局", "民政局")])
def test_a_report_of_another_year_or_agency_is_no_part(title):
    """It is read, fills nothing, and stays a report of its own."""
    file = read(report_file(FIGURES, title=title), FILE)
    document = bundled(read(page(FIGURES, LINKS), SOURCE), {FILE: file})
    assert {table.state for table in document.reports[0].tables.values()} == {"absent"}
    assert not absorbed(document, file)


def test_an_absorbed_attachment_is_no_report_of_its_own():
    """It is a document that was read as a part of its page."""
    file = read(tables_file(FIGURES), FILE)
    assert absorbed(bundled(read(page(FIGURES, LINKS), SOURCE), {FILE: file}), file)
    part = as_part(file)
    assert (part.status, part.reason and part.reason.code, part.reports) == ("not_a_report", "attachment", ())


def test_pictures_on_the_page_give_way_to_the_attachment():
    """Tables shown as pictures are taken from the file, where there is one."""
    html = page(FIGURES, LINKS).decode().replace("<table", "<div").replace("<td", "<div")
    pictured = html.replace("</p><p>三、", '</p><img src="1.png"><p>三、').encode()
    assert {table.state for table in read(pictured, SOURCE).reports[0].tables.values()} == {"picture"}
    assert misread(joined(pictured, read(tables_file(FIGURES), FILE)).tables, FIGURES) == []
