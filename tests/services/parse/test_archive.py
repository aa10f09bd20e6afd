"""Archives of documents: read within limits as one document, whatever is in them."""

import random

import pytest

from services.parse.archive import read
from services.parse.core import parse
from shared.testing.archives import zipped
from shared.testing.bundles import ALL, CHAPTERS, page, report_file, tables_file
from shared.testing.figures import drawn, misread, unread
from shared.testing.formats import docx, pdf
from shared.testing.layouts import outline

FIGURES = drawn(random.Random(6))
WHOLE = {
    "表二.docx": tables_file(FIGURES, ("2",)),
    "表三.docx": tables_file(FIGURES, ("3",)),
    "表四.docx": tables_file(FIGURES, ("4",)),
}


def told(members):
    """Return status, code of the reason, and how many reports an archive of these members has."""
    found = read(zipped(members), source="https://h.invalid/附件.zip")
    return found.status, found.reason and found.reason.code, len(found.reports)


def test_its_documents_are_one_report():
    """Tables in files of their own, also in an archive in the archive, come together."""
    for members in (WHOLE, {"表.zip": zipped(WHOLE)}, {"年报.pdf": pdf.write(outline(FIGURES))}):
        found = read(zipped(members), source="https://h.invalid/附件.zip")
        (report,) = found.reports
        assert (found.status, found.reason, found.media_type) == ("report", None, "application/zip")
        assert misread(report.tables, FIGURES) == unread(report.tables) == []


def test_what_could_not_be_read_of_it_is_told():
    """A member that cannot be read is named as such beside the report that the others are."""
    found = read(zipped({"a.docx": tables_file(FIGURES, ("3",)), "b.docx": b"%PDF-1.7 "}), source="x.zip")
    assert [(each.source, each.state) for each in found.reports[0].attachments] == [("x.zip/b.docx", "unread")]


@pytest.mark.parametrize(
    ("members", "outcome"),
    [
        ({"a.bin": bytes(range(1, 200))}, ("unreadable", "unknown_format", 0)),
        ({"a.html": "<p>今天天气很好。</p>".encode()}, ("not_a_report", "no_report", 0)),
        ({"a.html": b"0" * 30_000_000}, ("unreadable", "archive_limit", 0)),
        ({"../a.docx": tables_file(FIGURES)}, ("unreadable", "unsafe_name", 0)),
        ({f"{number}.txt": b"0" for number in range(2001)}, ("unreadable", "archive_limit", 0)),
        ({}, ("not_a_report", "no_report", 0)),
    ],
    ids=["unknown", "no report", "bomb", "leads out", "members", "empty"],
)
def test_every_archive_ends_in_a_status(members, outcome):
    """Nothing in an archive is read beyond the limits; what it is without a report is said."""
    assert told(members) == outcome


def test_reports_of_several_agencies_stay_apart():
    """Two agencies' reports in one archive are two."""
    other = report_file(FIGURES, title="样例市教育局2024年政府信息公开工作年度报告")
    assert told({"a.docx": report_file(FIGURES), "b.docx": other}) == ("multiple", "several_reports", 2)


def split(agency):
    """Return the report of an agency without its tables."""
    title = f"样例市{agency}2024年政府信息公开工作年度报告"
    return docx.write(outline(FIGURES, title=title, chapters=CHAPTERS, without=ALL))


def test_tables_belong_to_the_report_of_their_folder():
    """Tables that do not say whose they are: two agencies' reports, each packed with its own."""
    other = drawn(random.Random(7))
    members = {
        "教育局/附表.docx": tables_file(FIGURES),
        "教育局/报告.docx": split("教育局"),
        "民政局/附表.docx": tables_file(other),
        "民政局/报告.docx": split("民政局"),
    }
    reports = {report.agency: report for report in read(zipped(members), source="a.zip").reports}
    assert not misread(reports["样例市教育局"].tables, FIGURES)
    assert not misread(reports["样例市民政局"].tables, other)


def test_tables_that_may_be_of_several_reports_are_nobodys():
    """They are given to none, and each report says that it may stand in them."""
    members = {"a.docx": tables_file(FIGURES), "b.docx": split("教育局"), "c.docx": split("民政局")}
    for report in read(zipped(members), source="a.zip").reports:
        assert {table.state for table in report.tables.values()} == {"absent"}
        assert [(each.source, each.state) for each in report.attachments] == [("a.zip/a.docx", "unread")]


def test_a_page_and_its_attachment_in_one_archive_of_the_web():
    """The page lists the file by its name in the archive, whatever its characters."""
    members = {"报告.html": page(FIGURES, {"附表.docx": "附表"}), "附表.docx": tables_file(FIGURES)}
    (report,) = read(zipped(members), source="https://h.invalid/附件.zip").reports
    assert [each.state for each in report.attachments] == ["read"]
    assert not misread(report.tables, FIGURES)


def test_other_documents_are_read_as_ever():
    """What is no archive of documents is what parse says."""
    for data in (tables_file(FIGURES), page(FIGURES, {}), b"PK", b""):
        assert read(data, source="a") == parse(data, source="a")
