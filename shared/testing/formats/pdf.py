"""Made reports as PDF, in the ways in which programs put tables on pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import NamedTuple

from shared.model.cell import TableNumber
from shared.testing.formats.pdf_file import document
from shared.testing.formats.pdf_leaves import LEFT, RIGHT, Leaf, Text, Variant, sheets_of, unbreakable, width
from shared.testing.layouts import Laid
from shared.testing.sheets import places
from shared.testing.sheets import width as columns_of

_TOP, _BOTTOM = 70.0, 770.0  # from the upper edge
_SIZE, _LEADING, _PAD = 9.0, 12.0, 3.0
_WIDTHS: Mapping[TableNumber, Sequence[int]] = {
    "2": (155, 110, 105, 105),
    "3": (46, 62, 115, 36, 36, 36, 36, 36, 36, 36),
    "4": (31, 32, 32, 31, 32) * 3,
}


class _Cell(NamedTuple):
    row: int
    rows: int
    column: int
    columns: int
    lines: tuple[str, ...]
    value: bool


def write(parts: Sequence[str | Laid], variant: Variant = "lines") -> bytes:
    """Return a report (`layouts.outline`) as a PDF of this variant."""
    sheets = sheets_of(laid_out(parts, variant), variant)
    return document(sheets, password="" if variant == "protected" else None)


def laid_out(parts: Sequence[str | Laid], variant: Variant = "lines") -> list[Leaf]:
    """Return the pages of a report before they are drawn."""
    return _Setting(variant).leaves(parts)


@dataclass(slots=True)
class _Setting:
    """Sets lines and tables on pages one after the other."""

    variant: Variant
    done: list[Leaf] = field(default_factory=lambda: [Leaf()])
    y: float = _TOP

    def leaves(self, parts: Sequence[str | Laid]) -> list[Leaf]:
        for number, part in enumerate(parts):
            if isinstance(part, str):
                self._paragraph(part, title=number == 0)
            else:
                self._table(part)
        return self.done

    def _paragraph(self, printed: str, *, title: bool) -> None:
        size = 14.0 if title else 10.5
        for number, row in enumerate(wrapped(("" if title else "\u3000\u3000") + printed, size, RIGHT - LEFT)):
            self._room(1.6 * size)
            indent = (RIGHT - LEFT - width(row, size)) / 2 if title else 0.0
            lead = 2 * size if row.startswith("\u3000\u3000") and not number else 0.0
            self.done[-1].texts.append(Text(LEFT + indent + lead, self.y + size, size, row.lstrip("\u3000")))
            self.y += 1.6 * size
        self.y += 4

    def _room(self, high: float) -> bool:
        """Go to a new page where the old one is full; return whether it was."""
        if self.y + high <= _BOTTOM:
            return False
        self.done.append(Leaf())
        self.y = _TOP
        return True

    def _table(self, laid: Laid) -> None:
        edges = list(accumulate(_widths(laid), initial=LEFT))
        cells = list(_cells(laid, edges))
        heads = _heads(cells) if self.variant == "heads_again" else 0
        row = 0
        while row < max(cell.row + cell.rows for cell in cells):
            heights = _heights(cells)
            last = row
            left = _BOTTOM - self.y
            while last < len(heights) and sum(heights[row : last + 1]) <= left:
                last += 1
            if self.variant == "broken_rows" and last < len(heights):
                rest = left - sum(heights[row:last])
                broken = _broken(cells, last, int((rest - 2 * _PAD) // _LEADING))
                if broken is not None:
                    cells, last = broken, last + 1
                    heights = _heights(cells)
            self._rows(cells, heights, row, last, edges)
            row = last
            if row < len(heights):
                self._room(_BOTTOM)
                if row >= heads > 0:
                    self._rows(cells, heights, 0, heads, edges)
        self.y += 8

    def _rows(
        self, cells: Sequence[_Cell], heights: Sequence[float], first: int, last: int, edges: Sequence[float]
    ) -> None:
        """Put some rows on the page; a cell that goes on over pages prints its text in its first part."""
        tops = list(accumulate(heights[first:last], initial=self.y))
        for cell in cells:
            begins, ends = max(cell.row, first), min(cell.row + cell.rows, last)
            if begins < ends:
                box = edges[cell.column], tops[begins - first], edges[cell.column + cell.columns], tops[ends - first]
                self.done[-1].boxes.append(box)
                if begins == cell.row:
                    self.done[-1].texts += _in_box(cell, box)
        self.y = tops[-1]


def wrapped(printed: str, size: float, room: float) -> list[str]:
    """Return the lines into which a text is broken: between any two characters, but never inside a number."""
    rows = [""]
    for piece in unbreakable(printed):
        if rows[-1] and width(rows[-1] + piece, size) > room:
            rows.append("")
        rows[-1] += piece
    return rows


def _widths(laid: Laid) -> Sequence[float]:
    """Return the widths of the columns; a table with more than the form's has them alike."""
    columns, official = columns_of(laid.sheet), _WIDTHS[laid.number]
    return official if columns == len(official) else [sum(official) / columns] * columns


