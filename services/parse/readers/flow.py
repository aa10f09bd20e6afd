"""What a word processor's file holds in its order: lines, pictures, and tables whose cells hold the same again."""

from dataclasses import dataclass, field
from typing import Literal

from services.parse.document import Unreadable
from services.parse.readers.markup import MOST_TABLES
from services.parse.readers.page import CellText, Page
from shared.text import PICTURE, normalise

_made = tuple.__new__  # as in services.parse.readers.page
_SMALL_TABLE = 2  # rows; a table in a cell that has more makes the outer table one that only lays out the page


@dataclass(slots=True)
class Table:
    """A table row by row; a cell that another one covers is not in its row."""

    rows: "list[list[Cell]]" = field(default_factory=list)

    @property
    def lays_out(self) -> bool:
        """Whether it only lays out the page: it holds another table of more than two rows."""
        inside = (table for row in self.rows for cell in row for table in cell.flow.tables)
        return any(len(table.rows) > _SMALL_TABLE or table.lays_out for table in inside)


class Flow:
    """The content of a page, or of a cell, as it is collected."""

    __slots__ = ("_line", "blocks", "drawn", "tables")

    def __init__(self) -> None:
        self.blocks: list[str | Table | Literal[True]] = []  # True: a picture
        self.tables: list[Table] = []  # those of the blocks
        self.drawn = False  # whether something stands here that is seen and is no text
        self._line: list[str] = []

    def write(self, text: str) -> None:
        """Go on with the current line."""
        self._line.append(text)

    def end_line(self) -> None:
        """End the current line; a line without text leaves nothing."""
        if not self._line:
            return
        text = "".join(self._line)
        self._line.clear()
        lines = normalise(text).split("\n") if not text.isascii() or "\n" in text else (text,)
        self.blocks += [line for line in map(str.strip, lines) if line]

    def line(self, text: str) -> None:
        """Go on with the current line, and end it."""
        if self._line or not text.isprintable():
            self._line.append(text)
            self.end_line()
        elif line := text.strip():
            self.blocks.append(line)

    def picture(self) -> None:
        """Note that a picture stands here."""
        self.blocks.append(True)
        self.drawn = True

    def table(self, table: Table) -> None:
        """Put a table here."""
        self.end_line()
        self.blocks.append(table)
        self.tables.append(table)

    def add(self, other: "Flow") -> None:
        """Put the content of another flow here: that of a text box, of notes."""
        self.end_line()
        other.end_line()
        self.blocks += other.blocks
        self.tables += other.tables
        self.drawn = self.drawn or other.drawn


@dataclass(slots=True)
class Cell:
    """A cell, and how many columns and rows it spans."""

    flow: Flow
    columns: int = 1
    rows: int = 1


def write_page(flow: Flow) -> Page:
    """Return the page that the flow makes: innermost tables as grids, everything else as lines."""
    page = Page()
    if _count(flow) > MOST_TABLES:
        raise Unreadable("more tables than any report")
    _write(flow, page)
    return page


def _count(flow: Flow) -> int:
    cells = (cell for table in flow.tables for row in table.rows for cell in row if cell.flow.tables)
    return len(flow.tables) + sum(_count(cell.flow) for cell in cells)


def _write(flow: Flow, page: Page) -> None:
    flow.end_line()
    for block in flow.blocks:
        if block is True:
            page.picture()
        elif isinstance(block, str):
            page.line(block)
        elif block.lays_out:
            for cell in (cell for row in block.rows for cell in row):
                _write(cell.flow, page)
        else:
            page.table([[_cell(cell, page) for cell in row] for row in block.rows])


def _cell(cell: Cell, page: Page) -> CellText:
    lines = _lines(cell.flow, page) or ((PICTURE,) if _is_drawn_in(cell.flow) else ())
    return _made(CellText, (lines, cell.columns, cell.rows, None, False))


def _is_drawn_in(flow: Flow) -> bool:
    return flow.drawn or any(_is_drawn_in(cell.flow) for table in flow.tables for row in table.rows for cell in row)


def _lines(flow: Flow, page: Page) -> tuple[str, ...]:
    """Return the lines of a cell; a small table in it is that cell's text, a picture in it stands at the table."""
    flow.end_line()
    if not flow.blocks:
        return ()
    lines: list[str] = []
    for block in flow.blocks:
        if block is True:
            page.picture()
        elif isinstance(block, str):
            lines.append(block.replace("\t", " "))
        else:
            lines += [line for row in block.rows for cell in row for line in _lines(cell.flow, page)]
    return tuple(lines)
