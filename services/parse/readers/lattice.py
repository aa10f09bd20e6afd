"""Ruled tables by their lines: straight lines become grids, whatever drew or recognised them.

Places are in points from the upper left corner of the page.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from services.parse.document import Unreadable
from services.parse.readers.rules import SNAP, Box, Rule, bounded, groups, pieced, snapped, with_sides

MOST_CELLS = 20_000
"""Places of one page's grids between their lines; the official tables have under 300."""

_OPEN = (
    8.0  # lines that reach further than this beyond the last one across them are an open side: a cell has room for text
)
_MOST_TABLES = 200


class Place(NamedTuple):
    """A cell between its lines: first row and column from 0, and how many of each.

    Not `whole` where it is a piece of something that lines do not close, or that has a line ending inside.
    """

    box: Box
    row: int
    column: int
    rows: int
    columns: int
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Lattice:
    """A ruled table."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Place, ...]
    owners: tuple[int, ...]  # of each place between the lines, row by row: which cell it belongs to

    @property
    def box(self) -> Box:
        """The outline."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def cell_at(self, x: float, y: float) -> int | None:
        """Return which cell a point is in; None outside."""
        xs, ys = self.xs, self.ys
        if not (xs[0] <= x <= xs[-1] and ys[0] <= y <= ys[-1]):
            return None
        column, row = bisect_right(xs, x, 1, len(xs) - 1) - 1, bisect_right(ys, y, 1, len(ys) - 1) - 1
        return self.owners[row * (len(xs) - 1) + column]


class Ruled(NamedTuple):
    """What the lines of a page are: tables, from the top, and the horizontal lines of no table."""

    tables: tuple[Lattice, ...]
    loose: tuple[Rule, ...]


def find_tables(horizontals: Iterable[Rule], verticals: Iterable[Rule]) -> Ruled:
    """Return the tables that these lines rule, innermost only; Unreadable for more lines or cells than any report's."""
    level, upright = pieced(horizontals), pieced(verticals)
    tables = with_sides(groups(level, upright), upright)
    found = [lattice for across, down in tables if (lattice := _lattice(across, down)) is not None]
    if sum(len(lattice.owners) for lattice in found) > MOST_CELLS or len(found) > _MOST_TABLES:
        raise Unreadable("more ruled cells than any report")
    inner = sorted(_innermost(found), key=lambda lattice: (lattice.ys[0], lattice.xs[0]))
    return Ruled(tuple(inner), tuple(rule for rule in level if not any(_rules(rule, lattice) for lattice in found)))


def _rules(rule: Rule, lattice: Lattice) -> bool:
    """Whether a horizontal line is one of a table's edges."""
    if rule.start > lattice.xs[-1] or rule.end < lattice.xs[0]:
        return False
    after = bisect_left(lattice.ys, rule.at - SNAP)
    return after < len(lattice.ys) and lattice.ys[after] <= rule.at + SNAP


def _lattice(across: Sequence[Rule], down: Sequence[Rule]) -> Lattice | None:
    """Return the table of lines that belong together; None for a frame without inner lines, and for a lone cross."""
    across, down = snapped(across), snapped(down)
    across, down = bounded(across, down), bounded(down, across)
    if not across or not down:
        return None
    ys = _edges([rule.at for rule in across], [end for rule in down for end in rule[1:]])
    xs = _edges([rule.at for rule in down], [end for rule in across for end in rule[1:]])
    wide, high = len(xs) - 1, len(ys) - 1
    if wide * high < 2:
        return None
    if wide * high > MOST_CELLS:
        raise Unreadable("more ruled cells than any report")
    owners, cells = _cells(xs, ys, _Walls(_drawn(down, xs, ys), _drawn(across, ys, xs), wide, high))
    return Lattice(xs, ys, cells, owners) if len(cells) > 1 else None


def _edges(lines: Iterable[float], ends: Iterable[float]) -> tuple[float, ...]:
    """Return the places of lines in order, and the outermost ends where they reach beyond the lines."""
    edges = sorted(set(lines))
    first, last = min(ends := list(ends)), max(ends)
    if first < edges[0] - _OPEN:
        edges.insert(0, first)
    if last > edges[-1] + _OPEN:
        edges.append(last)
    return tuple(edges)


