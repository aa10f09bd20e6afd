"""Tables of a stream: cells and rows by their marks, columns by the edges of all rows."""

import pytest

from services.parse.document import Unreadable
from services.parse.grid import MOST_CELLS
from services.parse.readers.marked_tables import CellShape, MarkedTables, RowShape


def shape(*edges, left=0):
    """Return a row of cells that end at these edges."""
    return RowShape(left, tuple(CellShape(edge) for edge in edges))


def write(tables, depth, *texts):
    """Write cells."""
    for text in texts:
        tables.at(depth).write(text)
        tables.end_cell(depth)


def spans(tables):
    """Return text and spans of each cell of the only table."""
    (table,) = tables.finished().tables
    return [[("".join(map(str, cell.flow.blocks)), cell.columns, cell.rows) for cell in row] for row in table.rows]


def test_columns_are_told_by_edges():
    """A cell spans the columns that other rows have between its edges; a point more or less is no column."""
    tables = MarkedTables()
    for texts, edges in ((("a", "b"), (1195, 3000)), (("c", "d", "e"), (600, 1200, 3010))):
        write(tables, 1, *texts)
        tables.end_row(1, shape(*edges))
    assert spans(tables) == [[("a", 2, 1), ("b", 1, 1)], [("c", 1, 1), ("d", 1, 1), ("e", 1, 1)]]


def test_narrow_cells_are_columns():
    """Edges that only number the cells are no less edges."""
    tables = MarkedTables()
    write(tables, 1, "a", "b", "c")
    tables.end_row(1, shape(1, 2, 3))
    write(tables, 1, "d", "e")
    tables.end_row(1, shape(1, 3))
    assert spans(tables) == [[("a", 1, 1), ("b", 1, 1), ("c", 1, 1)], [("d", 1, 1), ("e", 2, 1)]]


def test_a_row_further_right_leaves_columns_before_it():
    """What a row leaves out before its first cell is a position too."""
    tables = MarkedTables()
    write(tables, 1, "a", "b")
    tables.end_row(1, shape(600, 1200))
    write(tables, 1, "c")
    tables.end_row(1, shape(1200, left=600))
    assert spans(tables) == [[("a", 1, 1), ("b", 1, 1)], [("", 1, 1), ("c", 1, 1)]]


@pytest.mark.parametrize("edges", [(), (600,), (600, 600), (1200, 600)])
def test_edges_that_say_nothing_are_left_out(edges):
    """Without an edge for every cell, from left to right, each cell is one column."""
    tables = MarkedTables()
    write(tables, 1, "a", "b")
    tables.end_row(1, shape(*edges))
    assert spans(tables) == [[("a", 1, 1), ("b", 1, 1)]]


def test_empty_cells_behind_the_last_edge_are_none():
    """Programs write marks of cells that are not there; one with text is."""
    for last, seen in (("", [("a", 1, 1)]), ("b", [("a", 1, 1), ("b", 1, 1)])):
        tables = MarkedTables()
        write(tables, 1, "a", last)
        tables.end_row(1, shape(600))
        assert spans(tables) == [seen]


def test_cells_are_joined_downwards_where_they_are_as_wide():
    """A cell goes on in one below of the same edges; without one above, or another width, it is a cell of its own."""
    begins, goes_on, plain = CellShape(600, joins_below=True), CellShape(600, joins_above=True), CellShape(1200)
    tables = MarkedTables()
    for texts, cells in (
        *((("a", "1"), (begins, plain)), (("", "2"), (goes_on, plain)), (("b", "3"), (CellShape(600), plain))),
        *((("c", "4"), (goes_on, plain)), (("d",), (CellShape(1200, joins_above=True),))),
    ):
        write(tables, 1, *texts)
        tables.end_row(1, RowShape(0, cells))
    assert spans(tables) == [
        *([("a", 1, 2), ("1", 1, 1)], [("2", 1, 1)], [("b", 1, 1), ("3", 1, 1)], [("c", 1, 1), ("4", 1, 1)]),
        [("d", 2, 1)],
    ]


def test_a_first_cell_joins_nothing_to_its_left():
    """Where nothing stands to the left, a cell stands for itself."""
    tables = MarkedTables()
    write(tables, 1, "a", "b")
    tables.end_row(1, RowShape(0, (CellShape(600, joins_left=True), CellShape(1200, joins_left=True))))
    assert spans(tables) == [[("a", 2, 1)]]


def test_inner_tables_stand_in_their_cells():
    """A table deeper than the cell that is filled ends where its text goes on less deep."""
    tables = MarkedTables()
    tables.at(0).write("before")
    tables.at(0).end_line()
    write(tables, 2, "x", "y")
    tables.end_row(2, shape(300, 600))
    write(tables, 1, "a", "b")
    tables.end_row(1, shape(600, 1200))
    flow = tables.finished()
    assert flow.blocks[0] == "before"
    (outer,) = flow.tables
    (inner,) = outer.rows[0][0].flow.tables
    assert [len(row) for row in inner.rows] == [2]


def test_rows_that_are_gone_leave_nothing():
    """Neither a deleted row nor an empty one is a row; without rows there is no table."""
    tables = MarkedTables()
    write(tables, 1, "a", "b")
    tables.end_row(1, shape(600, 1200), gone=True)
    tables.end_row(1, shape(600, 1200))
    assert tables.finished().tables == []


def test_text_without_its_mark_is_not_lost():
    """Cells without the mark of their row are a row; text without the mark of its cell stands behind the table."""
    tables = MarkedTables()
    write(tables, 1, "a", "b")
    tables.at(1).write("c")
    flow = tables.finished()
    assert [len(table.rows) for table in flow.tables] == [1]
    assert flow.blocks[-1] == "c"


def test_what_no_report_has_is_refused():
    """Tables too deep in each other, and too many cells."""
    with pytest.raises(Unreadable, match="nested"):
        MarkedTables().at(41)
    tables = MarkedTables()
    write(tables, 1, *[""] * MOST_CELLS)
    with pytest.raises(Unreadable, match="cells"):
        tables.end_cell(1)
