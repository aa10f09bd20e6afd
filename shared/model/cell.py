"""One figure of an official table and the table it stands in, as read; never repaired."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeVar, dataclass_transform

from shared.model.number import Number

FormEdition = Literal["2019", "2021"]
TableNumber = Literal["2", "3", "4"]
CellState = Literal["number", "blank", "placeholder", "text", "missing", "unplaced"]
TableState = Literal["present", "absent", "picture", "damaged", "repeated"]

T = TypeVar("T")


@dataclass_transform(frozen_default=True)
def _value(cls: type[T]) -> type[T]:
    """Make a dataclass that is frozen for the type checker alone: made in a fifth of the time, and a report has hundreds of cells."""
    return dataclass(slots=True, unsafe_hash=True)(cls)


@_value
class Span:
    """A half-open range of code points of the report's normalised text."""

    start: int
    end: int


@_value
class PageBox:
    """A rectangle on a page: page from 1, box (x0, y0, x1, y1) in points."""

    page: int
    box: tuple[float, float, float, float]


@_value
class SheetCell:
    """A cell of a spreadsheet by sheet name and A1 address."""

    sheet: str
    cell: str


At = Span | PageBox | SheetCell


@_value
class Cell:
    """One cell: what is printed (`raw`), the bare number (`value`), the number in the column's unit (`converted`).

    `value` is None unless the cell is a bare number: a blank, a placeholder or a lost cell is never 0.
    `converted` is set where the cell also carries a unit or words ("70487元" under 万元 is 7.0487).
    """

    row: str
    column: str
    value: Number | None = None
    converted: Number | None = None
    raw: str | None = None
    state: CellState = "missing"
    confidence: float = 1.0
    recognised: bool = False
    at: At | None = None

    @property
    def number(self) -> Number | None:
        """Return what arithmetic uses: `value`, else `converted`, else None."""
        return self.value if self.value is not None else self.converted


@_value
class PrintedRow:
    """A row as it stands in the source: its official path (None: not in the form), printed label, number of figures.

    `values` are the figures of a row that is not in the form, one a column; empty where there are more or fewer.
    """

    row: str | None
    label: str
    figures: int
    values: tuple[Number | None, ...] = ()


@dataclass(frozen=True, slots=True)
class AlteredLabel:
    """A printed row or column label that was matched only by likeness."""

    found: str
    label: str


@dataclass(frozen=True, slots=True)
class Printing:
    """How a table stands in its source: what the F rules need beyond the cells.

    `gridded`: the source has real cells (HTML, DOCX, sheets, ruled PDF), so a count of cells means something.
    `rows`: every printed row in order. `altered`: labels matched by likeness only.
    `balance_note`: the 勾稽关系 note stands in the head (None: cannot be known, or not table 3).
    `units`: amount rows of table 2 -> unit printed in their header ("万元", "元", or None where none is printed).
    `copies`: the cells of further printings of the same table.
    """

    gridded: bool = False
    rows: tuple[PrintedRow, ...] = ()
    altered: tuple[AlteredLabel, ...] = ()
    balance_note: bool | None = None
    units: dict[str, str | None] | None = None
    copies: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True)
class Table:
    """One official table: always all cells of its form, in the form's order; `form` None where it is not known."""

    form: FormEdition | None
    state: TableState
    cells: tuple[Cell, ...]
    printing: Printing = Printing()

    @cached_property
    def _by_address(self) -> dict[tuple[str, str], Cell]:
        return {(cell.row, cell.column): cell for cell in self.cells}

    def cell(self, row: str, column: str) -> Cell:
        """Return the cell at an address of the form; KeyError for an address that the form does not have."""
        return self._by_address[row, column]
