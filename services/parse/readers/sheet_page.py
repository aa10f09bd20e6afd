"""A spreadsheet as a page: what is seen of a sheet, its tables as grids whose cells know their addresses, the rest as lines."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from services.parse.document import Unreadable
from services.parse.grid import MOST_CELLS
from services.parse.labels import names_row
from services.parse.readers.markup import MOST_TABLES
from services.parse.readers.page import CellText, Page
from shared.model.cell import SheetCell
from shared.text import PICTURE, normalise

MOST_SHEETS = 50
MOST_COLUMNS = 18_278  # A to ZZZ
_WIDEST_DRAWN, _HIGHEST_DRAWN = 50, 200  # columns and rows: further than a table of the report reaches
_MOST_COVERED = 1_000_000  # cells, each as often as something is drawn over it


class Area(NamedTuple):
    """Cells merged into one: first and last row and column, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """What is seen of a sheet: text by row and column (from 0; hidden rows are not in it), merged cells, what is drawn on it.

    `hidden` has a 1 for each hidden column. `drawn` are the lines of text boxes. `sure` unless a number is read that may be
    shown otherwise.
    """

    name: str
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden: bytearray = field(default_factory=lambda: bytearray(MOST_COLUMNS))
    drawn: list[str] = field(default_factory=list)
    pictures: int = 0
    cells: int = 0
    covered: int = 0
    sure: bool = True

    def put(self, row: int, column: int, text: str) -> None:
        """Put text into a cell; Unreadable beyond 100 000 filled cells, and further right than any sheet reaches."""
        if column >= MOST_COLUMNS:
            raise Unreadable("a sheet wider than any")
        if text and not self.hidden[column]:
            self.cells += 1
            if self.cells > MOST_CELLS:
                raise Unreadable("a sheet of too many cells")
            self.rows.setdefault(row, {})[column] = normalise(text)

    def draw(self, area: Area) -> None:
        """Note that something is drawn over cells; those of rows without text count only under what lies in one row."""
        last = min(area.right, area.left + _WIDEST_DRAWN, MOST_COLUMNS - 1)
        for row in range(area.top, min(area.bottom, area.top + _HIGHEST_DRAWN) + 1):
            self.covered += 1 + max(last - area.left, 0)
            if self.covered > _MOST_COVERED:
                raise Unreadable("more drawn over a sheet than over any")
            if row not in self.rows and area.top < area.bottom:
                continue
            cells = self.rows.setdefault(row, {})
            for column in range(area.left, last + 1):
                if not (self.hidden[column] or cells.get(column, "").strip()):
                    cells[column] = PICTURE

    def hide(self, first: int, end: int) -> None:
        """Hide the columns from `first` to before `end`."""
        first, end = min(first, MOST_COLUMNS), min(end, MOST_COLUMNS)
        self.hidden[first:end] = b"\1" * max(end - first, 0)


def write_sheets(sheets: Iterable[Sheet]) -> Page:
    """Return the page of a workbook: rows with one filled cell are lines, the rows between them grids.

    (Not so a row that a merged cell from above reaches into, or whose only cell is a row label: its figures are blank.)
    Unreadable for more tables, or more positions in all tables, than any report has.
    """
    page = Page()
    tables = positions = 0
    for sheet in sheets:
        covered = _covered(sheet)
        for part in _parts(sheet, covered):
            if isinstance(part, str):
                page.write(part)
                page.end_line()
                continue
            tables, positions = tables + 1, positions + len(part.rows) * len(part.columns)
            if tables > MOST_TABLES or positions > MOST_CELLS:
                raise Unreadable("tables beyond any report")
            page.table([_row(sheet, row, part, covered) for row in part.rows])
        for line in sheet.drawn:
            page.write(line)
            page.end_line()
        for _ in range(sheet.pictures):
            page.picture()
    return page


