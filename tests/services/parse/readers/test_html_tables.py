"""Which tables of a page hold data, and what their cells say."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from services.parse.readers.blocks import mark
from services.parse.readers.html_tables import data_tables
from services.parse.readers.rare import rare
from shared.text import PICTURE


def tables(page):
    """Return the outermost tables that hold data."""
    tree = LexborHTMLParser(page)
    mark(tree.body, rare(tree))
    return data_tables(tree.body)


def cells(page):
    """Return the lines of each cell, row by row, of the only table."""
    (table,) = tables(page)
    return [[cell.lines for cell in row] for row in table.rows]


INNER = "<table><tr><td>规章<td>1<tr><td>行政许可<td>2<tr><td>行政处罚<td>3</table>"


@pytest.mark.parametrize(
    "page",
    [
        f"<table><tr><td>导航<td>{INNER}</table>",
        f"<table><tr><td><table><tr><td>{INNER}</table></table>",
        f"<table><tr><td><div>{INNER}</div></table>",
        "<table><tr><td>导航<td><table><tr><td>规章<td>1<td>2</table></table>",
        "<table><tr><td>导航<td><table><tr><td>规章<td>1<tr><td>行政许可<td>2</table></table>",
    ],
)
def test_a_table_that_holds_tables_only_lays_out(page):
    """The innermost table is the data, through any number of tables round it."""
    (table,) = tables(page)
    assert [cell.lines for cell in table.rows[0]][:2] == [("规章",), ("1",)]


def test_a_small_table_is_the_text_of_its_cell():
    """A table of one or two cells only lays out the text of the cell that it stands in."""
    small = "<table><tr><td>{}</table>"
    page = f"<table><tr><td>{small.format('规章')}<td>{small.format('<p>1</p>')}<tr><td>行政许可<td>2</table>"
    assert cells(page) == [[("规章",), ("1",)], [("行政许可",), ("2",)]]


@pytest.mark.parametrize(
    ("cell", "lines"),
    [
        ("7", ("7",)),
        ("<p> 7 </p>", ("7",)),
        ("<p><span>7<o:p></o:p></span></p>", ("7",)),
        ("<p><b>1</b>7</p>", ("17",)),
        ("1<wbr>7", ("17",)),
        ("1<br>7", ("1", "7")),
        ("<p>本年</p><p>制发</p>", ("本年", "制发")),
        ("本年<br/>\n制发", ("本年", "制发")),
        ("<ul><li>甲<li>乙</ul>", ("甲", "乙")),
        ("", ()),
        ("<p>&nbsp;</p>", ()),
        ("<!-- 7 -->", ()),
        ("<script>7</script><style>7</style><button>7</button>", ()),
        ("<textarea>7</textarea>5", ("5",)),
        ("<p>7</p><noscript><p>8</p></noscript>", ("7",)),
        ("&#55;&#x37;&lt;", ("77<",)),
        ("<div>" * 30 + "7" + "</div>" * 30, ("7",)),
        ("<tt>1</tt>7<t-x>8</t-x>", ("178",)),
        ("<select><option>7</select>1<button>2<svg><title>3</title></svg></button>", ("1",)),
        ("<noscript>7<noscript>8</noscript>9</noscript>5", ("5",)),
        ("年" * 2000, ("年" * 2000,)),
    ],
)
def test_the_lines_of_a_cell(cell, lines):
    """A line for each block and break; what is not shown is no text."""
    assert cells(f"<table><tr><td>规章</td><td>{cell}</td></tr></table>") == [[("规章",), lines]]


@pytest.mark.parametrize(
    ("attributes", "spans"),
    [
        ("", (1, 1)),
        ("colspan=3 rowspan='2'", (3, 2)),
        ('rowspan=" 3px" colspan="2.5"', (2, 3)),
        ("colspan=x rowspan=-2", (1, 1)),
        ('data-colspan=3 title=" colspan=&quot;3"', (1, 1)),
        ("COLSPAN=2", (2, 1)),
        ("colspan=0 rowspan=0", (0, 0)),
        ("colspan=99999999", (99999, 1)),
    ],
)
def test_spans_as_browsers_read_them(attributes, spans):
    """The digits at the head of the attribute."""
    (table,) = tables(f"<table><tr><td {attributes}>规章</td></tr></table>")
    assert table.rows[0][0][1:3] == spans


def test_head_foot_and_caption():
    """Rows of head, body and foot are rows; the caption stands before them."""
    page = "<table><caption><p>二、主动公开</p>甲</caption><thead><tr><th>规章</th></tr></thead><tfoot><tr><td>1</td></tr></tfoot></table>"
    (table,) = tables(page)
    assert table.captions == ("二、主动公开", "甲")
    assert [[cell.lines for cell in row] for row in table.rows] == [[("规章",)], [("1",)]]


def test_the_lines_of_a_small_table_stay_apart():
    """What stood in rows and cells of its own, or in the caption, does not run together, at any depth."""
    inner = "<table><caption>甲</caption><tr><td>1<td><table><tr><td>2</table>3</table>"
    assert cells(f"<table><tr><td>规章<td>{inner}4</table>") == [[("规章",), ("甲", "1", "2", "3", "4")]]


def test_cells_of_mathematics_are_none_of_a_table():
    """Elements of the same name in mathematics neither stop the reading nor make rows."""
    assert cells("<table><tr><td>规章<td><math><td>1</td></math></table>") == [[("规章",), ("1",)]]


@pytest.mark.parametrize(
    ("cell", "pictured"),
    [
        ("<img src=7.png>", True),
        ("<p><span><img src='7.png' width=14 height=12></span></p>", True),
        ("<svg viewBox='0 0 9 9'><path d='M0 0'/></svg>", True),
        ("<canvas></canvas>", True),
        ("<input value=7>", True),
        ("<textarea>7</textarea>", True),
        ("<select><option>7</select>", True),
        ("<object data=7.svg></object>", True),
        ("<img src=7.png>7", False),
        ("<img src=7.png width=1 height=1>", False),
        ("<img src='/images/spacer.gif'>", False),
        ("<input type=hidden value=7>", False),
        ("<input type=checkbox value=7>", False),
        ("<input value=''>", False),
        ("<!-- <img src=7.png> -->", False),
        ("<script>document.write('<img src=7.png>')</script>", False),
        ("&nbsp;", False),
        ("", False),
    ],
)
def test_something_seen_in_a_cell_without_text(cell, pictured):
    """Pictures, drawings and filled-in fields are; spacers, what is hidden, and what stands beside text are not."""
    (table,) = tables(f"<table><tr><td>规章<td>{cell}<td>1</table>")
    assert [each.lines == (PICTURE,) for each in table.rows[0]] == [False, pictured, False]
