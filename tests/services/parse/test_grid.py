"""Cells find their columns round what spans rows from above, within limits."""

import pytest

from services.parse.document import Unreadable
from services.parse.grid import MOST_CELLS, Spans
from services.parse.readers.page import CellText, Page


def cell(text, columns=1, rows=1):
    """Return a cell of the page."""
    return CellText((text,), columns, rows)


def columns(*rows):
    """Return the column of each cell by its text, row by row."""
    page = Page()
    page.table(rows)
    _, (grid,) = page.finished()
    return [{cell.text: cell.column for cell in row} for row in grid.rows]


def test_spans_cover_positions_right_and_below():
    """Rows below a cell over two rows and two columns go round it, as far as it reaches."""
    assert columns([cell("a", 2, 2), cell("b")], [cell("c")], [cell("d"), cell("e"), cell("f")]) == [
        {"a": 0, "b": 2},
        {"c": 2},
        {"d": 0, "e": 1, "f": 2},
    ]


def test_spans_may_lie_over_one_another():
    """A wide cell covers what another covers already, as in browsers; the next one goes behind both."""
    assert columns([cell("a"), cell("b", 1, 3)], [cell("c", 2, 2), cell("d")], [cell("e")]) == [
        {"a": 0, "b": 1},
        {"c": 0, "d": 2},
        {"e": 2},
    ]


def test_a_lacking_cell_is_none():
    """A row may be short or empty."""
    assert columns([cell("a"), cell("b")], [], [cell("c")]) == [{"a": 0, "b": 1}, {}, {"c": 0}]


def test_a_span_ends_with_the_table():
    """A rowspan beyond the last row, and 0 for all that are left, are cut."""
    assert columns([cell("a", 1, 65534), cell("b", 1, 0)], [cell("c")]) == [{"a": 0, "b": 1}, {"c": 2}]


def test_no_table_explodes():
    """Tables that only exhaust memory are refused before they are built, however few cells they have."""
    with pytest.raises(Unreadable):
        Spans([()] * 3000).cover(0, 0, 1000, 65534)
    with pytest.raises(Unreadable):
        Spans([range(MOST_CELLS + 1)])
    with pytest.raises(Unreadable):
        columns([cell("a")] * 1000, *[[cell("a")]] * 1000)
    page = Page()
    page.table([])
    assert page.finished() == ("", ())
