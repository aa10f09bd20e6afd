"""Sheets become pages: tables with addresses, lines, nothing of what is covered or hidden."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.parse.document import Grid, Unreadable
from services.parse.readers.sheet_page import MOST_COLUMNS, Area, Sheet, address, position, write_sheets
from shared.model.cell import SheetCell
from shared.text import PICTURE


def sheet(rows, merged=(), hidden=()):
    """Return a sheet of these rows of texts."""
    made = Sheet("表", merged=[Area(*area) for area in merged])
    for column in hidden:
        made.hide(column, column + 1)
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            made.put(number, column, text)
    return made


def read(*sheets):
    """Return text and grids of a workbook."""
    text, blocks = write_sheets(sheets).finished()
    grids = [[[cell.text for cell in row] for row in block.rows] for block in blocks if isinstance(block, Grid)]
    return text, grids


def test_tables_are_as_wide_as_they_are_filled():
    """Lines part tables, and empty columns to the right belong to none."""
    rows = [["标题", "", "", ""], ["a", "b", ""], ["规章", "", "1"], ["", "说明", ""], ["c", "2", "", ""]]
    text, grids = read(sheet(rows))
    assert grids == [[["a", "b", ""], ["规章", "", "1"]], [["c", "2"]]]
    assert text.startswith("标题\na\tb\t\n")


def test_a_row_of_a_table_stays_in_it_where_its_figures_are_blank():
    """A row label alone is a row with blank cells, no line."""
    _, grids = read(sheet([["信息内容", "本年处理决定数量"], ["行政许可", ""], ["行政处罚", "3"]]))
    assert grids == [[["信息内容", "本年处理决定数量"], ["行政许可", ""], ["行政处罚", "3"]]]


def test_merged_cells_span_what_is_seen():
    """Spans count rows and columns that are there; what stands under them is not seen."""
    rows = [["a", "b", "c"], ["x", "x", "1"], ["", "", ""], ["d", "e", "2"]]
    made = sheet(rows, merged=[(0, 0, 1, 0), (0, 1, 2, 1)])
    text, (grid,) = read(made)
    assert grid == [["a", "b", "c"], ["1"], ["d", "e", "2"]]
    assert "x" not in text


def test_hidden_columns_are_not_there():
    """A hidden column takes no position."""
    _, grids = read(sheet([["a", "9", "b"], ["c", "9", "1"]], hidden=[1]))
    assert grids == [[["a", "b"], ["c", "1"]]]


def test_cells_know_their_addresses():
    """A cell's place is its sheet and address."""
    _, blocks = write_sheets([sheet([["", "", ""], ["", "a", "1"]])]).finished()
    assert [cell.at for cell in blocks[0].rows[0]] == [SheetCell("表", "B2"), SheetCell("表", "C2")]


def test_lines_of_a_cell_are_lines():
    """A line break inside a cell parts lines of prose, and words of a cell in a table."""
    text, grids = read(sheet([["甲\n乙", ""], ["a\nb", "1"]]))
    assert text == "甲\n乙\na b\t1\n"
    assert grids == [[["a b", "1"]]]


def test_what_is_drawn_stands_behind_the_sheet():
    """Text boxes are lines, pictures are noted."""
    made = sheet([["a", "1"]])
    made.drawn, made.pictures = ["框"], 2
    page = write_sheets([made])
    assert page.finished()[0] == "a\t1\n框\n"
    assert len(page.pictures) == 2


def test_sheets_beyond_any_report_are_refused():
    """Too many cells, too far right, too many tables, too much merged."""
    with pytest.raises(Unreadable):
        sheet([["1"] * 11_000] * 10)
    with pytest.raises(Unreadable):
        Sheet("表").put(0, MOST_COLUMNS, "1")
    with pytest.raises(Unreadable):
        read(sheet([["a", "1"], ["b"]] * 501))
    with pytest.raises(Unreadable):
        read(sheet([["a"] + [""] * 9_000 + ["1"]] * 20))
    with pytest.raises(Unreadable):
        read(sheet([["规章", "1"]] * 300, merged=[(0, 0, 299, 0)] * 400))


@given(st.integers(0, 1_048_575), st.integers(0, MOST_COLUMNS - 1))
def test_addresses_and_positions_are_each_others_inverse(row, column):
    """A1 is row 0, column 0; AA follows Z."""
    assert position(address(row, column)) == (row, column)


@pytest.mark.parametrize("printed", ["", "A", "1", "A0", "AAAA1", "A12345678", "Ä1", "A-1", "1A"])
def test_what_is_no_address_is_none(printed):
    """Nothing is guessed of a damaged address."""
    assert position(printed) is None


@pytest.mark.parametrize(
    ("area", "pictured"),
    [
        (Area(0, 1, 0, 1), {"B1"}),
        (Area(0, 0, 1, 2), {"B1", "C2"}),
        (Area(1, 2, 9, 2), {"C2"}),
        (Area(5, 1, 9, 2), set()),
        (Area(3, 1, 3, 2), {"B4", "C4"}),
    ],
)
def test_cells_without_text_under_what_is_drawn_are_doubtful(area, pictured):
    """Those with text say what they say; a row without text belongs to the table only if something lies in just that row."""
    made = sheet([["规章", "", "1"], ["行政许可", "2", ""], ["行政处罚", "3", "4"]])
    made.draw(area)
    _, blocks = write_sheets([made]).finished()
    cells = (cell for block in blocks if isinstance(block, Grid) for row in block.rows for cell in row)
    assert {cell.at.cell for cell in cells if cell.text == PICTURE} == pictured


def test_what_is_drawn_in_a_merged_cell_is_drawn_in_its_first():
    """Wherever in it."""
    made = sheet([["规章", "", ""], ["行政许可", "2", "3"]], merged=[(0, 1, 0, 2)])
    made.draw(Area(0, 2, 0, 2))
    assert read(made)[1] == [[["规章", PICTURE], ["行政许可", "2", "3"]]]


def test_drawings_over_more_cells_than_any_sheet_are_refused():
    """However many there are."""
    made = sheet([["规章"] * 9] * 99)
    for _ in range(202):
        made.draw(Area(0, 0, 98, 49))
    with pytest.raises(Unreadable):
        made.draw(Area(0, 0, 98, 49))
