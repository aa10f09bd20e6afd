"""Real tables: the columns in which their cells begin, round the cells that span rows from above."""

from services.parse.document import Unreadable

WIDEST_SPAN = 1000
MOST_CELLS = 100_000
"""Positions of one table; the official ones have under 300."""

_NOTHING: frozenset[int] = frozenset()


class Spans:
    """What the cells of a table of so many rows cover, asked and told row by row.

    Raises Unreadable beyond MOST_CELLS positions, those that short rows lack among them.
    """

    def __init__(self, rows: int) -> None:
        self._rows = rows
        self._row = -1
        self._below: dict[int, set[int]] = {}
        self._positions = 0

    def next_row(self, cells: int) -> set[int] | frozenset[int]:
        """Go on to a row of so many cells; return the columns that cells above it cover."""
        self._row += 1
        self._count(cells)
        return self._below.pop(self._row, _NOTHING)

    def cover(self, column: int, columns: int, rows: int) -> int:
        """Put a cell over so many columns and rows (0 rows: all that are left); return the column behind it.

        It is cut to 1000 columns and to the rows that are left.
        """
        wide = min(max(columns, 1), WIDEST_SPAN)
        deep = min(rows or self._rows, self._rows - self._row)
        self._count(deep * wide)
        for row in range(self._row + 1, self._row + deep):
            self._below.setdefault(row, set()).update(range(column, column + wide))
        return column + wide

    def end_row(self, width: int) -> None:
        """Count the positions of the table, were every row as wide as this one."""
        if width * self._rows > MOST_CELLS:
            raise Unreadable("a table of too many cells")

    def _count(self, positions: int) -> None:
        self._positions += positions
        if self._positions > MOST_CELLS:
            raise Unreadable("a table of too many cells")
