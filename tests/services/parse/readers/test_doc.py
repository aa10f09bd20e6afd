"""Binary Word documents: what a reader of the accepted document sees, wherever its pieces lie in the file."""

import random
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.parse.core import parse
from services.parse.document import Unreadable
from services.parse.readers.doc import read
from services.parse.worker import Workers
from shared.testing.figures import COUNTS, ODD, drawn, misread, unread
from shared.testing.formats import doc, rtf
from shared.testing.formats.compound import compound
from shared.testing.formats.doc import VARIANTS, document, write
from shared.testing.formats.word_binary import Document as File
from shared.testing.formats.word_binary import Layout, Para, Run, change, positions
from shared.testing.formats.word_binary import write as write_file
from shared.testing.layouts import TITLE, outline, render

CELL = Run("\x07")
SEEN_BY_LIBREOFFICE = tuple(variant for variant in VARIANTS if variant not in {"fields", "text_box"})


def report_in(data):
    """Return the only report in a document."""
    (report,) = parse(data, source="report").reports
    return report


def titled(edition):
    """Return a title whose year the edition belongs to."""
    return TITLE if edition == "2021" else TITLE.replace("2024", "2020")


def damaged(data, place, flip):
    """Return data with a bit turned."""
    altered = bytearray(data)
    altered[place] ^= flip
    return bytes(altered)


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
    for data in libreoffice.converted(pages, "doc").values():
        report = report_in(data)
        assert not misread(report.tables, figures)
        assert not unread(report.tables)
        assert [section.ordinal for section in report.sections] == list("一二三四五六")


def test_rtf_made_into_documents_by_libreoffice(libreoffice, chance):
    """Nested tables, text boxes and merged cells come through another program as they are."""
    figures = drawn(chance, "2021", ODD)
    variants = ("plain", "layout_table", "text_box", "merged_cells")
    for data in libreoffice.converted(
        {f"{each}.rtf": rtf.write(outline(figures), each) for each in variants}, "doc"
    ).values():
        report = report_in(data)
        assert not misread(report.tables, figures)
        assert not unread(report.tables)


def test_libreoffice_reads_our_documents_as_we_do(libreoffice, chance):
    """The documents that we make by hand are documents to another program too."""
    figures = drawn(chance, "2021", ODD)
    files = {f"{variant}.doc": write(outline(figures), variant) for variant in SEEN_BY_LIBREOFFICE}
    for data in libreoffice.converted(files, "rtf").values():
        report = report_in(data)
        assert not misread(report.tables, figures)
        assert not unread(report.tables)


