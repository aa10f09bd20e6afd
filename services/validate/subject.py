"""What a rule may look at: the report, its tables as filled in, and the agency as the directory lists it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from services.validate.configuration import AS_WRITTEN, Configuration
from services.validate.passages import Prose
from services.validate.threshold import Threshold
from shared.forms import FORMS, form_of_year
from shared.forms.form import FormTable
from shared.forms.printed import printed_place
from shared.model.agency import Agency
from shared.model.cell import Cell, CellState, FormEdition, Table, TableNumber, TableState
from shared.model.finding import CellPlace, Severity
from shared.model.number import Number
from shared.model.reasons import Reason
from shared.model.report import Report

Address = tuple[str, str]

FIRM = 0.9
"""A cell below this was matched by likeness or recognised from a picture: a person has to confirm what rests on it."""

_UNREAD: dict[TableState, Reason] = {
    "absent": "table_absent",
    "picture": "table_picture",
    "damaged": "table_damaged",
}
_OBSTACLES: dict[CellState, Reason] = {
    "blank": "operand_blank",
    "placeholder": "operand_placeholder",
    "text": "operand_text",
    "unplaced": "operand_unplaced",
    "missing": "operand_missing",
}


@dataclass(frozen=True)
class FilledTable:
    """An official table that was read: the form's rows and columns, and what stands in them."""

    number: TableNumber
    edition: FormEdition
    table: Table
    blank_may_be_zero: bool

    @property
    def form(self) -> FormTable:
        """The table as the edition orders it."""
        return FORMS[self.edition].tables[self.number]

    @cached_property
    def operands(self) -> dict[Address, Number]:
        """The figures that arithmetic may use: read for certain, in the column's unit."""
        return {
            (cell.row, cell.column): cell.number
            for cell in self.table.cells
            if cell.number is not None and cell.confidence >= FIRM
        }

    def cell(self, address: Address) -> Cell:
        """Return the cell at an address; KeyError for one that the form does not have."""
        return self.table.cell(*address)

    def obstacle(self, address: Address) -> Reason | None:
        """Return why arithmetic cannot use a cell; None if it can."""
        if address in self.operands:
            return None
        cell = self.cell(address)
        if cell.confidence < FIRM and cell.state not in {"unplaced", "missing"}:
            return "low_confidence"
        return _OBSTACLES.get(cell.state, "operand_missing")

    def place(self, address: Address) -> CellPlace:
        """Return the place of a cell."""
        return CellPlace(self.number, *address)

    def places(self, addresses: Iterable[Address]) -> tuple[CellPlace, ...]:
        """Return the places of cells, in their order."""
        return tuple(self.place(address) for address in addresses)

    def in_state(self, state: CellState) -> list[Cell]:
        """Return the cells in a state, in the form's order."""
        return [cell for cell in self.table.cells if cell.state == state]

    def name(self, cell: Cell) -> str:
        """Return the printed name of a cell with its table: 表三“一、本年新收·总计”."""
        return printed_place(self.edition, self.place((cell.row, cell.column)))


@dataclass(frozen=True)
class Subject:
    """A report to judge. `agency` is its directory row, `today` the day that deadlines are counted to (both may be unknown).

    `earlier`: what the agency's report on the year before says where a rule looks back, by cell address ("table3/row/column").
    `configuration`: what the office sets in the rule set.
    """

    report: Report
    agency: Agency | None = None
    today: date | None = None
    earlier: Mapping[str, Number] = field(default_factory=dict)
    configuration: Configuration = AS_WRITTEN

    @cached_property
    def prose(self) -> Prose:
        """What the report says outside its tables."""
        return Prose(self.report)

    def limit(self, threshold: Threshold) -> Number:
        """Return what a rule compares with: its own figure, or the one that the rule set sets."""
        return self.configuration.threshold(threshold)

    @property
    def year(self) -> int | None:
        """The year reported on."""
        return self.report.year

    @property
    def agency_key(self) -> str | None:
        """What one agency's reports have in common: its number in the directory, else its printed name."""
        return self.agency.id if self.agency else self.report.agency

    def unread(self, number: TableNumber) -> Reason | None:
        """Return why a table was not read; None if it was. One that the page lacks may stand in an attachment."""
        state = self.report.tables[number].state
        if state in {"absent", "picture"} and any(each.state != "read" for each in self.report.attachments):
            return "attachment_unread"
        return _UNREAD.get(state)

    def figure(self, address: str) -> Number | None:
        """Return the figure at a cell address ("table3/row/column"); None where arithmetic may not use it."""
        table, path = address.split("/", 1)
        row, column = path.rsplit("/", 1)
        filled = next((each for number, each in self.filled.items() if table == f"table{number}"), None)
        return filled.operands.get((row, column)) if filled else None

    @cached_property
    def editions(self) -> dict[TableNumber, FormEdition]:
        """The edition of each table: its own, else that of the year, else the one in force."""
        ordered = form_of_year(self.year) if self.year is not None else None
        fallback: FormEdition = ordered.edition if ordered else "2021"
        return {number: table.form or fallback for number, table in self.report.tables.items()}

    @cached_property
    def filled(self) -> dict[TableNumber, FilledTable]:
        """The tables that were read."""
        return {
            number: FilledTable(number, self.editions[number], table, blank_may_be_zero=self.year == 2019)
            for number, table in self.report.tables.items()
            if table.state not in _UNREAD
        }

    @property
    def deviation(self) -> Severity:
        """How grave a mere deviation from the form is: W for 2019, when the form was encouraged (国办公开办函〔2019〕60号), else E."""
        encouraged = self.year == 2019 or (self.year is None and self.report.form == "2019")
        return "W" if encouraged else "E"
