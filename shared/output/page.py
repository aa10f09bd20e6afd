"""The page of a check: one self-contained HTML file, the tables drawn as the official form, faulty cells marked."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from shared.forms import FORMS as FORM_TABLES
from shared.model.cell import Cell, TableNumber
from shared.model.finding import CellPlace, Finding, Severity, Suspect, TextPlace
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
    note,
    remark,
    tried,
)
from shared.output.drawing import Figure, Label, draw
from shared.output.grouping import Matter, Statement, by_severity, matters, remedied_alike
from shared.output.meanings import edition_of
from shared.output.passages import Address
from shared.output.prose import Paragraph, Stretch, paragraphs
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
    """What is to be marked in one cell: findings at fault there, what it should be if suspected, whether it was compared.

    `said`: the numbers of the stretches of the prose that are about it.
    """

    faulty: tuple[Numbered, ...]
    should_be: int | float | None
    compared: bool
    address: Address
    said: tuple[int, ...]

    @property
    def classes(self) -> str:
        """The CSS classes of the cell."""
        named = (
            _gravest(self.faulty),
            self.should_be is not None and "suspect",
            self.compared and "compared",
        )
        return " ".join(name for name in named if name)


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of the prose, and what was found there."""

    stretch: Stretch
    faulty: tuple[Numbered, ...]

    @property
    def classes(self) -> str:
        """The CSS classes of a marked stretch."""
        return " ".join(name for name in ("claim", _gravest(self.faulty), self.stretch.aside and "aside") if name)


@dataclass(frozen=True, slots=True)
class SaidParagraph:
    """A paragraph of the prose ready to be drawn, under a heading where its chapter begins."""

    heading: str | None
    said: tuple[Said, ...]

    @property
    def faulty(self) -> tuple[Numbered, ...]:
        """What was found in it, each once, by number."""
        return tuple(sorted({each for said in self.said for each in said.faulty}, key=lambda each: each.number))


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
    tried: str
    gaps: tuple[Gap, ...]
    groups: tuple[tuple[Severity, tuple[Numbered, ...]], ...]
    tables: tuple[DrawnTable, ...]
    prose: tuple[SaidParagraph, ...]
    anchors: Mapping[int, str]
    """Where a finding stands, by its number: its table, or its stretch of the prose."""


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
    prose = _prose(report, numbered)
    said = _said_of(prose)
    return DrawnReport(
        number=number,
        report=report,
        judgement=judgement,
        conclusion=conclusion(judgement.verdict, report.form),
        remark=remark(report, judgement),
        tried=tried(judgement),
        gaps=gaps(judgement, report.year),
        groups=groups,
        tables=tuple(_table(name, report, numbered, said) for name in sorted(report.tables)),
        prose=prose,
        anchors=_anchors(number, prose, numbered),
    )


def _anchors(number: int, prose: Sequence[SaidParagraph], findings: Sequence[Numbered]) -> dict[int, str]:
    tables = {each.number: f"table-{number}-{each.table}" for each in findings if each.table}
    told = ((each.number, said.stretch.number) for part in prose for said in part.said for each in said.faulty)
    # The first stretch of a finding is where it begins to be told: later ones do not replace it.
    return {finding: f"claim-{number}-{stretch}" for finding, stretch in reversed([*told])} | tables


def _prose(report: Report, findings: Sequence[Numbered]) -> tuple[SaidParagraph, ...]:
    places = [
        (place, numbered)
        for numbered in findings
        for finding in numbered.statement.findings
        for place in finding.places
        if isinstance(place, TextPlace)
    ]
    parts = paragraphs(report, (place for place, _ in places))
    marked = [stretch for part in parts for stretch in part.stretches if stretch.number]
    starts = [stretch.start for stretch in marked]
    faulty: dict[int | None, dict[Numbered, None]] = {}
    for place, numbered in places:
        if place.start < place.end <= len(report.text):
            faulty.setdefault(marked[bisect_right(starts, place.start) - 1].number, {})[numbered] = None
    return tuple(_said(part, faulty) for part in parts)


def _said(part: Paragraph, faulty: Mapping[int | None, Mapping[Numbered, None]]) -> SaidParagraph:
    said = tuple(
        Said(stretch, tuple(faulty.get(stretch.number, ())) if stretch.number else ()) for stretch in part.stretches
    )
    return SaidParagraph(part.heading, said)


def _said_of(prose: Sequence[SaidParagraph]) -> dict[Address, list[int]]:
    """Return the numbers of the stretches that are about each cell."""
    said: dict[Address, list[int]] = {}
    for part in prose:
        for each in part.said:
            for address in each.stretch.cells:
                said.setdefault(address, []).append(each.stretch.number or 0)
    return said


def _numbered(found: Sequence[Matter]) -> Iterator[tuple[Severity, tuple[Numbered, ...]]]:
    number = count(1)
    for severity, group in by_severity(found):
        runs = remedied_alike(statement for matter in group for statement in matter.statements)
        yield severity, tuple(Numbered(next(number), each, each is run[-1]) for run in runs for each in run)


def _gravest(findings: Sequence[Numbered]) -> str | None:
    """Return the CSS class of the gravest of findings; None for none."""
    severities = [numbered.finding.severity for numbered in findings]
    return f"fault-{min(severities, key=list(SEVERITIES).index)}" if severities else None


def _table(
    number: TableNumber, report: Report, findings: tuple[Numbered, ...], said: Mapping[Address, Sequence[int]]
) -> DrawnTable:
    table = report.tables[number]
    here = tuple(numbered for numbered in findings if any(_concerns(f, number) for f in numbered.statement.findings))
    positions = {(cell.row, cell.column): position for position, cell in enumerate(table.cells)}

    def marks(cell: Cell) -> Marks:
        address = Address(number, positions[cell.row, cell.column])
        return _marks(address, cell, here, said.get(address, ()))

    rows = tuple(
        tuple(drawn if isinstance(drawn, Label) else (drawn, marks(drawn.cell)) for drawn in row)
        for row in draw(number, table)
    )
    return DrawnTable(
        number,
        FORM_TABLES[edition_of(number, table)].tables[number].title,
        note(table, report),
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


def _marks(address: Address, cell: Cell, findings: tuple[Numbered, ...], said: Sequence[int]) -> Marks:
    number = address.table

    def at_fault(finding: Finding) -> bool:
        # A finding without figures (blank cells, placeholders) lists its cells: each of them is at fault.
        faulty = finding.places[:1] if finding.difference is not None else finding.places
        return any(_covers(place, number, cell) for place in faulty)

    told = [finding for each in findings for finding in each.statement.findings]
    return Marks(
        faulty=tuple(each for each in findings if any(map(at_fault, each.statement.findings))),
        should_be=next((value for each in told if (value := _should_be(each, number, cell)) is not None), None),
        compared=any(_covers(place, number, cell) for each in told for place in each.places),
        address=address,
        said=tuple(said),
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
