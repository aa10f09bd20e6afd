"""Web pages: what a reader sees, tables as grids, nothing that only exhausts."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.parse.core import parse
from services.parse.document import Grid, Unreadable
from services.parse.readers.html import read
from services.parse.readers.text import read as read_text
from services.parse.tables import read_tables
from shared.testing.figures import ODD, drawn, misread, unread
from shared.testing.formats.html import VARIANTS, write
from shared.testing.layouts import TITLE, outline, render


def grids(page):
    """Return the cells of every grid, row by row."""
    return [
        [[cell.text for cell in row] for row in block.rows]
        for block in read(page.encode()).blocks
        if isinstance(block, Grid)
    ]


def lines(page):
    """Return the lines of text outside grids."""
    content = read(page.encode())
    return [content.text[block.start : block.end] for block in content.blocks if not isinstance(block, Grid)]


def test_blank_cells_stay_cells():
    """An empty cell, one with a no-break space, and one with an empty paragraph are there and empty."""
    assert grids("<table><tr><td>规章<td><td>&nbsp;<td><p> </p><td>1</table>") == [[["规章", "", "", "", "1"]]]


def test_offsets_lead_to_the_cell():
    """Start and end of a cell quote it from the text."""
    content = read("<p>前</p><table><tr><td>规章</td><td> <b>1</b>2 </td></tr></table>".encode())
    (grid,) = (block for block in content.blocks if isinstance(block, Grid))
    assert [content.text[cell.start : cell.end] for cell in grid.rows[0]] == ["规章", "12"]


@pytest.mark.parametrize(
    "page",
    [
        "<table><tr><td><p><span>规章<td><p><span>7<tr><td>行政许可<td>8</table>",
        "<table><td>规章<td>7</tr><td>行政许可<td>8</table>",
        '<table><tr><td rowspan=" 1px" colspan="x">规章</td><td>7</td></tr><form><tr><td>行政许可</td><td>8</td></tr></form></table>',
        "<table><tr><td>规章</td><td>7\0</td></tr><tr><td>行政许可<table><tr><td></table></td><td><table><tr><td>8</td></tr></table></td></tr></table>",
        "<div>" * 600 + "<table><tr><td>规章<td>7<tr><td>行政许可<td>8</table>",
        '<table><tr><td <!-- width="9">规章<td>7<tr><td <td <tr>行政许可<td>8<!-- --></table>',
        "<table><tr><td>规章<span<td></span><td>7<tr><td>行政许可<b<script></b><td>8</table><script></script>",
        "<table><w:sdt><tr><td>规章</td><td>7</td></tr></w:sdt><tr><td>行政许可</td><td>8</td></tr></table>",
    ],
)
def test_damaged_markup_is_read_as_browsers_do(page):
    """Unclosed and missing tags, odd spans, forms, NUL, small tables in cells, depth: the cells stay."""
    assert grids(page) == [[["规章", "7"], ["行政许可", "8"]]]


def test_only_innermost_tables_are_grids():
    """A table that lays out the page holds text, not cells."""
    inner = "<table><tr><td>规章<td>1<tr><td>行政许可<td>2<tr><td>行政处罚<td>3</table>"
    page = f"<table><tr><td>导航</td><td><p>标题</p>{inner}</td></tr></table>"
    assert grids(page) == [[["规章", "1"], ["行政许可", "2"], ["行政处罚", "3"]]]
    assert lines(page) == ["导航", "标题"]


def test_unseen_text_is_left_out():
    """Scripts, styles, hidden elements and comments are not published text."""
    page = (
        "<script>var a='<table><tr><td>规章</td><td>1</td></tr></table>'</script><style>p{}</style><!-- 注 -->"
        '<p style="DISPLAY: none">甲</p><p hidden>乙</p><input type=hidden value=1><p style="visibility : hidden">丙</p><p>丁</p>'
    )
    assert lines(page) == ["丁"]


def test_a_raised_note_is_no_digit():
    """58 with the note 1 is never 581."""
    assert grids('<table><tr><td>a<td>58<sup>1</sup><td>5<span style="vertical-align:super">2</span></table>') == [
        [["a", "58¹", "5²"]]
    ]


@pytest.mark.parametrize("lowered", ["<sub>1</sub>", "<span style='VERTICAL-ALIGN: sub'>1</span>"])
def test_a_lowered_note_is_no_digit(lowered):
    """58 with the note 1 below the line is never 581."""
    assert grids(f"<table><tr><td>a<td>58{lowered}</table>") == [[["a", "58₁"]]]


@pytest.mark.parametrize(
    "struck",
    [
        "<s>3</s>",
        "<del>3</del>",
        "<strike><b>3</b></strike>",
        "<s><s>3</s></s>",
        "<span style='color:red;text-decoration: Line-Through'>3</span>",
    ],
)
def test_struck_out_text_is_kept_apart(struck):
    """What is struck out is still seen on the page, and never joined to what stands beside it."""
    assert grids(f"<table><tr><td>a<td>{struck}2</table>") == [[["a", "3\u03362"]]]
    assert lines(f"<p>收到申请{struck}2件</p>") == ["收到申请3\u03362件"]


def test_a_struck_row_is_struck_in_every_cell():
    """A style of the row holds for its cells."""
    row = '<tr style="text-decoration:line-through"><td>a<td>1<td>&nbsp;</tr>'
    assert grids(f"<table>{row}</table>") == [[["a\u0336", "1\u0336", ""]]]


def test_running_text_in_a_table_becomes_lines():
    """A chapter laid out in a cell is no cell; the rows round it stay a grid each."""
    prose = "一年来，本机关依法公开。" * 60
    page = f"<table><tr><td>规章<td>1<tr><td colspan=2><p>一、总体情况</p><p>{prose}</p><tr><td>行政许可<td>2</table>"
    assert grids(page) == [[["规章", "1"]], [["行政许可", "2"]]]
    assert lines(page) == ["一、总体情况", prose]


def test_what_the_page_says_of_itself():
    """Title, date, source and links to files from the page's own markup."""
    page = (
        '<head><meta name="ArticleTitle" content="样例市数据局2024年年报"><meta name="PubDate" content="2025-01-20 09:30">'
        '<meta name="ContentSource" content="样例市数据局"></head><p>正文<a href="./a.pdf">附件</a></p>'
    )
    content = read(page.encode())
    assert (content.title, content.published, content.agency, content.links) == (
        "样例市数据局2024年年报",
        "2025-01-20",
        "样例市数据局",
        (("./a.pdf", "附件"),),
    )


