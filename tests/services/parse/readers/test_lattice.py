"""Ruled tables by their lines: cells, spans, and what is no cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.parse.document import Unreadable
from services.parse.readers.lattice import find_tables
from services.parse.readers.rules import Rule


def sides(left, top, right, bottom):
    """Return the lines round a cell: level ones and upright ones."""
    return [Rule(top, left, right), Rule(bottom, left, right)], [Rule(left, top, bottom), Rule(right, top, bottom)]


def table(*boxes):
    """Return the only table of cells drawn with all their sides."""
    (found,) = find_tables(*drawn(boxes)).tables
    return found


def drawn(boxes):
    """Return the lines round all boxes."""
    found = [sides(*box) for box in boxes]
    return [rule for level, _ in found for rule in level], [rule for _, upright in found for rule in upright]


def cells(lattice):
    """Return the cells by their places and spans."""
    return [tuple(cell[1:5]) for cell in lattice.cells]


def test_spans_over_rows_and_columns():
    """A cell reaches as far as its lines, whatever stands beside it."""
    lattice = table((0, 0, 100, 20), (0, 20, 40, 60), (40, 20, 100, 40), (40, 40, 100, 60))
    assert cells(lattice) == [(0, 0, 1, 2), (1, 0, 2, 1), (1, 1, 1, 1), (2, 1, 1, 1)]
    assert [lattice.cell_at(*point) for point in ((90, 10), (10, 55), (50, 50), (200, 10))] == [0, 1, 3, None]
    assert all(cell.whole for cell in lattice.cells)


@given(
    some.lists(some.integers(12, 60), min_size=2, max_size=9),
    some.lists(some.integers(12, 60), min_size=2, max_size=9),
    some.floats(-1.2, 1.2),
)
def test_cells_drawn_one_by_one_make_one_table(widths, heights, apart):
    """Cells whose own borders overlap, or leave a gap as wide as a border, are a table of so many rows and columns."""
    boxes = [
        (
            sum(widths[:column]) + apart,
            sum(heights[:row]) + apart,
            sum(widths[: column + 1]) - apart,
            sum(heights[: row + 1]) - apart,
        )
        for row in range(len(heights))
        for column in range(len(widths))
    ]
    assert cells(table(*boxes)) == [(row, column, 1, 1) for row in range(len(heights)) for column in range(len(widths))]


def test_open_sides_are_closed():
    """A table without its outermost upright lines has all its columns."""
    level = [Rule(y, 0, 90) for y in (0, 20, 40)]
    (lattice,) = find_tables(level, [Rule(30, 0, 40), Rule(60, 0, 40)]).tables
    assert cells(lattice) == [(row, column, 1, 1) for row in range(2) for column in range(3)]


def test_an_unclosed_cell_is_not_whole():
    """Places that lines do not close off are told apart from cells."""
    level, upright = drawn([(0, 0, 50, 20), (0, 20, 50, 40), (50, 0, 100, 20), (50, 20, 100, 40)])
    upright = [rule for rule in upright if (rule.at, rule.start) != (50, 20)]
    lattice = find_tables(level, [*upright, Rule(50, 20, 26)]).tables[0]
    assert cells(lattice) == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 2)]
    level = [rule for rule in level if (rule.at, rule.start) != (20, 50)]
    lattice = find_tables(level, upright).tables[0]
    assert [cell.whole for cell in lattice.cells] == [True, False, False, False]


def test_frames_underlines_and_crosses_are_no_tables():
    """A box round text, a line under it, two crossing strokes: nothing of that makes cells."""
    level, upright = sides(0, 0, 200, 100)
    found = find_tables([*level, Rule(50, 20, 60), Rule(300, 0, 40)], [*upright, Rule(20, 280, 320)])
    assert found.tables == ()
    assert Rule(50, 20, 60) in found.loose


def test_only_innermost_tables_count():
    """A table that lays out the page gives way to the one inside; a small one in a cell is part of the cell."""
    outer = [(0, 0, 300, 20), (0, 20, 100, 300), (100, 20, 300, 300)]
    inner = [(120, 40 + 20 * row, 200, 60 + 20 * row) for row in range(3)]
    inner += [(200, 40 + 20 * row, 280, 60 + 20 * row) for row in range(3)]
    assert [len(lattice.cells) for lattice in find_tables(*drawn(outer + inner)).tables] == [6]
    assert [len(lattice.cells) for lattice in find_tables(*drawn(outer + inner[:1] + inner[3:4])).tables] == [3]


def test_more_cells_than_any_report_are_refused():
    """A page of squared paper is no report."""
    rules = [Rule(5.0 * number, 0, 1000) for number in range(200)]
    with pytest.raises(Unreadable):
        find_tables(rules, rules)
