"""Ruled tables by their lines: straight lines become grids, whatever drew or recognised them.

Places are in points from the upper left corner of the page.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
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
_made = tuple.__new__  # makes a cell in half of the time; there are hundreds in a report


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
    owners, cells = _cells(xs, ys, _walls(across, down, xs, ys))
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


class _Walls(NamedTuple):
    """Which pieces of which edges are drawn, 1 or 0, row by row: of the upright edges and of the level ones; the outline is."""

    upright: bytearray
    level: bytearray
    wide: int
    high: int

    def side(self, edge: int, rows: range) -> bytearray:
        """Return the pieces of an upright edge at these rows."""
        step = self.wide + 1
        return self.upright[rows.start * step + edge : rows.stop * step : step]

    def end(self, edge: int, columns: range) -> bytearray:
        """Return the pieces of a level edge at these columns."""
        return self.level[edge * self.wide + columns.start : edge * self.wide + columns.stop]


def _walls(across: Iterable[Rule], down: Iterable[Rule], xs: Sequence[float], ys: Sequence[float]) -> _Walls:
    """Return which pieces of the edges at `xs` and `ys` these lines draw."""
    wide, high = len(xs) - 1, len(ys) - 1
    upright, level = bytearray((wide + 1) * high), bytearray(wide * (high + 1))
    for edge, first, last in (*_drawn(down, xs, ys), (0, 0, high), (wide, 0, high)):
        upright[first * (wide + 1) + edge : last * (wide + 1) : wide + 1] = b"\1" * (last - first)
    for edge, first, last in (*_drawn(across, ys, xs), (0, 0, wide), (high, 0, wide)):
        level[edge * wide + first : edge * wide + last] = b"\1" * (last - first)
    return _Walls(upright, level, wide, high)


def _drawn(rules: Iterable[Rule], across: Sequence[float], along: Sequence[float]) -> Iterator[tuple[int, int, int]]:
    """Yield which pieces of which edges are drawn: the edge, the first piece and the one behind the last, from 0."""
    number = {place: edge for edge, place in enumerate(across)}
    middles = [(before + after) / 2 for before, after in pairwise(along)]
    for at, start, end in rules:
        first, last = bisect_left(middles, start), bisect_right(middles, end)
        if first < last:
            yield number[at], first, last


def _cells(xs: Sequence[float], ys: Sequence[float], walls: _Walls) -> tuple[tuple[int, ...], tuple[Place, ...]]:
    """Return the cell of each place between the lines, row by row, and the cells."""
    upright, level, wide, high = walls
    owners = [-1] * (wide * high)
    cells: list[Place] = []
    for place in range(wide * high):
        if owners[place] >= 0:
            continue
        row, column = divmod(place, wide)
        right, below, covered, whole = column + 1, row + 1, [place], True
        if not (upright[place + row] and upright[place + row + 1] and level[place] and level[place + wide]):
            right, below = _reach(walls, row, column)
            covered = [each * wide + over for each in range(row, below) for over in range(column, right)]
            whole = _is_whole(walls, range(row, below), range(column, right)) and all(
                owners[each] < 0 for each in covered
            )
            if not whole:
                right, below, covered = column + 1, row + 1, [place]
        for each in covered:
            owners[each] = len(cells)
        box = _made(Box, (xs[column], ys[row], xs[right], ys[below]))
        cells.append(_made(Place, (box, row, column, below - row, right - column, whole)))
    return tuple(owners), tuple(cells)


def _reach(walls: _Walls, row: int, column: int) -> tuple[int, int]:
    """Return the next edges to the right of a place and below it that are drawn there."""
    right, below = column + 1, row + 1
    while not walls.upright[row * (walls.wide + 1) + right]:
        right += 1
    while not walls.level[below * walls.wide + column]:
        below += 1
    return right, below


def _is_whole(walls: _Walls, rows: range, columns: range) -> bool:
    """Whether a rectangle of places has lines all round and none inside."""
    sides = (walls.side(edge, rows) for edge in (columns.start, columns.stop))
    ends = (walls.end(edge, columns) for edge in (rows.start, rows.stop))
    if not all(map(all, sides)) or not all(map(all, ends)):
        return False
    inner = (walls.side(edge, rows) for edge in columns[1:])
    return not any(map(any, inner)) and not any(any(walls.end(edge, columns)) for edge in rows[1:])


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
