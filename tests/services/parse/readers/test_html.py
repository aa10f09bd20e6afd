"""Web pages: what a reader sees, tables as grids, nothing that only exhausts."""

import pytest

from services.parse.document import Grid, Unreadable
from services.parse.readers.html import read


def grids(page):
    """Return the origin cells of every grid, row by row."""
    return [
        [[cell.text for cell in row if cell.origin] for row in block.rows]
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


def test_a_declared_charset_is_used():
    """GB18030 pages come out whole."""
    page = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><p>样例市䶮</p>'
    assert read(page.encode("gb18030")).text == "样例市䶮\n"


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
        "<table><tr><td>" * 20_000,
        "<p " + "a=1 " * 300_000 + ">",
        "<table><tr><td>a</td><td>b</td></tr></table>" * 3000,
        "<table>" + "<tr><td colspan=1000 rowspan=65534>a<td>b</td></tr>" * 3000 + "</table>",
    ],
    ids=["depth", "nested tables", "attributes", "many tables", "spans"],
)
def test_pages_that_only_exhaust_are_refused(page):
    """Limits stand before the parser and before memory."""
    with pytest.raises(Unreadable):
        read(page.encode())


def test_scripts_do_not_count_as_depth():
    """Markup in script strings is no structure."""
    assert lines("<script>" + "'<div>'" * 3000 + "</script><p>文</p>") == ["文"]
