"""Spans are expanded within limits, so that every row has the same positions."""

import pytest

from services.parse.document import GridCell, Unreadable
from services.parse.grid import MOST_CELLS, Spanned, expand


def cell(text, columns=1, rows=1):
    """Return a spanned cell without a place."""
    return Spanned(GridCell(text, 0, len(text)), columns, rows)


def texts(rows):
    """Return the texts of origin cells, None where a position is covered or lacking."""
    return [[position.text if position.origin else None for position in row] for row in rows]


def test_spans_cover_positions_right_and_below():
    """A cell over two rows and two columns is origin once; rows below go round it."""
    grid = expand([[cell("a", 2, 2), cell("b")], [cell("c")], [cell("d"), cell("e"), cell("f")]])
    assert texts(grid) == [["a", None, "b"], [None, None, "c"], ["d", "e", "f"]]


def test_a_short_row_is_filled_with_positions_that_are_no_cells():
    """A lacking cell is not an empty cell."""
    assert texts(expand([[cell("a"), cell("b")], [cell("c")]])) == [["a", "b"], ["c", None]]


def test_a_span_ends_with_the_table():
    """A rowspan beyond the last row, and 0 for all that are left, are cut."""
    assert texts(expand([[cell("a", 1, 65534), cell("b", 1, 0)], [cell("c")]])) == [["a", "b", None], [None, None, "c"]]


def test_no_table_explodes():
    """Tables that only exhaust memory are refused before they are built."""
    with pytest.raises(Unreadable):
        expand([[cell("a", 1000, 65534)] for _ in range(3000)])
    with pytest.raises(Unreadable):
        expand([[cell("a")] * (MOST_CELLS + 1)])
    assert expand([]) == ()
