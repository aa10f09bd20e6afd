"""Real tables: their spans expanded, so that every row has the same number of positions."""

from collections.abc import Sequence
from typing import NamedTuple

from services.parse.document import GridCell, Unreadable

WIDEST_SPAN = 1000
MOST_CELLS = 100_000
"""Positions of one table; the official ones have under 300."""

_NOTHING = GridCell("", 0, 0, origin=False)


class Spanned(NamedTuple):
    """A cell as the source gives it, over so many columns and rows (0 rows: all that are left)."""

    cell: GridCell
    columns: int = 1
    rows: int = 1


def expand(rows: Sequence[Sequence[Spanned]]) -> tuple[tuple[GridCell, ...], ...]:
    """Return the rows with every position filled: covered and lacking positions are cells that are no origin.

    Raises Unreadable beyond MOST_CELLS positions; a span is cut to 1000 columns and to the rows that are left.
    """
    placed: list[dict[int, GridCell]] = [{} for _ in rows]
    total = 0
    for number, row in enumerate(rows):
        filled, column = placed[number], 0
        for cell, columns, depth in row:
            while column in filled:
                column += 1
            if columns == depth == 1:
                filled[column] = cell
                column += 1
                continue
            deep = min(depth or len(rows), len(rows) - number)
            wide = min(max(columns, 1), WIDEST_SPAN)
            total = _within(total + deep * wide)
            _cover(placed, cell, number, column, deep, wide)
            column += wide
        total = _within(total + len(row))
    width = max((max(row) + 1 for row in placed if row), default=0)
    _within(width * len(rows))
    return tuple(_filled(row, width) for row in placed)


def _within(cells: int) -> int:
    if cells > MOST_CELLS:
        raise Unreadable("a table of too many cells")
    return cells


def _cover(placed: list[dict[int, GridCell]], cell: GridCell, row: int, column: int, deep: int, wide: int) -> None:
    covered = GridCell("", cell.start, cell.start, origin=False)
    for below in range(row, row + deep):
        for right in range(column, column + wide):
            placed[below].setdefault(right, covered)
    placed[row][column] = cell


def _filled(row: dict[int, GridCell], width: int) -> tuple[GridCell, ...]:
    if len(row) == width:
        return tuple(map(row.__getitem__, range(width)))
    return tuple(row.get(column, _NOTHING) for column in range(width))
