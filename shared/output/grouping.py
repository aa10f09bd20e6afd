"""Findings as they are told: those that differ in nothing but their place in one sentence, those of one cell together."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from shared.forms.printed import edition_printing, printed_cell, printed_cells, printed_column, printed_row
from shared.model.cell import TableNumber
from shared.model.finding import CellPlace, Finding, Severity, Suspect, gravity
from shared.output.places import listed

_NAMED = 8

T = TypeVar("T")


@dataclass(frozen=True)
class Statement:
    """What is told in one sentence: one finding, or several whose wording differs in nothing but the place.

    Of several, `counted` is how many places there are ("140处") and `named` the first eight by their printed names.
    """

    findings: tuple[Finding, ...]
    message: str
    counted: str | None = None
    named: str | None = None

    @property
    def leading(self) -> Finding:
        """The first finding; the others have the same rule, figures, suggestion and basis."""
        return self.findings[0]


@dataclass(frozen=True)
class Matter:
    """What is put right in one go: one statement, or all that one suspect cell explains and what else is wrong in it."""

    statements: tuple[Statement, ...]
    suspect: Suspect | None

    @property
    def severity(self) -> Severity:
        """The gravest of its statements, which stands first."""
        return self.statements[0].leading.severity


@dataclass(frozen=True, slots=True)
class _Wording:
    """A message taken apart at the quoted name of its place; `unit` counts places of this kind."""

    table: TableNumber
    before: str
    name: str
    behind: str
    unit: str


def matters(findings: Iterable[Finding], year: int | None) -> tuple[Matter, ...]:
    """Return what is to be put right, the gravest first, otherwise in the order of the findings."""
    found = list(findings)
    suspects = {CellPlace(s.table, s.row, s.column): s for f in found if isinstance(s := f.suspect, Suspect)}
    statements = _statements(found, suspects, year)
    alike = _gathered(statements, lambda index, statement: _home(statement.leading, suspects) or index)
    whole = [_matter(group, suspects) for group in alike]
    return tuple(sorted(whole, key=lambda matter: gravity(matter.statements[0].leading)))


def by_severity(found: Iterable[Matter]) -> list[tuple[Severity, list[Matter]]]:
    """Return the matters of each severity that occurs, in their order."""
    return [(severity, list(group)) for severity, group in groupby(found, key=lambda matter: matter.severity)]


def remedied_alike(statements: Iterable[Statement]) -> list[list[Statement]]:
    """Return runs of neighbouring statements with one suggestion and one basis, so that these are said once."""
    runs = groupby(statements, key=lambda statement: (statement.leading.suggestion, statement.leading.basis))
    return [list(run) for _, run in runs]


def _matter(statements: Sequence[Statement], suspects: Mapping[CellPlace, Suspect]) -> Matter:
    ordered = sorted(statements, key=lambda statement: gravity(statement.leading))
    return Matter(tuple(ordered), _home(ordered[0].leading, suspects))


def _home(found: Finding, suspects: Mapping[CellPlace, Suspect]) -> Suspect | None:
    """Return the suspect cell that a finding belongs to: the one that explains it, or the one in which it stands."""
    if isinstance(found.suspect, Suspect):
        return found.suspect
    place = found.places[0] if found.places else None
    return suspects.get(place) if isinstance(place, CellPlace) else None


def _statements(found: Sequence[Finding], suspects: Mapping[CellPlace, Suspect], year: int | None) -> list[Statement]:
    wordings = [_wording(each, year) for each in found]

    def likeness(index: int, each: Finding) -> Hashable:
        wording = wordings[index]
        if wording is None:
            return index
        figures = (each.read, each.expected, each.difference)
        said = (wording.table, wording.before, wording.behind, wording.unit)
        return (
            each.rule,
            each.severity,
            figures,
            said,
            each.suggestion,
            each.basis,
            each.explained,
            _home(each, suspects),
        )

    groups = _gathered(list(zip(found, wordings, strict=True)), lambda index, pair: likeness(index, pair[0]))
    return [_statement(group, year) for group in groups]


def _statement(group: Sequence[tuple[Finding, _Wording | None]], year: int | None) -> Statement:
    findings = tuple(found for found, _ in group)
    wordings = [wording for _, wording in group if wording]
    if len(wordings) < 2:
        return Statement(findings, findings[0].message)
    counted = f"{len(group)}{wordings[0].unit}"
    message = f"{wordings[0].before}{counted}{wordings[0].behind}"
    return Statement(findings, message, counted, listed(_named(findings, wordings, year), _NAMED, counted))


def _named(findings: Sequence[Finding], wordings: Sequence[_Wording], year: int | None) -> list[str]:
    """Return the names of places in quotes; a row of which all cells are among them is named once."""
    if wordings[0].unit != "处":
        return [f"“{wording.name}”" for wording in wordings]
    cells = [place for found in findings if isinstance(place := found.places[0], CellPlace)]
    edition = edition_printing(cells[0], year)
    addresses = [(cell.row, cell.column) for cell in cells if cell.row is not None and cell.column is not None]
    return list(printed_cells(edition, wordings[0].table, addresses))


def _wording(found: Finding, year: int | None) -> _Wording | None:
    """Return a message taken apart; None where it does not name its place in quotes."""
    place = found.places[0] if found.places else None
    if not isinstance(place, CellPlace):
        return None
    named = ((found.message.find(f"“{name}”"), name, unit, noun) for name, unit, noun in _names(place, year))
    at, name, unit, noun = min((each for each in named if each[0] >= 0), default=(-1, "", "", ""))
    if at < 0:
        return None
    before, behind = found.message[:at], found.message[at + len(name) + 2 :]
    # The noun that goes with the name becomes the unit: 缺少“(七)总计”一行 is 缺少3行.
    return _Wording(place.table, before, name, behind.removeprefix("一").removeprefix(noun) if noun else behind, unit)


def _names(place: CellPlace, year: int | None) -> Iterator[tuple[str, str, str]]:
    """Yield the names that a message may use for a place, with what counts such places and the noun behind the name."""
    edition = edition_printing(place, year)
    if place.row is not None and place.column is not None:
        yield printed_cell(edition, place.table, place.row, place.column), "处", ""
    if place.row is not None:
        yield printed_row(edition, place.table, place.row), "行", "行"
    if place.column is not None:
        yield printed_column(edition, place.table, place.column), "列", "列"


def _gathered(items: Sequence[T], key: Callable[[int, T], Hashable]) -> list[list[T]]:
    """Return the items with one key together, where the first of them stands."""
    groups: dict[Hashable, list[T]] = {}
    for index, item in enumerate(items):
        groups.setdefault(key(index, item), []).append(item)
    return list(groups.values())
