"""RTF: what a reader of the accepted document sees, in whichever way a program writes it."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.parse.core import parse
from services.parse.document import Unreadable
from services.parse.readers.rtf import read
from services.parse.worker import Workers
from shared.testing.figures import COUNTS, ODD, drawn, misread, unread
from shared.testing.formats.rtf import VARIANTS, document, picture, write
from shared.testing.layouts import TITLE, outline, render
from shared.text import PICTURE

SEEN_BY_LIBREOFFICE = tuple(  # which knows no deleted rows, and numbers no lists that are not defined
    variant for variant in VARIANTS if variant not in {"changes", "fields", "numbered"}
)


def report_in(data):
    """Return the only report in a document."""
    (report,) = parse(data, source="report").reports
    return report


def titled(edition):
    """Return a title whose year the edition belongs to."""
    return TITLE if edition == "2021" else TITLE.replace("2024", "2020")


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_every_figure_at_its_place(variant, edition, chance):
    """However the document is written, all figures are read as printed, with full confidence."""
    figures = drawn(chance, edition)
    report = report_in(write(outline(figures, edition, title=titled(edition)), variant))
    assert not misread(report.tables, figures)
    assert not unread(report.tables)
    assert {cell.confidence for table in report.tables.values() for cell in table.cells} == {1.0}
    assert [section.ordinal for section in report.sections] == list("一二三四五六")


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_document_says_what_the_page_says(variant, chance):
    """The same report as a web page and as a document: the same cells, chapters, year and agency, blanks and odd cells too."""
    figures = drawn(chance, "2021", ODD)
    ours = report_in(write(outline(figures), variant))
    page = report_in(render(figures, style="html").encode())
    for number, table in ours.tables.items():
        told = [(cell.raw, cell.value, cell.converted, cell.state, cell.confidence) for cell in table.cells]
        other = page.tables[number].cells
        assert told == [(cell.raw, cell.value, cell.converted, cell.state, cell.confidence) for cell in other]
    assert (ours.agency, ours.year, ours.form, ours.title) == (page.agency, page.year, page.form, page.title)
    assert [section.title for section in ours.sections] == [section.title for section in page.sections]


@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_documents_made_by_libreoffice(edition, libreoffice, chance):
    """LibreOffice makes documents of our pages: every figure, blank and odd cell is at its place."""
    figures = drawn(chance, edition, ODD)
    pages = {
        f"{style}.html": render(figures, edition, style, title=titled(edition)).encode()
        for style in ("html", "word_html")
    }
    for data in libreoffice.converted(pages, "rtf").values():
        report = report_in(data)
        assert not misread(report.tables, figures)
        assert not unread(report.tables)
        assert [section.ordinal for section in report.sections] == list("一二三四五六")


def test_libreoffice_reads_our_documents_as_we_do(libreoffice, chance):
    """The documents that we make by hand are documents to another program too."""
    figures = drawn(chance, "2021", ODD)
    files = {f"{variant}.rtf": write(outline(figures), variant) for variant in SEEN_BY_LIBREOFFICE}
    for data in libreoffice.converted(files, "docx").values():
        report = report_in(data)
        assert not misread(report.tables, figures)
        assert not unread(report.tables)


def test_a_figure_leads_to_its_place():
    """Start and end of a cell quote it from the text."""
    report = report_in(write(outline({("3", "本年新收", "总计"): "117"})))
    at = report.tables["3"].cell("本年新收", "总计").at
    assert report.text[at.start : at.end] == "117"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "no_text"),
        (b"{\\rtf1 ", "damaged"),
        (b"{\\rtf1 {\\pict 00", "damaged"),
        (b"{\\rtf1 \\bin99999999 }", "damaged"),
        (b"{\\rtf1" + b"{" * 2000 + b"}" * 2001, "refused_structure"),
    ],
)
def test_what_cannot_be_read_says_why(data, code):
    """What is cut off is damaged; what is too deep is refused."""
    if data:
        with pytest.raises(Unreadable) as refused:
            read(data)
        assert refused.value.code == code
    else:
        assert not read(data).text


def test_what_stands_behind_the_document_is_not_read():
    """The end of the first group ends the document."""
    assert read(b"{\\rtf1 a\\par}}}{\\b 9}\0\0").text == "a\n"


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_document_cut_off_is_damaged(data):
    """Cut off anywhere, a document is refused."""
    whole = write(outline(drawn(random.Random(7))), data.draw(st.sampled_from(VARIANTS)))
    read_of = parse(whole[: data.draw(st.integers(8, len(whole) - 1))], source="a.rtf")
    assert read_of.reason.code == "damaged"


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_lost_markup_ends_in_a_status(data):
    """Pieces lost or doubled, anywhere but in the digits: read right, or refused, never wrong with full confidence."""
    figures = drawn(random.Random(7), "2021", COUNTS)
    whole = write(outline(figures), data.draw(st.sampled_from(VARIANTS)))
    start = data.draw(st.integers(8, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    altered = (
        whole[:start]
        + data.draw(st.sampled_from([b"", whole[start:end] * 2, b"{", b"}", b"\\bin", b"\\'", b"\\u"]))
        + whole[end:]
    )
    read_of = parse(altered, source="a.rtf")
    assert read_of.reason is None or read_of.reason.code != "reader_failed", read_of.reason


ATTACKS = {
    "groups": (b"{\\rtf1 " + b"{}" * 2_000_000 + b"}", {"refused_structure"}),
    "words": (b"{\\rtf1 " + b"\\b" * 2_000_000 + b"}", {"refused_structure"}),
    "different_words": (b"{\\rtf1 " + b"".join(b"\\b%d" % number for number in range(1_500_000)) + b"}", {"refused_structure"}),
    "left_out_groups": (b"{\\rtf1{\\info " + b"{}" * 2_000_000 + b"}}", {"refused_structure"}),
    "fonts": (b"{\\rtf1{\\fonttbl" + b"".join(b"{\\f%d\\fcharset134 a;}" % number for number in range(180_000)) + b"}a}", {"no_report"}),
    "depth": (b"{\\rtf1\\itap2000000000 a\\par}", {"refused_structure"}),
    "text": (b"{\\rtf1 " + b"a" * 30_000_000 + b"}", {"refused_structure"}),
    "picture": (b"{\\rtf1{\\pict " + b"00" * 15_000_000 + b"}}", {"picture"}),
    "tables": (b"{\\rtf1 " + b"\\trowd\\cellx9\\intbl a\\cell b\\cell\\row\\pard a\\par" * 2000 + b"}", {"refused_structure"}),
    "cells": (b"{\\rtf1\\trowd" + b"\\cellx1" * 100_000 + b"\\intbl" + b"\\cell" * 400_000 + b"\\row}", {"refused_structure"}),
    "notes": (b"{\\rtf1 " + b"{\\footnote a}" * 200_000 + b"}", {"refused_structure"}),
    "nested_notes": (b"{\\rtf1 " + b"{\\footnote a" * 990 + b"}" * 991, {"no_report"}),
    "boxes": (b"{\\rtf1 " + b"{\\shptxt a\\par " * 990 + b"}" * 991, {"no_report"}),
    "left_out_bytes": (b"{\\rtf1\\uc1000000000\\u1 " + b"a" * 1000 + b"}", {"no_report", "no_text"}),
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
async def test_attacks_end_in_a_status(attack):
    """What is made to exhaust a reader is refused before the worker's deadline and memory are."""
    data, codes = ATTACKS[attack]
    async with Workers(1, deadline=30) as workers:
        read_of = await workers.parse(data, source="attack.rtf")
    assert read_of.reason.code in codes


SHAPE = r"{\shp{\*\shpinst{\sp{\sn shapeType}{\sv 20}}}}"


@pytest.mark.parametrize(
    ("content", "doubtful"),
    [(picture(), 1), (picture(high=20), 0), (SHAPE, 1), (rf"{{\v {SHAPE}}}", 0), (picture() + "7", 0), ("", 0)],
    ids=["picture", "thin", "shape", "hidden", "beside", "empty"],
)
def test_what_is_drawn_in_a_cell_without_text_is_doubtful(content, doubtful):
    """A picture or a shape may be a figure; what shows nothing, or stands beside the figure, is none."""
    row = rf"\trowd\cellx600\cellx1200\cellx1800\pard\intbl 规章\cell {content}\cell 1\cell\row\pard "
    assert read(document(row)).text.count(PICTURE) == doubtful
