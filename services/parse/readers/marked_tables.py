"""Tables of a stream of paragraphs (DOC, RTF): cells and rows end at marks, and a row tells where the edges of its cells lie."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from services.parse.document import Unreadable
from services.parse.grid import MOST_CELLS
from services.parse.readers.flow import Cell, Flow, Table

DEEPEST = 40
"""Tables in cells of tables; no report has more than two or three."""

_SLACK = 30  # twips (1.5 points): edges of different rows that are nearer to each other are one line of the grid


class CellShape(NamedTuple):
    """A cell as its row defines it: its right edge in twips, and whether it is joined with those beside, below and above."""

    right: int
    joins_left: bool = False
    joins_below: bool = False
    joins_above: bool = False


class RowShape(NamedTuple):
    """A row as it is defined: its left edge in twips, and its cells."""

    left: int = 0
    cells: tuple[CellShape, ...] = ()

    @property
    def edges(self) -> tuple[int, ...]:
        """The edges from left to right; none where they do not follow each other."""
        edges = (self.left, *(cell.right for cell in self.cells))
        return edges if all(left < right for left, right in pairwise(edges)) else ()


class Row(NamedTuple):
    """A row that has ended: the content of its cells, and its shape."""

    cells: list[Flow]
    shape: RowShape = RowShape()


@dataclass(slots=True)
class _Open:
    """A table under way: its rows, the cells of its last row, and the cell that is being filled."""

    rows: list[Row] = field(default_factory=list)
    cells: list[Flow] = field(default_factory=list)
    flow: Flow = field(default_factory=Flow)


class MarkedTables:
    """Puts paragraphs and marks of a stream together: `flow` is what stands in no table, depth 1 in a table, 2 in one of its cells."""

    def __init__(self) -> None:
        self.flow = Flow()
        self._open: list[_Open] = []
        self._cells = 0

    def at(self, depth: int) -> Flow:
        """Return where a paragraph at this depth is written; tables that are deeper end here."""
        if depth > DEEPEST:
            raise Unreadable("tables nested beyond any report")
        while len(self._open) > depth:
            self._close()
        while len(self._open) < depth:
            self._open.append(_Open())
        return self._open[-1].flow if self._open else self.flow

    def end_cell(self, depth: int) -> None:
        """End the cell under way at this depth; Unreadable for more cells than a table may have."""
        self._cells += 1
        if self._cells > MOST_CELLS:
            raise Unreadable("more cells than any report")
        self.at(depth).end_line()
        table = self._open[-1]
        table.cells.append(table.flow)
        table.flow = Flow()

    def end_row(self, depth: int, shape: RowShape, *, gone: bool = False) -> None:
        """End the row under way at this depth; one that is gone (deleted, hidden) leaves nothing."""
        self.at(depth)
        table = self._open[-1]
        if table.cells and not gone:
            table.rows.append(Row(table.cells, shape))
        table.cells = []

    def finished(self) -> Flow:
        """Return the whole."""
        return self.at(0)

    def _close(self) -> None:
        closed = self._open.pop()
        if closed.cells:  # a row without its mark
            closed.rows.append(Row(closed.cells))
        outer = self._open[-1].flow if self._open else self.flow
        if closed.rows:
            outer.table(table_of(closed.rows))
        outer.add(closed.flow)


def table_of(rows: Sequence[Row]) -> Table:
    """Return the table that rows make whose edges tell which columns their cells span."""
    lines = _lines([shape.edges for _, shape in rows])
    table = Table()
    merging: dict[int, Cell] = {}  # column -> the cell that goes on into the next row
    for row in rows:
        cells, merging = _row(row, lines, merging)
        table.rows.append(cells)
    return table


def _lines(rows: Sequence[Sequence[int]]) -> list[int]:
    """Return the vertical lines of a table: the edges of all rows, those hardly apart as one."""
    widths = (right - left for edges in rows for left, right in pairwise(edges))
    slack = min(_SLACK, min(widths, default=0) // 2)
    lines: list[int] = []
    for edge in sorted({edge for edges in rows for edge in edges}):
        if not lines or edge - lines[-1] > slack:
            lines.append(edge)
    return lines


def _row(row: Row, lines: Sequence[int], above: dict[int, Cell]) -> tuple[list[Cell], dict[int, Cell]]:
    """Return the cells that begin in a row, and those that may go on into the next one, by column."""
    flows, shapes = _fitted(row)
    columns = [bisect_right(lines, edge) - 1 for edge in (row.shape.left, *(shape.right for shape in shapes))]
    if len(shapes) < len(flows):
        return [Cell(flow) for flow in flows], {}
    cells: list[Cell] = [Cell(Flow(), columns[0])] if columns[0] else []
    merging: dict[int, Cell] = {}
    for flow, shape, (first, behind) in zip(flows, shapes, pairwise(columns), strict=True):
        upper = above.get(first) if shape.joins_above else None
        if shape.joins_left and first > columns[0]:
            cells[-1].columns += behind - first
        elif upper is not None and upper.columns == behind - first:
            upper.rows += 1
            merging[first] = upper
        else:
            cells.append(Cell(flow, behind - first))
            if shape.joins_below or shape.joins_above:
                merging[first] = cells[-1]
    return cells, merging


def _fitted(row: Row) -> tuple[list[Flow], tuple[CellShape, ...]]:
    """Return as many cells as shapes; fewer shapes, none, where they do not say how wide the cells are."""
    flows, shapes = list(row.cells), row.shape.cells if row.shape.edges else ()
    while len(flows) > len(shapes) > 0 and not flows[-1].blocks:
        flows.pop()
    return flows, shapes[: len(flows)] if len(shapes) >= len(flows) else ()