def report_in(data):
    """Return the only report in a page."""
    (report,) = parse(data, source="report").reports
    return report


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("edition", ["2021", "2019"])
def test_every_figure_at_its_place(variant, edition):
    """Whatever markup and damage stands round rows, cells and characters, all figures are read with full confidence."""
    figures = drawn(random.Random(variant), edition)
    title = TITLE if edition == "2021" else TITLE.replace("2024", "2020")
    report = report_in(write(outline(figures, edition, title=title), variant))
    assert not misread(report.tables, figures)
    assert not unread(report.tables)
    assert {cell.confidence for table in report.tables.values() for cell in table.cells} == {1.0}
    assert [section.ordinal for section in report.sections] == list("一二三四五六")
    assert (report.title, report.agency, report.form) == (title, "样例市数据局", edition)


@pytest.mark.parametrize("variant", VARIANTS)
def test_blanks_and_odd_cells_stay_what_they_are(variant):
    """Blanks are kept as blanks, strokes, words, units and marks as they are printed, in every markup."""
    figures = drawn(random.Random(variant), "2021", ODD)
    report = report_in(write(outline(figures), variant))
    assert not misread(report.tables, figures)
    assert not unread(report.tables)
    blank = {address for address, printed in figures.items() if not printed}
    read_as_blank = {
        (number, cell.row, cell.column)
        for number, table in report.tables.items()
        for cell in table.cells
        if cell.state == "blank"
    }
    assert read_as_blank == blank


def test_a_page_says_what_its_text_says():
    """The same cells as in the pasted text of the report."""
    figures = drawn(random.Random(7), "2021")
    pasted = read_tables(read_text(render(figures, style="tabs").encode()), 2024)
    page = read_tables(read(write(outline(figures))), 2024)
    for number, table in page.tables.items():
        told = [(cell.row, cell.column, cell.raw, cell.value, cell.state) for cell in table.cells]
        assert told == [
            (cell.row, cell.column, cell.raw, cell.value, cell.state) for cell in pasted.tables[number].cells
        ]


@pytest.mark.parametrize("parted", ["1<br>2", "<p>1</p><p>2</p>", "<div>1</div>2", "1&nbsp;2", "1\n2"])
def test_a_figure_in_two_parts_is_no_number(parted):
    """What the page shows as two figures is never joined to one."""
    page = write(outline({("3", "本年新收", "自然人"): "987"})).decode().replace("987", parted)
    cell = report_in(page.encode()).tables["3"].cell("本年新收", "自然人")
    assert (cell.raw.split(), cell.state, cell.number) == (["1", "2"], "text", None)