def _drawn(rules: Iterable[Rule], across: Sequence[float], along: Sequence[float]) -> set[tuple[int, int]]:
    """Return which pieces of which edges are drawn: (edge, piece), counted from 0 in both directions."""
    number = {place: edge for edge, place in enumerate(across)}
    middles = [(before + after) / 2 for before, after in pairwise(along)]
    walls: set[tuple[int, int]] = set()
    for rule in rules:
        first, last = bisect_left(middles, rule.start), bisect_right(middles, rule.end)
        walls.update((number[rule.at], piece) for piece in range(first, last))
    return walls


class _Walls(NamedTuple):
    """Which pieces of which edges are drawn, (edge, piece) from 0: the upright edges by rows, the level ones by columns."""

    upright: set[tuple[int, int]]
    level: set[tuple[int, int]]
    wide: int
    high: int

    def are_round(self, row: int, column: int) -> bool:
        """Whether there is an edge on each side of a place."""
        left, right = (
            column == 0 or (column, row) in self.upright,
            column + 1 == self.wide or (column + 1, row) in self.upright,
        )
        above, below = row == 0 or (row, column) in self.level, row + 1 == self.high or (row + 1, column) in self.level
        return left and right and above and below

    def left_or_right(self, edge: int, row: int) -> bool:
        """Whether there is an edge at a row; the outline is one."""
        return edge in {0, self.wide} or (edge, row) in self.upright

    def above_or_below(self, edge: int, column: int) -> bool:
        """Whether there is an edge at a column; the outline is one."""
        return edge in {0, self.high} or (edge, column) in self.level


def _cells(xs: Sequence[float], ys: Sequence[float], walls: _Walls) -> tuple[tuple[int, ...], tuple[Place, ...]]:
    """Return the cell of each place between the lines, row by row, and the cells."""
    wide, high = walls.wide, walls.high
    owners = [-1] * (wide * high)
    cells: list[Place] = []
    for place in range(wide * high):
        if owners[place] >= 0:
            continue
        row, column = divmod(place, wide)
        right, below = column + 1, row + 1
        if walls.are_round(row, column):
            owners[place] = len(cells)
            cells.append(Place(Box(xs[column], ys[row], xs[right], ys[below]), row, column, 1, 1))
            continue
        while not walls.left_or_right(right, row):
            right += 1
        while not walls.above_or_below(below, column):
            below += 1
        covered = [each * wide + over for each in range(row, below) for over in range(column, right)]
        whole = _is_whole(walls, range(row, below), range(column, right)) and all(owners[each] < 0 for each in covered)
        if not whole:
            right, below, covered = column + 1, row + 1, [place]
        for each in covered:
            owners[each] = len(cells)
        cells.append(
            Place(Box(xs[column], ys[row], xs[right], ys[below]), row, column, below - row, right - column, whole)
        )
    return tuple(owners), tuple(cells)


def _is_whole(walls: _Walls, rows: range, columns: range) -> bool:
    """Whether a rectangle of places has lines all round and none inside."""
    sides = (walls.left_or_right(edge, row) for edge in (columns.start, columns.stop) for row in rows)
    ends = (walls.above_or_below(edge, column) for edge in (rows.start, rows.stop) for column in columns)
    if not all(sides) or not all(ends):
        return False
    inner = ((edge, row) in walls.upright for edge in columns[1:] for row in rows)
    return not any(inner) and not any((edge, column) in walls.level for edge in rows[1:] for column in columns)


def _innermost(found: Sequence[Lattice]) -> list[Lattice]:
    """Return the tables without those that lay out others: of a table in a cell, the inner one counts if it has over two rows."""
    kept = []
    for lattice in found:
        inner = (other for other in found if other is not lattice and _is_inside(other, lattice))
        if any(len(other.ys) > 3 for other in inner):
            continue
        if any(_is_inside(lattice, other) and len(lattice.ys) <= 3 for other in found if other is not lattice):
            continue
        kept.append(lattice)
    return kept


def _is_inside(inner: Lattice, outer: Lattice) -> bool:
    box, round_ = inner.box, outer.box
    return (
        round_.left <= box.left + SNAP
        and round_.top <= box.top + SNAP
        and round_.right >= box.right - SNAP
        and round_.bottom >= box.bottom - SNAP
    )