class _Table(NamedTuple):
    """Rows and columns of a sheet that are a table, and its merged cells by their first positions."""

    rows: Sequence[int]
    columns: Sequence[int]
    areas: Mapping[tuple[int, int], Area]


def _parts(sheet: Sheet, covered: set[tuple[int, int]]) -> Iterator[str | _Table]:
    sorted_rows = sorted(sheet.rows)
    areas = {(area.top, area.left): area for area in sheet.merged}
    reached = {row for area in sheet.merged for row in _between(sorted_rows, area.top + 1, area.bottom)}
    table: list[int] = []
    for row in sorted_rows:
        texts = [text for column, text in sheet.rows[row].items() if text.strip() and (row, column) not in covered]
        if len(texts) == 1 and row not in reached and not names_row(texts[0]):
            if table:
                yield _table(sheet, table, areas)
                table = []
            yield from texts[0].replace(PICTURE, "").split("\n")
        elif texts:
            table.append(row)
    if table:
        yield _table(sheet, table, areas)


def _table(sheet: Sheet, rows: Sequence[int], areas: Mapping[tuple[int, int], Area]) -> _Table:
    """Return the table that these rows are, as wide as their filled cells reach."""
    ends = [
        (column, areas[row, column].right if (row, column) in areas else column)
        for row in rows
        for column, text in sheet.rows[row].items()
        if text.strip()
    ]
    first, last = min(left for left, _ in ends), min(max(right for _, right in ends), MOST_COLUMNS - 1)
    return _Table(rows, [column for column in range(first, last + 1) if not sheet.hidden[column]], areas)


def _covered(sheet: Sheet) -> set[tuple[int, int]]:
    """Return the positions that a merged cell covers but its first, where a row has anything; what is drawn there is in it."""
    rows = sorted(sheet.rows)
    covered: set[tuple[int, int]] = set()
    positions = 0
    for area in sheet.merged:
        inside = _between(rows, area.top, area.bottom)
        positions += len(inside) * (area.right - area.left + 1)
        if positions > MOST_CELLS:
            raise Unreadable("merged cells beyond any sheet")
        within = {(row, column) for row in inside for column in range(area.left, area.right + 1)}
        if any(sheet.rows[row].get(column) == PICTURE for row, column in within):
            _draw_first(sheet, area)
        covered |= within
        covered.discard((area.top, area.left))
    return covered


def _draw_first(sheet: Sheet, area: Area) -> None:
    """Note in the first position of a merged cell without text what is drawn in any."""
    cells = sheet.rows.setdefault(area.top, {})
    if not cells.get(area.left, "").strip():
        cells[area.left] = PICTURE


def _between(sorted_rows: Sequence[int], first: int, last: int) -> Sequence[int]:
    return sorted_rows[bisect_left(sorted_rows, first) : bisect_left(sorted_rows, last + 1)]


def _row(sheet: Sheet, row: int, table: _Table, covered: set[tuple[int, int]]) -> list[CellText]:
    cells = []
    for column in table.columns:
        if (row, column) in covered:
            continue
        area = table.areas.get((row, column), Area(row, column, row, column))
        lines = tuple(line for line in map(str.strip, sheet.rows[row].get(column, "").split("\n")) if line)
        wide, deep = (
            len(_between(table.columns, area.left, area.right)),
            len(_between(table.rows, area.top, area.bottom)),
        )
        cells.append(CellText(lines, wide, deep, SheetCell(sheet.name, address(row, column))))
    return cells


def address(row: int, column: int) -> str:
    """Return the address of a cell as sheets show it: A1 for row 0, column 0."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row + 1}"


def position(printed: str) -> tuple[int, int] | None:
    """Return row and column (from 0) of an address like "AB12"; None for what is none within a sheet's bounds."""
    letters = printed.rstrip("0123456789")
    digits = printed[len(letters) :]
    if not (0 < len(letters) <= 3 and letters.isascii() and letters.isalpha() and 0 < len(digits) <= 7):
        return None
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return (int(digits) - 1, column - 1) if int(digits) else None