def test_a_figure_leads_to_its_place():
    """Start and end of a cell quote it from the text."""
    report = report_in(write(outline({("3", "本年新收", "总计"): "117"}), "pieces"))
    at = report.tables["3"].cell("本年新收", "总计").at
    assert report.text[at.start : at.end] == "117"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "damaged"),
        (compound({"WordDocument": b""}), "unsupported_format"),
        (compound({"Workbook": b""}), "unsupported_format"),
        (write_file(File({0: [Para()]}, flags=0x0100)), "encrypted"),
        (write_file(File({0: [Para()]}, flags=0x8000)), "encrypted"),
        (write_file(File({0: [Para()]}, version=104)), "unsupported_format"),
        (write_file(File({0: [Para()]}, {33: b""})).replace(b"1\0T\0a\0b\0l\0e\0", b"2\0T\0a\0b\0l\0e\0"), "damaged"),
    ],
)
def test_what_cannot_be_read_says_why(data, code):
    """Encrypted and older documents, and files that hold none, have their reasons."""
    with pytest.raises(Unreadable) as refused:
        read(data)
    assert refused.value.code == code


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_a_document_cut_off_is_damaged(data):
    """Cut off anywhere, a document is refused, or all that it said is still there."""
    figures = drawn(random.Random(7), "2021", COUNTS)
    whole = write(outline(figures), data.draw(st.sampled_from(["plain", "narrow_pieces", "elsewhere"])))
    read_of = parse(whole[: data.draw(st.integers(1, len(whole) - 1))], source="a.doc")
    assert read_of.reason is None or read_of.reason.code != "reader_failed"
    for report in read_of.reports:
        assert not [wrong for wrong in misread(report.tables, figures) if wrong[-1].confidence == 1]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_altered_bytes_end_in_a_status(data):
    """Whatever bits are turned, the reader ends: with a document, or with the reason why there is none."""
    whole = write(
        outline(drawn(random.Random(7))),
        data.draw(st.sampled_from(["plain", "narrow_pieces", "text_box", "elsewhere"])),
    )
    for _ in range(data.draw(st.integers(1, 6))):
        whole = damaged(whole, data.draw(st.integers(0, len(whole) - 1)), 1 << data.draw(st.integers(0, 7)))
    document_read = parse(whole, source="a.doc")
    assert document_read.reason is None or document_read.reason.code != "reader_failed", document_read.reason


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_altered_heads_and_tables_end_in_a_status(data):
    """The same where it hurts: the file's head, the document's head, the tables of pieces and runs."""
    whole = bytearray(
        write(outline(drawn(random.Random(7))), data.draw(st.sampled_from(["plain", "numbered", "text_box"])))
    )
    start = data.draw(st.sampled_from([0, 1024, len(whole) - 8192, len(whole) - 12288]))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(start, min(start + 1023, len(whole) - 5)))
        whole[place : place + 4] = data.draw(
            st.sampled_from([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\x01\0\0\0"])
        )
    read_of = parse(bytes(whole), source="a.doc")
    assert read_of.reason is None or read_of.reason.code != "reader_failed", read_of.reason


def circular():
    """Return a file whose tables of sectors follow each other in a circle, and are counted by the million."""
    data = bytearray(compound({"WordDocument": b""}))
    struct.pack_into("<I", data, 44, 0xFFFFFF)
    struct.pack_into("<II", data, 68, 0, 0xFFFFFF)
    return bytes(data)


def endless_stream():
    """Return a file whose document is 4 GB long, in one sector that follows itself."""
    data = bytearray(compound({"WordDocument": bytes(8192)}))
    entry = bytes(data).index("WordDocument".encode("utf-16-le"))
    struct.pack_into("<I", data, entry + 120, 0xFFFFFFF0)
    first = int.from_bytes(data[entry + 116 : entry + 120], "little")
    struct.pack_into("<I", data, 512 + 4 * first, first)
    return bytes(data)


def deep_tables():
    """Return a document of a table in each cell of another, too deep to be meant."""
    return document([Para((Run("1"),), doc._depth(60_000))])


def many_pages():
    """Return a document that names one page of runs, the first behind its text, again and again."""
    numbers = [struct.pack("<I", 3)] * 300_000
    data = write_file(File({0: [Para((Run("文" * 20),))]}, {5: positions(range(300_001), numbers)}))
    return _renamed(data, 5, 12)


def many_lists():
    """Return a document of a great many lists."""
    return write_file(
        File({0: [Para((Run("文"),))]}, {73: struct.pack("<H", 65535) + bytes(28 * 65535)}, bytes(4_000_000))
    )


def long_rows():
    """Return a document of many rows that all stand elsewhere, at the same long place."""
    listed = doc._depth(1) + b"".join(change(0x2416, 1) for _ in range(20_000))
    paragraphs = [Para((), listed + change(0x2416, 1) * number, CELL) for number in range(60)]
    return document(paragraphs, layout=Layout(elsewhere=16))


def overlapping_pieces():
    """Return a document whose pieces all show the same long text."""
    data = bytearray(document([Para((Run("文" * 400_000),))], layout=Layout(characters=100)))
    return bytes(data)


def many_fields():
    """Return a document of fields inside fields, each with a result."""
    return document([Para((Run("\x13\x14\t" * 400_000),))])


def many_paragraphs():
    """Return a document of nothing but ends of paragraphs."""
    return document([Para(mark=Run("\r" * 1_500_000))])


def _renamed(data, old, new):
    """Return a document with one part of the table stream in another's place."""
    head = data.index(b"\xec\xa5\xc1\x00") + 154
    place = data[head + 8 * old : head + 8 * old + 8]
    return data[: head + 8 * new] + place + data[head + 8 * new + 8 :]


@pytest.mark.parametrize(
    ("attack", "codes"),
    [
        (circular, {"damaged"}),
        (endless_stream, {"damaged"}),
        (deep_tables, {"refused_structure"}),
        (many_pages, {"refused_structure", "damaged"}),
        (many_lists, {"no_report"}),
        (many_fields, {"no_text"}),
        (many_paragraphs, {"refused_structure"}),
        (long_rows, {"refused_structure", "no_text"}),
        (overlapping_pieces, {"no_report"}),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
async def test_attacks_end_in_a_status(attack, codes):
    """What is made to exhaust a reader is refused before the worker's deadline and memory are."""
    async with Workers(1, deadline=30) as workers:
        read_of = await workers.parse(attack(), source="attack.doc")
    assert read_of.reason.code in codes
