"""OpenDocument texts and spreadsheets: every figure at its place, whatever the file is made of."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.parse.core import parse
from services.parse.document import Unreadable
from services.parse.readers.odt import read
from shared.testing.archives import zipped
from shared.testing.figures import COUNTS, ODD, drawn, misread, unread
from shared.testing.formats import docx, sheet
from shared.testing.formats.odt import SPREADSHEET, TEXT, VARIANTS, package, picture, write, write_sheet
from shared.testing.layouts import TITLE, outline, render
from shared.text import PICTURE


def report_in(data):
    """Return the only report in a document."""
    (report,) = parse(data, source="report").reports
    return report


def titled(edition):
    """Return a title whose year the edition belongs to."""
    return TITLE if edition == "2021" else TITLE.replace("2024", "2020")


def right(data, figures):
    """Whether every cell was read as printed, with full confidence, in six chapters."""
    report = report_in(data)
    assert not misread(report.tables, figures)
    assert not unread(report.tables)
    assert [section.ordinal for section in report.sections] == list("一二三四五六")
    return {cell.confidence for table in report.tables.values() for cell in table.cells} == {1.0}


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_every_figure_at_its_place(variant, edition):
    """Whatever markup stands round cells and characters, all figures are read as printed."""
    figures = drawn(random.Random(variant), edition)
    assert right(write(outline(figures, edition, title=titled(edition)), variant), figures)


@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_a_spreadsheet_is_read_too(edition):
    """The same as a sheet, with the empty rows and columns that programs append."""
    figures = drawn(random.Random(edition), edition, ODD)
    assert right(write_sheet(outline(figures, edition, title=titled(edition))), figures)


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_document_says_what_the_page_says(variant):
    """The same report as a web page and as a document: the same cells, chapters, year and agency."""
    figures = drawn(random.Random(variant), "2021", ODD)
    ours = report_in(write(outline(figures), variant))
    page = report_in(render(figures, style="html").encode())
    assert not misread(ours.tables, figures)
    for number, table in ours.tables.items():
        told = [(cell.raw, cell.value, cell.converted, cell.state, cell.confidence) for cell in table.cells]
        other = page.tables[number].cells
        assert told == [(cell.raw, cell.value, cell.converted, cell.state, cell.confidence) for cell in other]
    assert (ours.agency, ours.year, ours.form, ours.title) == (page.agency, page.year, page.form, page.title)
    assert [section.title for section in ours.sections] == [section.title for section in page.sections]


def test_files_of_another_program_are_read(libreoffice):
    """What LibreOffice makes of Word documents and workbooks has the same figures."""
    figures = {edition: drawn(random.Random(edition), edition, ODD) for edition in ("2021", "2019")}
    parts = {edition: outline(figures[edition], edition, title=titled(edition)) for edition in figures}
    texts = {
        f"{edition}-{variant}.docx": docx.write(parts[edition], variant)
        for edition in parts
        for variant in ("plain", "numbered", "changes", "hidden", "split_digits")
    }
    sheets = {
        f"{edition}-{variant}.xlsx": sheet.write(parts[edition], variant)
        for edition in parts
        for variant in ("numbers", "hidden", "sheets")
    }
    for name, data in (*libreoffice.converted(texts, "odt").items(), *libreoffice.converted(sheets, "ods").items()):
        assert right(data, figures[name[:4]]), name


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04", "damaged"),
        (zipped({}, mimetype=SPREADSHEET), "damaged"),
        (zipped({"content.xml": b"<a/>"}, mimetype=SPREADSHEET), "damaged"),
        (zipped({"content.xml": b"<!DOCTYPE a><a/>"}), "refused_structure"),
        (package("<office:text/>", more={"META-INF/manifest.xml": b"<a><file-entry><encryption-data/></file-entry></a>"}), "encrypted"),
        (package(f"<office:spreadsheet>{'<table:table/>' * 51}</office:spreadsheet>"), "refused_structure"),
    ],
)  # fmt: skip
def test_what_is_not_read_says_why(data, code):
    """Damaged, encrypted, or beyond any report."""
    with pytest.raises(Unreadable) as why:
        read(data)
    assert why.value.code == code


def test_styles_of_the_other_part_count():
    """Common styles stand in a part of their own; what is struck by them is struck."""
    styles = b'<s xmlns:style="s"><styles><style:style style:name="S" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style></styles></s>'
    body = '<office:text><text:p><text:span text:style-name="S">3</text:span>2</text:p></office:text>'
    assert read(package(body, more={"styles.xml": styles})).text == "3\u03362\n"


_REPEATED = 'table:number-columns-repeated="1000000"'
_CELL = "<table:table-cell {}><text:p>规章</text:p></table:table-cell>"


def _table(*rows):
    return f"<table:table>{''.join(rows)}</table:table>"


def _row(cells, attributes=""):
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


@pytest.mark.parametrize(
    "body",
    [
        _table(_row(_CELL.format(_REPEATED) * 2, 'table:number-rows-repeated="1000000"')),
        _table(_row(_CELL.format(_REPEATED) * 2000)),
        _table(_row(f"<table:table-cell {_REPEATED}/>", 'table:number-rows-repeated="1000000"')),
        _table(_row(_CELL.format("")) * 3) * 501,
        "<text:section>" * 300 + "</text:section>" * 300,
    ],
    ids=["rows and columns", "columns", "empty cells", "tables", "depth"],
)
@pytest.mark.parametrize("kind", ["text", "spreadsheet"])
async def test_documents_that_only_exhaust_end(workers, kind, body):
    """Limits stand before memory and time, and the worker goes on."""
    media = TEXT if kind == "text" else SPREADSHEET
    document = await workers.parse(package(f"<office:{kind}>{body}</office:{kind}>", media), source="a")
    assert document.reason.code in {"refused_structure", "no_text"}


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_damaged_bytes_end_in_a_status(data):
    """Cut off or altered anywhere, a document is read right or refused; no cell of full confidence is wrong."""
    figures = drawn(random.Random(7), "2021", COUNTS)
    whole = bytearray(write(outline(figures), data.draw(st.sampled_from(VARIANTS))))
    for _ in range(data.draw(st.integers(0, 4))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place] ^= 1 << data.draw(st.integers(0, 7))
    document = parse(bytes(whole[: data.draw(st.integers(len(whole) // 2, len(whole)))]), source="a.odt")
    assert document.reason is None or document.reason.code != "reader_failed"
    for report in document.reports:
        assert not [wrong for wrong in misread(report.tables, figures) if wrong[-1].confidence == 1]


@pytest.mark.parametrize(
    ("content", "doubtful"),
    [
        (picture(), 1),
        (picture(high="0.01cm"), 0),
        ("<draw:line/>", 1),
        (f"{picture()}7", 0),
        ("<draw:frame><draw:text-box><text:p>7</text:p></draw:text-box></draw:frame>", 0),
    ],
    ids=["picture", "thin", "shape", "beside", "text box"],
)
def test_what_is_drawn_in_a_cell_without_text_is_doubtful(content, doubtful):
    """A picture or a shape may be a figure; what shows nothing, or has text, is none."""
    cells = "".join(f"<table:table-cell><text:p>{each}</text:p></table:table-cell>" for each in ("规章", content, "1"))
    row = f"<table:table><table:table-row>{cells}</table:table-row></table:table>"
    assert read(package(f"<office:text>{row}</office:text>")).text.count(PICTURE) == doubtful
