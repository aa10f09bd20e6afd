"""The text of a page as it is written down: lines become paragraphs, tables become grids, with offsets into one text."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from services.parse.document import Block, Grid, GridCell, Paragraph, Unreadable
from services.parse.grid import Spans
from shared.model.cell import At, Span

LONGEST = 4 * 1024 * 1024
"""Characters; a longer text is no annual report."""

_made = tuple.__new__  # makes a cell in a quarter of the time; there are hundreds in a report
_LONG_CELL = 400  # characters; what is longer is running text


class CellText(NamedTuple):
    """A table cell of the page: its lines and spans, its place where that is no range of the text, read from a picture or not."""

    lines: tuple[str, ...]
    columns: int = 1
    rows: int = 1
    at: At | None = None
    recognised: bool = False


class Page:
    """Collects text line by line; places of pictures are offsets. `doubtful`: cells and ranges that may say something else."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._line: list[str] = []
        self._blocks: list[Block] = []
        self.pictures: list[int] = []
        self.doubtful: set[At] = set()

    def write(self, text: str) -> None:
        """Go on with the current line."""
        self._line.append(text)

    def line(self, text: str) -> None:
        """Write a whole line."""
        self.write(text)
        self.end_line()

    def end_line(self, *, sure: bool = True) -> None:
        """End the current line, which may say something else where it is not `sure`; one without text leaves nothing."""
        if not self._line:
            return
        line = "".join(self._line).strip()
        self._line.clear()
        if line:
            start = self._append(line + "\n")
            end = self._length - 1
            self._blocks.append(Paragraph(start, end))
            if not sure:
                self.doubtful.add(Span(start, end))

    def picture(self) -> None:
        """Note that an image stands here."""
        self.pictures.append(self._length)

    def table(self, rows: Sequence[Sequence[CellText]], doubtful: Collection[At] = ()) -> None:
        """Write a table: a grid where some row has two filled cells, else lines. `doubtful`: the places of its doubtful cells."""
        self.end_line()
        self.doubtful.update(doubtful)
        if any(len([1 for cell in row if cell.lines]) > 1 for row in rows):
            self._grid(rows)
            return
        for line, at in ((line, cell.at) for row in rows for cell in row for line in cell.lines):
            self.write(line)
            self.end_line(sure=at not in self.doubtful)

    def finished(self) -> tuple[str, tuple[Block, ...]]:
        """Return the whole text and its blocks."""
        self.end_line()
        return "".join(self._parts), tuple(self._blocks)

    def _append(self, text: str) -> int:
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        if self._length > LONGEST:
            raise Unreadable("more text than any report")
        return start

    def _grid(self, rows: Sequence[Sequence[CellText]]) -> None:
        spans = Spans(rows)
        kept: list[tuple[GridCell, ...]] = []
        for number, row in enumerate(rows):
            cells = self._row(row, number, spans)
            if self.doubtful:
                self.doubtful |= {Span(cell.start, cell.end) for cell in cells if cell.at in self.doubtful}
            if cells and cells[-1][2] - cells[0][1] > _LONG_CELL and (prose := _prose(cells)) is not None:
                self._keep(kept)
                kept = []
                self._paragraphs(prose)
            else:
                kept.append(cells)
        self._keep(kept)

    def _row(self, row: Sequence[CellText], number: int, spans: Spans) -> tuple[GridCell, ...]:
        cells, texts = [], []
        start, column, covered = self._length, 0, spans.below.pop(number, ())
        for lines, columns, rows, at, recognised in row:
            text = lines[0] if len(lines) == 1 else _joined(lines)
            end = start + len(text)
            while column in covered:
                column += 1
            texts.append(text)
            cells.append(_made(GridCell, (text, start, end, column, at, recognised)))
            column = column + 1 if columns == rows == 1 else spans.cover(number, column, columns, rows)
            start = end + 1
        spans.check(column)
        self._append("\t".join(texts) + "\n")
        return tuple(cells)

    def _keep(self, rows: list[tuple[GridCell, ...]]) -> None:
        """Keep rows as a grid; their cells were written in this order."""
        if rows:
            filled = [row for row in rows if row]
            first, last = (filled[0][0].start, filled[-1][-1].end) if filled else (self._length, self._length)
            self._blocks.append(Grid(first, last, tuple(rows)))

    def _paragraphs(self, cell: GridCell) -> None:
        start = cell.start
        for line in cell.text.split("\n"):
            self._blocks.append(Paragraph(start, start + len(line)))
            start += len(line) + 1


def _joined(lines: Sequence[str]) -> str:
    text = " ".join(lines)
    return "\n".join(lines) if len(text) > _LONG_CELL else text


def _prose(row: Sequence[GridCell]) -> GridCell | None:
    """Return the only filled cell of a long row where it is running text: a chapter laid out in a table."""
    filled = [cell for cell in row if cell.text]
    return filled[0] if len(filled) == 1 and len(filled[0].text) > _LONG_CELL else None