def _cells(laid: Laid, edges: Sequence[float]) -> Iterator[_Cell]:
    for row, placed in enumerate(places(laid.sheet)):
        for place in placed:
            if not place.above:
                cell = place.cell
                room = edges[place.column + cell.columns] - edges[place.column] - 2 * _PAD
                lines = tuple(wrapped(cell.text, _SIZE, room)) if cell.text else ()
                yield _Cell(row, cell.rows, place.column, cell.columns, lines, cell.value)


def _heights(cells: Sequence[_Cell]) -> list[float]:
    heights = [_LEADING + 2 * _PAD] * max(cell.row + cell.rows for cell in cells)
    for cell in sorted(cells, key=lambda cell: cell.rows):
        lacking = len(cell.lines) * _LEADING + 2 * _PAD - sum(heights[cell.row : cell.row + cell.rows])
        heights[cell.row + cell.rows - 1] += max(lacking, 0)
    return heights


def _heads(cells: Sequence[_Cell]) -> int:
    """Return how many rows stand above the first figure; none where a cell of theirs reaches below them."""
    first = min((cell.row for cell in cells if cell.value), default=0)
    return 0 if any(cell.row < first < cell.row + cell.rows for cell in cells) else first


def _broken(cells: Sequence[_Cell], row: int, lines: int) -> list[_Cell] | None:
    """Return the cells with a row broken in two behind so many lines; None where it has no more, or none fits.

    A cell over further rows that begins there prints all its lines in its first part.
    """
    own = [cell for cell in cells if cell.row == row and cell.rows == 1]
    begun = any(cell.row == row and cell.rows > 1 and len(cell.lines) > lines for cell in cells)
    if lines < 1 or begun or not any(len(cell.lines) > lines for cell in own):
        return None
    changed = []
    for cell in cells:
        if cell in own:
            changed.append(cell._replace(lines=cell.lines[:lines]))
            changed.append(cell._replace(row=row + 1, lines=cell.lines[lines:]))
        elif cell.row > row:
            changed.append(cell._replace(row=cell.row + 1))
        else:
            longer = cell.row + cell.rows > row
            changed.append(cell._replace(rows=cell.rows + longer))
    return changed


def _in_box(cell: _Cell, box: tuple[float, float, float, float]) -> Iterator[Text]:
    left, top, right, bottom = box
    y = top + max((bottom - top - len(cell.lines) * _LEADING) / 2, _PAD)
    for number, row in enumerate(cell.lines):
        x = left + (right - left - width(row, _SIZE)) / 2 if cell.value else left + _PAD
        yield Text(x, y + number * _LEADING + _SIZE, _SIZE, row, cell.value)
