"""A spreadsheet as a page: what is seen of a sheet, its tables as grids whose cells know their addresses, the rest as lines."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from services.parse.document import Unreadable
from services.parse.grid import MOST_CELLS
from services.parse.labels import names_row
from services.parse.readers.page import CellText, Page
from shared.model.cell import SheetCell
from shared.text import normalise

MOST_SHEETS = 100


class Area(NamedTuple):
    """Cells merged into one: first and last row and column, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """What is seen of a sheet: text by row and column (from 0; hidden rows and columns are not in it) and merged cells."""

    name: str
    rows: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden_columns: list[range] = field(default_factory=list)
    cells: int = 0

    def put(self, row: int, column: int, text: str) -> None:
        """Put text into a cell; Unreadable beyond 100 000 filled cells."""
        if text and not any(column in hidden for hidden in self.hidden_columns):
            self.cells += 1
            if self.cells > MOST_CELLS:
                raise Unreadable("a sheet of too many cells")
            self.rows.setdefault(row, {})[column] = normalise(text)


def write_sheet(sheet: Sheet, page: Page) -> None:
    """Write a sheet: rows with one filled cell that is no row of a table are lines, the rows between them grids."""
    covered = _covered(sheet)
    table: list[int] = []
    for row in sorted(sheet.rows):
        filled = {column: text for column, text in sheet.rows[row].items() if (row, column) not in covered}
        texts = [text for text in filled.values() if text.strip()]
        if len(texts) == 1 and not names_row(texts[0]):
            _write_table(sheet, table, covered, page)
            table = []
            for line in texts[0].split("\n"):
                page.write(line)
                page.end_line()
        elif texts:
            table.append(row)
    _write_table(sheet, table, covered, page)


def _covered(sheet: Sheet) -> set[tuple[int, int]]:
    """Return the positions that a merged cell covers but its first, where a row has anything."""
    rows = sorted(sheet.rows)
    covered: set[tuple[int, int]] = set()
    for area in sheet.merged:
        inside = _between(rows, area.top, area.bottom)
        if len(inside) * (area.right - area.left + 1) + len(covered) > 10 * MOST_CELLS:
            raise Unreadable("merged cells beyond any sheet")
        covered |= {(row, column) for row in inside for column in range(area.left, area.right + 1)}
        covered.discard((area.top, area.left))
    return covered


def _between(sorted_rows: Sequence[int], first: int, last: int) -> Sequence[int]:
    return sorted_rows[bisect_left(sorted_rows, first) : bisect_left(sorted_rows, last + 1)]


def _write_table(sheet: Sheet, rows: Sequence[int], covered: set[tuple[int, int]], page: Page) -> None:
    if not rows:
        return
    areas = {(area.top, area.left): area for area in sheet.merged}
    ends = list(_ends(sheet, rows, areas))
    columns = [
        column
        for column in range(min(left for left, _ in ends), max(right for _, right in ends) + 1)
        if not any(column in hidden for hidden in sheet.hidden_columns)
    ]
    if len(columns) * len(rows) > MOST_CELLS:
        raise Unreadable("a sheet of too many cells")
    page.table([_row(sheet, row, rows, columns, areas, covered) for row in rows])


def _ends(sheet: Sheet, rows: Sequence[int], areas: Mapping[tuple[int, int], Area]) -> Iterator[tuple[int, int]]:
    """Yield the first and last columns of the filled cells."""
    for row in rows:
        for column, text in sheet.rows[row].items():
            if text.strip():
                area = areas.get((row, column))
                yield column, area.right if area else column


def _row(
    sheet: Sheet,
    row: int,
    rows: Sequence[int],
    columns: Sequence[int],
    areas: Mapping[tuple[int, int], Area],
    covered: set[tuple[int, int]],
) -> list[CellText]:
    cells = []
    for column in columns:
        if (row, column) in covered:
            continue
        area = areas.get((row, column), Area(row, column, row, column))
        lines = tuple(line for line in map(str.strip, sheet.rows[row].get(column, "").split("\n")) if line)
        wide, deep = len(_between(columns, area.left, area.right)), len(_between(rows, area.top, area.bottom))
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
