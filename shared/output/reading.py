"""What was read from documents, as a page: the official tables beside the text, each cell linked to its place and back."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from shared.forms import FORMS as FORM_TABLES
from shared.forms.printed import printed_cell
from shared.model.cell import At, Cell, PageBox, SheetCell, Table, TableNumber
from shared.model.report import Document, Report
from shared.output.checked import FORMS, STATUSES
from shared.output.drawing import Label, draw
from shared.output.meanings import CELL_STATES, TABLE_STATES, edition_of
from shared.output.passages import Address, Passage, passages
from shared.output.rendering import template

_READ = frozenset({"number", "blank", "placeholder", "text"})


class Elsewhere(NamedTuple):
    """A place outside the text: in short, and in full."""

    short: str
    full: str


@dataclass(frozen=True, slots=True)
class Linked:
    """A cell with its address and printed name, the passage that it was read from (None: no place in the text), and its place elsewhere."""

    cell: Cell
    across: int
    address: Address
    name: str
    passage: int | None
    place: Elsewhere | None

    @property
    def unsure(self) -> bool:
        """Whether it was read, but not with full confidence."""
        return is_unsure(self.cell)


@dataclass(frozen=True, slots=True)
class LinkedTable:
    """A table ready to be drawn: its title, its cells by state (None: it is not there to be drawn), remarks, and its rows."""

    number: TableNumber
    title: str
    tally: str | None
    remarks: tuple[str, ...]
    rows: tuple[tuple[Label | Linked, ...], ...]


@dataclass(frozen=True)
class LinkedReport:
    """A report ready to be drawn; `number` is unique on the page, and `names` are those of its cells."""

    number: int
    report: Report
    tables: tuple[LinkedTable, ...]
    passages: tuple[Passage, ...]
    names: Mapping[Address, str]


def reading_page(documents: Sequence[Document]) -> str:
    """Return the page of what was read from all documents of one call."""
    drawn: list[tuple[Document, list[LinkedReport]]] = []
    number = 0
    for document in documents:
        reports = [_linked(number + index, report) for index, report in enumerate(document.reports, start=1)]
        drawn.append((document, reports))
        number += len(reports)
    return template("reading.html").render(documents=drawn, statuses=STATUSES, forms=FORMS)


def is_unsure(cell: Cell) -> bool:
    """Whether a cell was read, but not with full confidence."""
    return cell.state in _READ and cell.confidence < 1


def tally(table: Table) -> str | None:
    """Return how many cells are in which state, and how many are not sure: 数字170格、空白5格; None for a table that was not read."""
    if table.state in {"absent", "picture"}:
        return None
    states = Counter(cell.state for cell in table.cells)
    counts = "、".join(f"{name}{states[state]}格" for state, name in CELL_STATES.items() if states[state])
    unsure = sum(map(is_unsure, table.cells))
    recognised = sum(cell.recognised for cell in table.cells)
    told = (f"其中{unsure}格没有十足把握" if unsure else "", f"{recognised}格由图片识别" if recognised else "")
    return "，".join(part for part in (counts, *told) if part)


def remarks(table: Table) -> tuple[str, ...]:
    """Return what else is to be said of how a table was read: its state, labels matched by likeness, rows that the form has not."""
    altered = "、".join(f"“{each.found}”作为“{each.label}”" for each in table.printing.altered)
    foreign = "、".join(f"“{row.label}”" for row in table.printing.rows if row.row is None)
    parts = (
        TABLE_STATES.get(table.state),
        altered and f"按近似读取的标签：{altered}。",
        foreign and f"规定表格中没有的行：{foreign}。",
    )
    return tuple(part for part in parts if part)


def elsewhere(at: At | None) -> Elsewhere | None:
    """Return a place that is no range of the text, as a person finds it."""
    if isinstance(at, PageBox):
        box = ", ".join(f"{edge:.0f}" for edge in at.box)
        return Elsewhere(f"第{at.page}页", f"第{at.page}页（{box}）")
    return Elsewhere(at.cell, f"工作表“{at.sheet}”{at.cell}") if isinstance(at, SheetCell) else None


def _linked(number: int, report: Report) -> LinkedReport:
    cut = passages(report)
    places = {address: index for index, passage in enumerate(cut) for address in passage.addresses}
    tables = tuple(_table(name, table, places) for name, table in sorted(report.tables.items()))
    names = {
        each.address: each.name for table in tables for row in table.rows for each in row if isinstance(each, Linked)
    }
    return LinkedReport(number, report, tables, cut, names)


def _table(number: TableNumber, table: Table, places: Mapping[Address, int]) -> LinkedTable:
    edition = edition_of(number, table)
    index = {(cell.row, cell.column): position for position, cell in enumerate(table.cells)}

    def linked(cell: Cell, across: int) -> Linked:
        address = Address(number, index[cell.row, cell.column])
        name = printed_cell(edition, number, cell.row, cell.column)
        return Linked(cell, across, address, name, places.get(address), elsewhere(cell.at))

    rows = tuple(
        tuple(each if isinstance(each, Label) else linked(each.cell, each.across) for each in row)
        for row in draw(number, table)
    )
    title = FORM_TABLES[edition].tables[number].title
    return LinkedTable(number, title, tally(table), remarks(table), rows)
