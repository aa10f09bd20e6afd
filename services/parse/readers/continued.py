"""Ruled tables with the places of their columns, and a table that goes on over the next page."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Literal, NamedTuple

from services.parse.labels import COLUMNS, names_row, squeeze
from services.parse.readers.page import CellText
from services.parse.readers.rules import SNAP, Box
from services.parse.tokens import is_figure
from shared.model.cell import PageBox

_ENUMERATED = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,2}[、.．]|[（(][一二三四五六七八九十]{1,2}[）)]|[0-9]{1,2}[.．、])"
)


_left = attrgetter("left")
_made = tuple.__new__  # makes a cell in half of the time; there are hundreds in a report


class TableCell(NamedTuple):
    """A cell from its first row, over so many rows, from its left to its right edge; not `sure`: it may say something else."""

    row: int
    rows: int
    left: float
    right: float
    lines: tuple[str, ...]
    at: PageBox
    recognised: bool = False
    sure: bool = True

    @property
    def text(self) -> str:
        """What is printed in it."""
        return " ".join(self.lines)


class Table(NamedTuple):
    """A ruled table of so many rows; every position of its outline is in one cell. Not `sure`: none of them is."""

    box: Box
    rows: int
    cells: tuple[TableCell, ...]
    sure: bool = True

    def printed(self) -> list[list[CellText]]:
        """Return its rows, each with the cells that begin in it."""
        edges = _edges(self.cells)
        places = {place for cell in self.cells for place in (cell.left, cell.right)}
        column = {place: _edge(place, edges) for place in places}
        rows: list[list[TableCell]] = [[] for _ in range(self.rows)]
        for cell in self.cells:
            rows[cell.row].append(cell)
        return [
            [
                CellText(cell.lines, column[cell.right] - column[cell.left], cell.rows, cell.at, cell.recognised)
                for cell in sorted(row, key=_left)
            ]
            for row in rows
        ]

    @property
    def doubtful(self) -> frozenset[PageBox]:
        """The places of the cells that may say something else.

        A figure stands for itself, a label for the figures beside it, a head for all. A figure over several rows that other
        figures part may be of any of them: a line may be lacking.
        """
        figures = [cell for cell in self.cells if is_figure(cell.text)]
        labels = [cell for cell in self.cells if not cell.sure and not _is_value(cell.text)]
        headed = {row for cell in figures for row in _rows(cell)} if labels else set()
        if not self.sure or any(headed.isdisjoint(_rows(cell)) for cell in labels):
            return frozenset(cell.at for cell in self.cells)
        beside = {row for label in labels for row in _rows(label)}
        doubtful = [cell for cell in self.cells if not cell.sure or (beside and not beside.isdisjoint(_rows(cell)))]
        return frozenset(cell.at for cell in (*doubtful, *self._over_rows(figures)))

    def _over_rows(self, figures: Sequence[TableCell]) -> Iterator[TableCell]:
        """Yield the filled cells in columns of figures that reach over rows in which other figures begin."""
        begin, columns = {cell.row for cell in figures}, {cell.left for cell in figures}
        for cell in self.cells:
            over = cell.rows > 1 and cell.lines and not begin.isdisjoint(_rows(cell)[1:])
            if over and any(abs(cell.left - left) <= SNAP for left in columns):
                yield cell


def _rows(cell: TableCell) -> range:
    return range(cell.row, cell.row + cell.rows)


def _is_value(text: str) -> bool:
    return not text or is_figure(text)


def _edges(cells: Iterable[TableCell]) -> list[float]:
    """Return the edges of all columns, those of different pages that are nearly the same as one."""
    edges: list[float] = []
    for place in sorted({edge for cell in cells for edge in (cell.left, cell.right)}):
        if not edges or place - edges[-1] > SNAP:
            edges.append(place)
    return edges


def _edge(place: float, edges: Sequence[float]) -> int:
    after = bisect_left(edges, place)
    near = [number for number in (after - 1, after) if 0 <= number < len(edges)]
    return min(near, key=lambda number: abs(edges[number] - place))


def continued(above: Table, below: Table) -> Table | None:
    """Return a table with what the next page holds of it, without the head that is printed again; None for another table.

    It goes on where nothing stands between and both have the same left and right edges. A row that is broken over the
    pages becomes whole where its two parts make one official label; where they cannot be told to be one, neither is sure.
    """
    if not _same_edges(above, below):
        return None
    head = _repeated_head(above, _rows_of(below.cells))
    rest = _lower([cell for cell in below.cells if cell.row >= head], -head)
    left = below.rows - head
    parts = _parts(above, [cell for cell in rest if cell.row == 0]) if left else {}
    how = _broken([(above.cells[number], lower) for number, lower in parts.items()])
    kept = list(above.cells)
    if how == "one row":
        kept = [_whole(cell, parts[number]) if number in parts else cell for number, cell in enumerate(kept)]
        rest = [
            _made(TableCell, (max(cell.row - 1, 0), cell.rows - (cell.row == 0), *cell[2:]))
            for cell in rest
            if cell.row or cell.rows > 1
        ]
        left -= 1
    if how == "unsure":
        kept = [_doubted(cell) if number in parts else cell for number, cell in enumerate(kept)]
        rest = [cell if cell.row else _doubted(cell) for cell in rest]
    return Table(below.box, above.rows + left, (*kept, *_lower(rest, above.rows)), above.sure and below.sure)


def _lower(cells: list[TableCell], rows: int) -> list[TableCell]:
    """Return the cells so many rows lower."""
    return [_made(TableCell, (cell[0] + rows, *cell[1:])) for cell in cells] if rows else cells


def parted(above: Table, below: Table) -> tuple[Table, Table]:
    """Return the last table of a page and the first one of the next, between which something stands.

    Rows that would be one without it are not sure: it may be text that had no room in its cell.
    """
    first = [cell for cell in below.cells if cell.row == 0]
    parts = _parts(above, first) if _same_edges(above, below) and any(cell.lines for cell in first) else {}
    if _broken([(above.cells[number], lower) for number, lower in parts.items()]) != "one row":
        return above, below
    upper = tuple(_doubted(cell) if number in parts else cell for number, cell in enumerate(above.cells))
    lower = tuple(cell if cell.row else _doubted(cell) for cell in below.cells)
    return above._replace(cells=upper), below._replace(cells=lower)


def _same_edges(one: Table, other: Table) -> bool:
    return abs(one.box.left - other.box.left) <= SNAP and abs(one.box.right - other.box.right) <= SNAP


def _rows_of(cells: Iterable[TableCell]) -> dict[int, list[TableCell]]:
    rows: dict[int, list[TableCell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    return rows


def _repeated_head(above: Table, below: Mapping[int, list[TableCell]]) -> int:
    """Return how many rows at the top of a page only repeat the first rows of the table; none of them has a figure."""
    first = _rows_of([cell for cell in above.cells if cell.row in below])
    same = 0
    while same in first and same in below and _same_row(first[same], below[same]):
        same += 1
    while same and any(cell.row + cell.rows > same for row in range(same) for cell in below[row]):
        same -= 1
    return same if any(cell.text for row in range(same) for cell in below[row]) else 0


def _same_row(one: Sequence[TableCell], other: Sequence[TableCell]) -> bool:
    return len(one) == len(other) and all(
        first.text == second.text
        and first.rows == second.rows
        and _same_column(first, second)
        and not is_figure(first.text)
        for first, second in zip(one, other, strict=True)
    )


def _same_column(one: TableCell, other: TableCell) -> bool:
    return abs(one.left - other.left) <= SNAP and abs(one.right - other.right) <= SNAP


def _parts(above: Table, below: Sequence[TableCell]) -> dict[int, TableCell]:
    """Return the cells of the first row below by the number of the cell of the last row above that is of the same column.

    None are returned where that row has other columns; cells that go on over further rows are left out.
    """
    last = {number: cell for number, cell in enumerate(above.cells) if cell.row + cell.rows == above.rows}
    parts: dict[int, TableCell] = {}
    for lower in below:
        number = next((number for number, upper in last.items() if _same_column(upper, lower)), None)
        if number is None:
            return {}
        if lower.rows == 1:
            parts[number] = lower
    return parts


def _broken(parts: Sequence[tuple[TableCell, TableCell]]) -> Literal["one row", "two rows", "unsure"]:
    """Return whether the last row of a page and the first one of the next are parts of one row."""
    label = next((pair for pair in reversed(parts) if _is_label(*pair)), None)
    above, below = (pair.text for pair in label) if label else ("", "")
    one_label = names_row(above + below) and not names_row(
        above
    )  # what is left of it may be a label too: 行政 | 规范性文件
    if not parts or _ENUMERATED.match(below) or (names_row(below) and not (above and one_label)):
        return "two rows"
    figures = any(is_figure(upper.text) for upper, _ in parts)
    if not figures and _broken_head(parts):
        return "one row"
    if not any(lower.text for _, lower in parts):  # the empty rest of a row
        return "one row" if figures else "two rows"
    if all(map(_fit, parts)) and (names_row(above + below) or all(_is_unit(*pair) for pair in parts if pair[1].text)):
        return "one row"
    return "unsure" if figures else "two rows"


def _broken_head(parts: Sequence[tuple[TableCell, TableCell]]) -> bool:
    """Whether labels of columns begin on one page and end on the next."""
    both = [(upper.text, lower.text) for upper, lower in parts if upper.lines and lower.lines]
    return any(squeeze(upper + lower) in COLUMNS for upper, lower in both) and not any(
        is_figure(lower.text) or squeeze(upper.text) in COLUMNS for upper, lower in parts if lower.lines
    )


def _is_label(upper: TableCell, lower: TableCell) -> bool:
    return any(cell.text and not is_figure(cell.text) for cell in (upper, lower)) and not is_figure(upper.text)


def _fit(parts: tuple[TableCell, TableCell]) -> bool:
    """Whether two texts may be one: not a figure with a figure, nor a label with one."""
    above, below = (cell.text for cell in parts)
    if not above or not below:
        return True
    return not is_figure(below) and (not is_figure(above) or is_figure(above + below))


def _doubted(cell: TableCell) -> TableCell:
    """Return a cell of a row that may be broken: its figure may be another row's, its label stays what it says."""
    return cell._replace(sure=cell.sure and not _is_value(cell.text))


def _is_unit(upper: TableCell, lower: TableCell) -> bool:
    """Whether a text only completes the figure above it."""
    return is_figure(upper.text) and is_figure(upper.text + lower.text)


def _whole(upper: TableCell, lower: TableCell) -> TableCell:
    lines = (upper.text + lower.text,) if upper.lines and lower.lines else upper.lines or lower.lines
    return upper._replace(lines=lines, at=upper.at if upper.lines else lower.at, sure=upper.sure and lower.sure)