def test_a_page_that_ends_in_a_table_is_not_read_with_full_confidence():
    """A transfer that broke off may have lost a digit of the last figure."""
    page = "<p>一</p><table><tr><td>规章<td><span>3</span>"
    assert read(page.encode()).confidence < 1
    assert {
        read(f"{page}{end}".encode()).confidence for end in ("</table>", "</body></html>\n", "<p></TABLE><p>完")
    } == {1}


@pytest.mark.parametrize(
    "turned",
    [
        "\u202e21\u202c",
        "&#8238;21",
        "&#x202E;21",
        "<BDO dir=rtl>21</BDO>",
        '<span style="direction:rtl;unicode-bidi:bidi-override">21</span>',
    ],
)
def test_digits_that_may_be_shown_from_right_to_left_are_never_sure(turned):
    """The page shows 12 where its source has 21."""
    page = write(outline({("3", "本年新收", "自然人"): "987"})).decode().replace("987", turned)
    cell = report_in(page.encode()).tables["3"].cell("本年新收", "自然人")
    assert (cell.raw, cell.confidence) == ("21", 0.8)


@pytest.mark.parametrize("variant", VARIANTS)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_damaged_bytes_are_never_read_wrong(variant, data):
    """A page cut off anywhere, or with bytes changed, is a document with a status, and says nothing wrong with full confidence."""
    figures = drawn(random.Random(variant), "2021", ("7", "31", ""))
    page = bytearray(write(outline(figures), variant))
    for place in data.draw(st.lists(st.integers(0, len(page) - 1), max_size=8)):
        page[place] = data.draw(
            st.sampled_from(b'<>/"=\xff')
        )  # a blank for a digit leaves another figure, and no trace
    cut = bytes(page[: data.draw(st.integers(0, len(page)))])
    document = parse(cut, source="report")
    assert document.reason is None or document.reason.code != "reader_failed"
    for report in document.reports:
        assert not [
            cell for _, _, cell in misread(report.tables, figures) if cell.confidence == 1 and cell.number is not None
        ]


def test_pictures_among_the_table_chapters_are_counted():
    """A picture between chapter two and chapter five may be a table; logos and codes below are not."""
    chapters = (
        "<p>二、主动公开政府信息情况</p>{}<p>五、存在的主要问题及改进情况</p>" + "<p>本机关依法公开政府信息。</p>" * 30
    )
    assert read(("<img src=a.png>" + chapters.format("<img src=t.png>") + "<img src=qr.png>").encode()).pictures == 1
    assert read(b"<p><img src=a.png><img src=b.png></p>").pictures == 2


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 200_000,
        "</x><div>" * 40_000,
        "<table><tr><td>" * 20_000,
        "<p " + "a=1 " * 300_000 + ">",
        "<table><tr><td>a</td><td>b</td></tr></table>" * 3000,
        "<table>" + "<tr><td colspan=1000 rowspan=65534>a<td>b</td></tr>" * 3000 + "</table>",
        "<table>" + "<tr><td>1" * 600_000,
    ],
    ids=["depth", "stray ends", "nested tables", "attributes", "many tables", "spans", "tags"],
)
def test_pages_that_only_exhaust_are_refused(page):
    """Limits stand before the parser and before memory."""
    with pytest.raises(Unreadable):
        read(page.encode())


HOSTILE = {
    "styling opened again in every paragraph": "<p>"
    + "".join(f"<b a={n}>" for n in range(1900))
    + "</p><p>文" * 100_000,
    "style rules for every paragraph": f"<style>{'.a{text-decoration:line-through}' * 5000}</style>"
    + "<p class=a>1" * 100_000,
    "links": "<a href=a.pdf>附件</a>" * 50_000,
    "struck-out text in struck-out text": "<s>" * 1500 + "<i>1</i>" * 50_000,
    "hidden parts": "<i hidden>1</i>" * 50_000,
    "a table in every element": "<table>" + "<tr><td>1<td>2" * 50_000,
}


@pytest.mark.parametrize("case", HOSTILE)
async def test_hostile_pages_end_in_their_worker(workers, case):
    """What passes the limits ends too, within the worker's deadline and memory, with a reason."""
    document = await workers.parse(f"<html>{HOSTILE[case]}".encode(), source=case)
    assert document.status in {"unreadable", "not_a_report", "empty"}
    assert document.reason.code in {"refused_structure", "too_much_memory", "no_report", "no_text"}


def test_scripts_do_not_count_as_depth():
    """Markup in script strings is no structure."""
    assert lines("<script>" + "'<div>'" * 3000 + "</script><p>文</p>") == ["文"]
