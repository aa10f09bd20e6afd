"""Pages written down: running heads and feet out, reading order, tables over pages."""

import pytest

from services.parse.document import Grid
from services.parse.readers.continued import Table, TableCell
from services.parse.readers.leaves import Leaf, write
from services.parse.readers.lines import Line
from services.parse.readers.page import Page
from services.parse.readers.rules import Box
from shared.model.cell import PageBox, Span

PROSE = "本机关依法公开政府信息，规范办理公开申请，加强平台建设和监督保障，充实公开内容。"


def line(text, top=400.0, left=60.0, size=10.0):
    """Return a line of running text."""
    return Line(text, Box(left, top, left + len(text) * size, top + size), size)


def table(*rows, top=300.0, page=1):
    """Return a table of single cells."""
    cells = [
        TableCell(row, 1, 60 + 100 * column, 160 + 100 * column, (text,), PageBox(page, (column, row, 0, 0)))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]
    return Table(Box(60, top, 60 + 100 * len(rows[0]), top + 50), len(rows), tuple(cells))


def written(*pages):
    """Return the lines of text, the grids, and what is in doubt: text of lines and the places of cells."""
    page = Page()
    write([Leaf(number, 595, 842, list(items)) for number, items in enumerate(pages, 1)], page)
    text, blocks = page.finished()
    doubtful = {text[at.start : at.end] if isinstance(at, Span) else at for at in page.doubtful}
    lines = [text[block.start : block.end] for block in blocks if not isinstance(block, Grid)]
    return lines, [block for block in blocks if isinstance(block, Grid)], doubtful


@pytest.mark.parametrize("foot", ["{}", "— {} —", "第 {} 页 共 9 页", "{}/9"])
def test_running_heads_and_page_numbers_are_left_out(foot):
    """What stands at the same place of most pages is no text of the report, nor is a page's number."""
    pages = [
        (line("样例市门户网站 2025-1-20", 30), line(f"{name}、{PROSE}"), line(foot.format(number), 800))
        for number, name in enumerate("一二三", 7)
    ]
    assert written(*pages)[0] == [f"{name}、{PROSE}" for name in "一二三"]


@pytest.mark.parametrize("numbers", ["18", "11", "7"])
def test_a_figure_at_the_foot_of_a_page_stays(numbers):
    """A bare number that does not count the pages may be a figure, and is in doubt."""
    lines, _, doubtful = written(*((line(PROSE), line(number, 800)) for number in numbers))
    assert lines == [text for number in numbers for text in (PROSE, number)]
    assert doubtful == set(numbers)


def test_a_table_goes_on_over_the_page():
    """Nothing but running lines stands between two parts of a table."""
    lines, grids, doubtful = written(
        (line("二、主动公开", 200), table(["规章", "1"]), line("- 1 -", 810)),
        (table(["行政许可", "2"], top=40), line("- 2 -", 810)),
    )
    assert (lines, len(grids), doubtful) == (["二、主动公开"], 1, set())
    assert [[cell.text for cell in row] for row in grids[0].rows] == [["规章", "1"], ["行政许可", "2"]]


def test_a_row_broken_round_a_stray_word_is_in_doubt():
    """A word that had no room in its cell parts a table that goes on: the row that it breaks is not sure, the others are."""
    rest = table(["", "元"], ["行政强制", "3"], top=40, page=2)
    doubtful = written((table(["规章", "1"], ["行政许可", "251000"]), line("开", 700)), (rest,))[2]
    assert {(at.page, *at.box[:2]) for at in doubtful if isinstance(at, PageBox)} == {(1, 1, 1), (2, 0, 0)}
    assert not written((table(["规章", "1"]), line("开", 700)), (table(["行政强制", "3"], top=40, page=2),))[2]


def test_a_heading_parts_tables():
    """A line between two tables makes them two, also at the top of a page."""
    _, grids, _ = written((table(["规章", "1"]),), (line("三、收到", 60), table(["行政许可", "2"])))
    assert len(grids) == 2


def test_a_foot_painted_first_comes_last():
    """An order that goes up the page is no reading order; columns side by side keep theirs."""
    assert written((line("落款。", 700), line("标题", 100), line("正文。", 300)))[0] == ["标题", "正文。", "落款。"]
    columns = (line("左一。", 100), line("左二。", 300), line("右一。", 100, 300), line("右二。", 300, 300))
    assert written(columns)[0] == ["左一。", "左二。", "右一。", "右二。"]


def test_paragraphs_go_on_over_the_page():
    """A line that fills its page goes on with the first one of the next."""
    full = "本机关依法公开政府信息，规范办理公开申请，加强平台建设和监督"
    assert written((line(full, 700),), (line("保障。", 80), line("二、主动公开", 100)))[0] == [
        full + "保障。",
        "二、主动公开",
    ]


@pytest.mark.parametrize("row", ["0", "规章 3", "1.属于国家秘密 0 0 0 0 0 0 0", "0\t0\t0\t0\t0", "/ — 3"])
def test_rows_without_lines_are_in_doubt(row):
    """Figures outside ruled cells may belong to a table whose lines are lacking."""
    assert written((line(row),))[2] == {row}


@pytest.mark.parametrize("row", ["规章", "2025年1月20日", "联系电话 000", "共收到 5 件，办结 4 件。"])
def test_other_lines_do_not(row):
    """Words, dates and sentences are no rows."""
    assert not written((line(row),))[2]


def test_tables_beside_rows_without_lines_are_in_doubt():
    """The table before a row without lines and the one behind it may lack it; one farther off is sure, and so is the prose."""
    tables = [table(["规章", "1"], top=top, page=page) for page, top in enumerate((100, 200, 500), 1)]
    doubtful = written((tables[0], line("二、", 160), tables[1], line("0\t0", 300), line(PROSE, 400), tables[2]))[2]
    assert {at.page for at in doubtful if isinstance(at, PageBox)} == {2, 3}
    assert PROSE not in doubtful


def test_what_may_say_something_else_is_told():
    """A line with characters upon one another puts its paragraph in doubt."""
    first = line(PROSE, 300)._replace(sure=False)
    assert written((first, line("全年收到5件。", 600)))[2] == {PROSE}
