"""Real tables: the columns in which their cells begin, round the cells that span rows from above."""

from collections import defaultdict
from collections.abc import Sequence, Sized
from typing import Final

from services.parse.document import Unreadable

WIDEST_SPAN = 1000
MOST_CELLS = 100_000
"""Positions of one table; the official ones have under 300."""


class Spans:
    """What the cells of a table cover. Raises Unreadable beyond MOST_CELLS positions.

    `below`: the columns that cells of rows above cover, by row; a row without any is not in it.
    """

    def __init__(self, rows: Sequence[Sized]) -> None:
        self.below: Final[defaultdict[int, set[int]]] = defaultdict(set)
        self._rows = len(rows)
        self._positions = 0
        self._count(sum(map(len, rows)))

    def cover(self, row: int, column: int, columns: int, rows: int) -> int:
        """Put a cell over so many columns and rows (0 rows: all that are left); return the column behind it.

        It is cut to 1000 columns and to the rows that are left.
        """
        wide = min(max(columns, 1), WIDEST_SPAN)
        deep = min(rows or self._rows, self._rows - row)
        self._count(deep * wide)
        for covered in range(row + 1, row + deep):
            self.below[covered].update(range(column, column + wide))
        return column + wide

    def check(self, width: int) -> None:
        """Refuse the table if it had too many positions, were every row of this width."""
        if width * self._rows > MOST_CELLS:
            raise Unreadable("a table of too many cells")

    def _count(self, positions: int) -> None:
        self._positions += positions
        if self._positions > MOST_CELLS:
            raise Unreadable("a table of too many cells")
