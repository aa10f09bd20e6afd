"""Tables over page breaks: one table again, broken rows whole where that is certain, doubt said where it is not."""

import pytest

from services.parse.readers.continued import Table, TableCell, continued
from services.parse.readers.rules import Box
from shared.model.cell import PageBox

EDGES = (0, 50, 150, 200, 250)


def table(*rows, edges=EDGES, page=1):
    """Return a table of single cells: "" is an empty one."""
    cells = [
        TableCell(row, 1, edges[column], edges[column + 1], (text,) if text else (), PageBox(page, (column, row, 0, 0)))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]
    return Table(Box(edges[0], 0, edges[-1], 100), len(rows), tuple(cells))


def texts(whole):
    """Return the printed rows."""
    return [[" ".join(cell.lines) for cell in row] for row in whole.printed()]


DATA = ("", "（一）予以公开", "5", "6")


def test_other_edges_are_another_table():
    """A table of another width does not go on."""
    assert continued(table(DATA), table(DATA, edges=(0, 50, 150, 200, 300))) is None


def test_rows_follow():
    """A row with its own label is a row of its own."""
    whole = continued(table(DATA), table(("", "（二）部分公开", "", "")))
    assert texts(whole) == [list(DATA), ["", "（二）部分公开", "", ""]]
    assert not whole.doubtful


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (("信息内容", "本年", "废止", "现行"), ("规章", "0", "0", "0")),
        (("结果维持", "结果纠正", "其他结果", "尚未审结"), ("结果", "1", "1", "0")),
        (("", "自然人", "总计", "其他"), ("", "结果维持", "结果纠正", "其他结果")),
    ],
)
def test_a_whole_head_stays_a_row(above, below):
    """What follows a head is not its rest."""
    assert texts(continued(table(above), table(below))) == [list(above), list(below)]


def test_a_head_printed_again_is_dropped():
    """The head that a program repeats on every page is no row."""
    head = ("", "", "自然人", "总计")
    whole = continued(table(head, DATA), table(head, ("", "1.属于国家秘密", "0", "0")))
    assert texts(whole) == [list(head), list(DATA), ["", "1.属于国家秘密", "0", "0"]]


@pytest.mark.parametrize(
    ("above", "below", "row"),
    [
        (("", "1.属于国", "5", "6"), ("", "家秘密", "", ""), ["", "1.属于国家秘密", "5", "6"]),
        (("", "1.属于国", "", ""), ("", "家秘密", "5", "6"), ["", "1.属于国家秘密", "5", "6"]),
        (("", "1.属于国家秘密", "5", "251000"), ("", "", "", "元"), ["", "1.属于国家秘密", "5", "251000元"]),
        (("1", "2", "3", "251000"), ("", "", "", "元"), ["1", "2", "3", "251000元"]),
        (("", "5.", "5", "6"), ("", "属于三类内部事务信息", "", ""), ["", "5.属于三类内部事务信息", "5", "6"]),
        (("", "行政", "5", "6"), ("", "规范性文件", "", ""), ["", "行政规范性文件", "5", "6"]),
        (("", "行政", "", ""), ("", "规范性文件", "5", "6"), ["", "行政规范性文件", "5", "6"]),
        (
            ("", "信息", "本年", "现行"),
            ("", "内容", "制发件数", "有效件数"),
            ["", "信息内容", "本年制发件数", "现行有效件数"],
        ),
        (("", "商业", "其他", "总计"), ("和）", "企业", "", ""), ["和）", "商业企业", "其他", "总计"]),
        (("", "1.属于国家秘密", "5", "6"), ("", "", "", ""), ["", "1.属于国家秘密", "5", "6"]),
        (
            ("（三）不予", "1.属于国", "5", "6"),
            ("公开", "家秘密", "", ""),
            ["（三）不予公开", "1.属于国家秘密", "5", "6"],
        ),
    ],
)
def test_a_broken_row_is_whole_again(above, below, row):
    """Two parts that make one official label, or a figure and its unit, are one row."""
    whole = continued(table(above), table(below))
    assert texts(whole) == [row]
    assert not whole.doubtful


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (("", "1.属于国家秘密", "5", "12"), ("", "", "", "34")),
        (("", "1.属于国家", "5", "6"), ("", "机密", "", "")),
    ],
)
def test_a_row_that_may_be_broken_is_not_sure(above, below):
    """A figure behind a figure, or a label that is none of the form's, may or may not belong to the row above: no other is."""
    whole = continued(table(DATA, above), table(below, DATA, page=2))
    rows = [{cell.at in whole.doubtful for cell in row[2:]} for row in whole.printed()]
    assert rows == [{False}, {True}, {True}, {False}]


@pytest.mark.parametrize(
    ("doubtful", "where"),
    [((1, 2), {(1, 2)}), ((1, 1), {(1, column) for column in range(4)}), ((0, 2), set("all"))],
    ids=["figure", "label", "head"],
)
def test_doubt_is_where_it_stands(doubtful, where):
    """A figure is in doubt alone, a label with its row, a head with all rows, also with those of the next page."""
    one = table(("", "", "自然人", "总计"), DATA, ("", "（二）部分公开", "1", "2"))
    cells = [cell._replace(sure=divmod(number, 4) != doubtful) for number, cell in enumerate(one.cells)]
    whole = continued(one._replace(cells=tuple(cells)), table(("", "1.属于国家秘密", "0", "0"), page=2))
    found = {divmod(number, 4) for number, cell in enumerate(whole.cells) if cell.at in whole.doubtful}
    assert found == (where if where != set("all") else {divmod(number, 4) for number in range(16)})


def test_a_figure_over_rows_of_others_may_be_of_any_of_them():
    """Where the line between two rows lacks a piece the figure there is in doubt; where all cells of a row reach as far it is not."""
    rows = [("", "（一）予以公开", "5", "6"), ("", "（二）部分公开", "", "7")]
    one = table(*rows)
    over = [
        cell._replace(rows=2) if cell.text == "5" else cell for cell in one.cells if (cell.row, cell.left) != (1, 150)
    ]
    assert one._replace(cells=tuple(over)).doubtful == {cell.at for cell in over if cell.text == "5"}
    high = table(rows[0])
    assert not high._replace(rows=2, cells=tuple(cell._replace(rows=2) for cell in high.cells)).doubtful


def test_a_group_label_goes_on():
    """A cell over several rows that the page break cuts is an empty cell before the rows of the next page."""
    below = table(("", "2.其他法律行政法规禁止公开", "0", "0"), ("", "3.危及“三安全一稳定”", "1", "1"))
    first = below.cells[0]._replace(rows=2)
    below = below._replace(cells=(first, *(cell for cell in below.cells[1:] if (cell.row, cell.left) != (1, 0))))
    whole = continued(table(DATA), below)
    assert texts(whole)[1:] == [["", "2.其他法律行政法规禁止公开", "0", "0"], ["3.危及“三安全一稳定”", "1", "1"]]


def test_columns_of_both_pages_count():
    """A cell that spans columns on one page spans those that only the other page shows."""
    whole = continued(table(("结果维持", "总计"), edges=(0, 150, 250)), table(("1", "2", "3", "4")))
    assert [[cell.columns for cell in row] for row in whole.printed()] == [[2, 2], [1, 1, 1, 1]]
