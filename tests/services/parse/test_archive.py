"""Archives of documents: read within limits as one document, whatever is in them."""

import random

import pytest

from services.parse.archive import read
from services.parse.core import parse
from shared.testing.archives import zipped
from shared.testing.bundles import page, report_file, tables_file
from shared.testing.figures import drawn, misread, unread
from shared.testing.formats import pdf
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


def test_other_documents_are_read_as_ever():
    """What is no archive of documents is what parse says."""
    for data in (tables_file(FIGURES), page(FIGURES, {}), b"PK", b""):
        assert read(data, source="a") == parse(data, source="a")
