"""Spreadsheets of either kind: every figure at its place, as it is shown."""

import io
import random

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from services.parse.core import parse
from services.parse.document import Unreadable
from services.parse.readers.sheet import read
from shared.model.cell import SheetCell
from shared.testing.archives import zipped
from shared.testing.figures import COUNTS, ODD, drawn, misread, unread
from shared.testing.formats.sheet import VARIANTS, write
from shared.testing.formats.xls import book
from shared.testing.layouts import TITLE, outline, render

PLAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def report_in(data):
    """Return the only report in a document."""
    (report,) = parse(data, source="report").reports
    return report


def titled(edition):
    """Return a title whose year the edition belongs to."""
    return TITLE if edition == "2021" else TITLE.replace("2024", "2020")


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_every_figure_at_its_place(variant, edition):
    """However the cells are filled, on one sheet or several, all figures are read as shown, with full confidence."""
    figures = drawn(random.Random(variant), edition)
    report = report_in(write(outline(figures, edition, title=titled(edition)), variant))
    assert not misread(report.tables, figures)
    assert not unread(report.tables)
    assert {cell.confidence for table in report.tables.values() for cell in table.cells} == {1.0}
    assert [section.ordinal for section in report.sections] == list("一二三四五六")


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_workbook_says_what_the_page_says(variant):
    """The same report as a web page and as a workbook: the same cells, chapters, year and agency."""
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


@pytest.mark.parametrize("kind", ["xls", "xlsx"])
def test_workbooks_of_another_program_are_read(libreoffice, kind):
    """What LibreOffice makes of our workbooks has the same figures at the same addresses; hidden things stay hidden."""
    figures = {edition: drawn(random.Random(edition), edition, ODD) for edition in ("2021", "2019")}
    files = {
        f"{edition}-{variant}.xlsx": write(outline(figures[edition], edition, title=titled(edition)), variant)
        for edition in figures
        for variant in ("numbers", "texts", "hidden", "formulas", "rich", "sheets")
    }
    for name, data in libreoffice.converted(files, kind).items():
        report = report_in(data)
        assert not misread(report.tables, figures[name[:4]])
        assert not unread(report.tables)
        assert {cell.confidence for table in report.tables.values() for cell in table.cells} == {1.0}
    assert report.tables["3"].cell("本年新收", "自然人").at == SheetCell("表3", "D4")


def odd_workbook():
    """Return a workbook whose cells show something else than they hold."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"in_memory": True}) as made:
        sheet = made.add_worksheet("表")
        raised, struck = made.add_format({"font_script": 1}), made.add_format({"font_strikeout": True})
        sheet.write_string(0, 0, "规章")
        sheet.write_rich_string(0, 1, "58", raised, "1")
        sheet.write_number(0, 2, 5, struck)
        sheet.write_number(0, 3, 58.4, made.add_format({"num_format": "0"}))
        sheet.write_number(0, 4, 0, made.add_format({"num_format": '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ '}))
        sheet.write_number(0, 5, 999)
        sheet.write_number(0, 6, 1234, made.add_format({"num_format": "#,##0"}))
        sheet.set_column(5, 5, None, None, {"hidden": True})
        sheet.write_number(1, 0, 999)
        sheet.set_row(1, None, None, {"hidden": True})
    return data.getvalue()


def test_cells_are_read_as_shown_in_every_kind(libreoffice):
    """A raised note, a stroke, rounding, a dash for nought, grouping: the same from XLSX, XLS and what another program makes of it."""
    ours = odd_workbook()
    others = [libreoffice.converted({"a.xlsx": ours}, kind)["a"] for kind in ("xls", "xlsx")]
    for data in (ours, *others):
        assert read(data).text == "规章\t58¹\t5\u0336\t58\t-\t1,234\n"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "damaged"),
        (
            zipped({"_rels/.rels": b'<a><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.bin"/></a>'}),
            "xlsb",
        ),
        (book([], version=0x0500), "unsupported_format"),
    ],
)
def test_what_is_not_read_says_why(data, code):
    """Damaged, or of a kind that is not read."""
    with pytest.raises(Unreadable) as why:
        read(data)
    assert why.value.code == code


def plain(rows, *, after="", sheets=1):
    """Return a workbook whose sheets are all these rows, stored without packing."""
    names = "".join(f'<sheet name="s{number}" r:id="a"/>' for number in range(sheets))
    members = {
        "[Content_Types].xml": "<Types/>",  # without it the bytes are an archive of documents
        "xl/workbook.xml": f'<workbook xmlns="{PLAIN}" xmlns:r="r"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<a><Relationship Id="a" Type="x/worksheet" Target="s.xml"/></a>',
        "xl/s.xml": f'<worksheet xmlns="{PLAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>',
    }
    return zipped({name: content.encode() for name, content in members.items()}, packed=False)


_LABELLED = '<row><c t="str"><v>规章</v></c><c><v>1</v></c></row>'


@pytest.mark.parametrize(
    "data",
    [
        plain('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>', sheets=9),
        plain(f"<row>{'<c><v>1</v></c>' * 300}</row>" * 500),
        plain(f"{_LABELLED}<row><c><v>1</v></c></row>" * 20_000),
        plain(_LABELLED * 40_000, after="<mergeCells>" + '<mergeCell ref="A1:A40000"/>' * 50_000 + "</mergeCells>"),
    ],
    ids=["corners", "cells", "tables", "merged cells"],
)  # fmt: skip
async def test_sheets_that_only_exhaust_are_refused(workers, data):
    """Limits stand before memory and time, and the worker goes on."""
    document = await workers.parse(data, source="a.xlsx")
    assert (document.status, document.reason.code) == ("unreadable", "refused_structure")


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_damaged_bytes_end_in_a_status(data):
    """Cut off or altered anywhere, a workbook is read right or refused; no cell of full confidence is wrong."""
    figures = drawn(random.Random(7), "2021", COUNTS)
    whole = bytearray(write(outline(figures), data.draw(st.sampled_from(VARIANTS))))
    for _ in range(data.draw(st.integers(0, 4))):
        place = data.draw(st.integers(0, len(whole) - 1))
        whole[place] ^= 1 << data.draw(st.integers(0, 7))
    document = parse(bytes(whole[: data.draw(st.integers(len(whole) // 2, len(whole)))]), source="a.xlsx")
    assert document.reason is None or document.reason.code != "reader_failed"
    for report in document.reports:
        assert not [wrong for wrong in misread(report.tables, figures) if wrong[-1].confidence == 1]
