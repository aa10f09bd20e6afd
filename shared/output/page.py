"""The page of a check: one self-contained HTML file, the tables drawn as the official form, faulty cells marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import jinja2

from shared.forms import FORMS as FORM_TABLES
from shared.model.cell import Cell, CellState, Table, TableNumber, TableState
from shared.model.finding import CellPlace, Finding, Severity, Suspect
from shared.model.judgement import Judgement, Verdict
from shared.model.number import as_json
from shared.model.report import Report
from shared.output.checked import (
    FORMS,
    NOT_CHECKED,
    SEVERITIES,
    STATUSES,
    Checked,
    by_severity,
    not_checked_rules,
    remedied_alike,
    tally,
)
from shared.output.drawing import Figure, Label, draw
from shared.output.meanings import basis, edition_of, reason

_STATES: dict[CellState, str] = {"blank": "空白", "missing": "未见", "unplaced": "位置不明"}
_VERDICTS: dict[Verdict, str] = {"合格": "good", "请核实": "warn", "需更正": "error", "无法核验": "open"}
_TABLE_STATES: dict[TableState, str] = {
    "absent": "报告中没有找到这张表。",
    "picture": "这张表是图片，没有核验其中的数据。",
    "damaged": "这张表残缺，无法可靠读取。",
    "repeated": "这张表在报告中出现不止一次，以下为第一次出现的数据。",
}


@dataclass(frozen=True, slots=True)
class Numbered:
    """A finding with the number that stands beside it and in its cells; `last` of those that are put right alike."""

    number: int
    finding: Finding
    last: bool

    @property
    def table(self) -> TableNumber | None:
        """The table in which the faulty place is."""
        place = self.finding.places[0] if self.finding.places else None
        return place.table if isinstance(place, CellPlace) else None


@dataclass(frozen=True, slots=True)
class Marks:
    """What is to be marked in one cell: findings at fault there, what it should be if suspected, whether it was compared."""

    faulty: tuple[Numbered, ...]
    should_be: int | float | None
    compared: bool

    @property
    def classes(self) -> str:
        """The CSS classes of the cell."""
        severity = min(
            (numbered.finding.severity for numbered in self.faulty), key=list(SEVERITIES).index, default=None
        )
        named = (
            severity and f"fault-{severity}",
            self.should_be is not None and "suspect",
            self.compared and "compared",
        )
        return " ".join(name for name in named if name)


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """A table ready to be drawn: title, a note on its state, and its rows."""

    number: TableNumber
    title: str
    note: str | None
    drawn: bool
    rows: tuple[tuple[Label | tuple[Figure, Marks], ...], ...]


@dataclass(frozen=True)
class DrawnReport:
    """A report ready to be drawn; `number` is unique on the page."""

    number: int
    report: Report
    judgement: Judgement
    tally: str
    groups: tuple[tuple[Severity, tuple[Numbered, ...]], ...]
    tables: tuple[DrawnTable, ...]


@dataclass(frozen=True)
class DrawnDocument:
    """A document and its reports."""

    checked: Checked
    reports: tuple[DrawnReport, ...]


def page(documents: Sequence[Checked]) -> str:
    """Return the page for all documents of one check."""
    drawn, number = [], 0
    for checked in documents:
        reports = tuple(_report(number + index, *judged) for index, judged in enumerate(checked.judged, start=1))
        drawn.append(DrawnDocument(checked, reports))
        number += len(reports)
    return _template().render(
        documents=drawn,
        severities=SEVERITIES,
        not_checked=NOT_CHECKED,
        statuses=STATUSES,
        forms=FORMS,
        verdicts=_VERDICTS,
    )


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("shared.output"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "basis": basis,
        "why": reason,
        "shown": _shown,
        "not_checked_rules": not_checked_rules,
    }
    environment.tests |= {"label": lambda drawn: isinstance(drawn, Label)}
    return environment.get_template("page.html")


def _report(number: int, report: Report, judgement: Judgement) -> DrawnReport:
    runs = [run for _, group in by_severity(judgement.findings) for run in remedied_alike(group)]
    ordered = [(finding, finding is run[-1]) for run in runs for finding in run]
    numbered = tuple(Numbered(place, finding, last) for place, (finding, last) in enumerate(ordered, start=1))
    groups = (
        (severity, tuple(each for each in numbered if each.finding.severity == severity)) for severity in SEVERITIES
    )
    return DrawnReport(
        number=number,
        report=report,
        judgement=judgement,
        tally=tally(judgement),
        groups=tuple((severity, group) for severity, group in groups if group),
        tables=tuple(_table(name, table, numbered) for name, table in sorted(report.tables.items())),
    )


def _table(number: TableNumber, table: Table, findings: tuple[Numbered, ...]) -> DrawnTable:
    here = tuple(numbered for numbered in findings if _concerns(numbered.finding, number))
    rows = tuple(
        tuple(drawn if isinstance(drawn, Label) else (drawn, _marks(number, drawn.cell, here)) for drawn in row)
        for row in draw(number, table)
    )
    return DrawnTable(
        number,
        FORM_TABLES[edition_of(number, table)].tables[number].title,
        _TABLE_STATES.get(table.state),
        table.state not in {"absent", "picture"},
        rows,
    )


def _concerns(finding: Finding, number: TableNumber) -> bool:
    return any(isinstance(place, CellPlace) and place.table == number for place in finding.places)


def _covers(place: object, number: TableNumber, cell: Cell) -> bool:
    """Whether a place is this cell, its row or its column; a whole table marks no cell."""
    if not isinstance(place, CellPlace) or place.table != number or (place.row is None and place.column is None):
        return False
    return place.row in {None, cell.row} and place.column in {None, cell.column}


def _marks(number: TableNumber, cell: Cell, findings: tuple[Numbered, ...]) -> Marks:
    def first_or_listed(finding: Finding) -> bool:
        # A finding without figures (blank cells, placeholders) lists its cells: each of them is at fault.
        faulty = finding.places[:1] if finding.difference is not None else finding.places
        return any(_covers(place, number, cell) for place in faulty)

    return Marks(
        faulty=tuple(each for each in findings if first_or_listed(each.finding)),
        should_be=next(
            (value for each in findings if (value := _should_be(each.finding, number, cell)) is not None), None
        ),
        compared=any(_covers(place, number, cell) for each in findings for place in each.finding.places),
    )


def _should_be(finding: Finding, number: TableNumber, cell: Cell) -> int | float | None:
    suspect = finding.suspect
    if not isinstance(suspect, Suspect) or (suspect.table, suspect.row, suspect.column) != (
        number,
        cell.row,
        cell.column,
    ):
        return None
    return as_json(suspect.should_be)


def _shown(cell: Cell) -> str:
    """Return what stands in a drawn cell: the figure as printed, or a word for what is not there."""
    return _STATES.get(cell.state) or cell.raw or ""
