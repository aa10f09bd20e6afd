"""The page of a check: one self-contained HTML file, the tables drawn as the official form, faulty cells marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from shared.forms import FORMS as FORM_TABLES
from shared.model.cell import Cell, Table, TableNumber
from shared.model.finding import CellPlace, Finding, Severity, Suspect
from shared.model.judgement import Judgement
from shared.model.number import as_json
from shared.model.report import Report
from shared.output.checked import (
    FORMS,
    NO_FORM,
    NOT_CHECKED,
    SEVERITIES,
    STATUSES,
    Checked,
    Gap,
    conclusion,
    gaps,
    remark,
)
from shared.output.drawing import Figure, Label, draw
from shared.output.grouping import Matter, Statement, by_severity, matters, remedied_alike
from shared.output.meanings import TABLE_STATES, edition_of
from shared.output.rendering import template

_VERDICTS = {"合格": "good", "请核实": "warn", "需更正": "error", "无法核验": "open", NO_FORM: "open"}


@dataclass(frozen=True, slots=True)
class Numbered:
    """A statement with the number that stands beside it and in its cells; `last` of those that are put right alike."""

    number: int
    statement: Statement
    last: bool

    @property
    def finding(self) -> Finding:
        """The first of its findings; all have one rule, severity, suggestion and basis."""
        return self.statement.leading

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
    conclusion: str
    remark: str
    gaps: tuple[Gap, ...]
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
    return template("page.html").render(
        documents=drawn,
        severities=SEVERITIES,
        not_checked=NOT_CHECKED,
        statuses=STATUSES,
        forms=FORMS,
        verdicts=_VERDICTS,
    )


def _report(number: int, report: Report, judgement: Judgement) -> DrawnReport:
    groups = tuple(_numbered(matters(judgement.findings, report.year)))
    numbered = tuple(each for _, group in groups for each in group)
    return DrawnReport(
        number=number,
        report=report,
        judgement=judgement,
        conclusion=conclusion(judgement.verdict, report.form),
        remark=remark(report, judgement),
        gaps=gaps(judgement, report.year),
        groups=groups,
        tables=tuple(_table(name, table, numbered) for name, table in sorted(report.tables.items())),
    )


def _numbered(found: Sequence[Matter]) -> Iterator[tuple[Severity, tuple[Numbered, ...]]]:
    number = count(1)
    for severity, group in by_severity(found):
        runs = remedied_alike(statement for matter in group for statement in matter.statements)
        yield severity, tuple(Numbered(next(number), each, each is run[-1]) for run in runs for each in run)


def _table(number: TableNumber, table: Table, findings: tuple[Numbered, ...]) -> DrawnTable:
    here = tuple(numbered for numbered in findings if any(_concerns(f, number) for f in numbered.statement.findings))
    rows = tuple(
        tuple(drawn if isinstance(drawn, Label) else (drawn, _marks(number, drawn.cell, here)) for drawn in row)
        for row in draw(number, table)
    )
    return DrawnTable(
        number,
        FORM_TABLES[edition_of(number, table)].tables[number].title,
        TABLE_STATES.get(table.state),
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
    def at_fault(finding: Finding) -> bool:
        # A finding without figures (blank cells, placeholders) lists its cells: each of them is at fault.
        faulty = finding.places[:1] if finding.difference is not None else finding.places
        return any(_covers(place, number, cell) for place in faulty)

    told = [finding for each in findings for finding in each.statement.findings]
    return Marks(
        faulty=tuple(each for each in findings if any(map(at_fault, each.statement.findings))),
        should_be=next((value for each in told if (value := _should_be(each, number, cell)) is not None), None),
        compared=any(_covers(place, number, cell) for each in told for place in each.places),
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
