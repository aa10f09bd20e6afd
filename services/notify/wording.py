"""Findings as a clerk reads them: which place, what it says, what it should say, what to do, on what basis. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from shared.forms.printed import ORDINALS, edition_printing, printed_cells, printed_column, printed_row, printed_table
from shared.model.finding import CellPlace, Finding, Place, Severity, Suspect, TextPlace, Value
from shared.model.number import Number
from shared.output import grouping
from shared.output.checked import SEVERITIES
from shared.output.columns import one_line
from shared.output.grouping import Matter, matters
from shared.output.meanings import basis
from shared.output.places import listed, quoted

_MOST_PLACES = 12
_SPELT_OUT = 3
_ADVICE: dict[Severity, str] = {
    "E": "请对照原始台账核对，更正后重新发布。",
    "W": "请核实；确有误的请更正，无误的请回复说明。",
    "I": "供参考，不要求回复。",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence: the numbers that its findings keep through versions, its rule, its severity where not the item's."""

    numbers: str
    rule: str
    message: str
    otherwise: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """What a clerk mends in one go: findings that differ only in their place, or all that concern one suspect cell.

    `named` lists the places where there are several; `expected_as` says what the expected figure is.
    """

    severity: Severity
    numbers: str
    place: str
    named: str | None
    read: str | None
    expected: str | None
    difference: str | None
    expected_as: str
    advice: str
    basis: str
    statements: tuple[Statement, ...]


def items(findings: Iterable[Finding], numbers: dict[str, int], year: int | None) -> tuple[Item, ...]:
    """Return the items of findings, the gravest first."""
    return tuple(_item(matter, numbers, year) for matter in matters(findings, year))


def _item(matter: Matter, numbers: dict[str, int], year: int | None) -> Item:
    leading = matter.statements[0].leading
    found = [each for statement in matter.statements for each in statement.findings]
    suspect = matter.suspect
    read, expected, difference = _figures(leading, suspect)
    return Item(
        severity=matter.severity,
        numbers=numbers_told(numbers[each.key] for each in found),
        place=_place(matter, year),
        named=matter.statements[0].named,
        read=read,
        expected=expected,
        difference=difference,
        expected_as=_expected_as(leading, suspect),
        advice=one_line(_advice(matter)),
        basis=basis(dict.fromkeys(code for each in found for code in each.basis)),
        statements=tuple(_statement(each, matter.severity, numbers) for each in matter.statements),
    )


def _expected_as(leading: Finding, suspect: Suspect | None) -> str:
    """Return what the expected is called; of two places that differ, and of the prose and its measure, either may be wrong."""
    if suspect is not None:
        return "按勾稽关系应为"
    if not isinstance(leading.places[0], TextPlace):
        return "应为"
    if leading.read is None:
        return "缺少"
    return "比较的另一处" if len(leading.places) > 1 else "对照"


def _figures(leading: Finding, suspect: Suspect | None) -> tuple[str | None, str | None, str | None]:
    """Return what is read, what is expected, and the difference; of a suspect cell its own."""
    if suspect is None:
        return value_text(leading.read), value_text(leading.expected), difference_text(leading.difference)
    gap = None if suspect.value is None else suspect.value - suspect.should_be
    return value_text(suspect.value) or "（空）", value_text(suspect.should_be), difference_text(gap)


def _advice(matter: Matter) -> str:
    """Return what to do; of a suspect cell what it should be, and what else is to be put right in it."""
    leading, suspect = matter.statements[0].leading, matter.suspect
    if suspect is None:
        return leading.suggestion or _ADVICE[leading.severity]
    others = dict.fromkeys(each.leading.suggestion or "" for each in matter.statements if not each.leading.suspect)
    inferred = (
        f"请核对这个单元格；改为{value_text(suspect.should_be)}后，有关等式全部成立。这是系统推断，请以台账为准。"
    )
    return inferred + "".join(others)


def _statement(statement: grouping.Statement, severity: Severity, numbers: dict[str, int]) -> Statement:
    leading = statement.leading
    return Statement(
        numbers=numbers_told(numbers[each.key] for each in statement.findings),
        rule=leading.rule,
        message=one_line(statement.message),
        otherwise=SEVERITIES[leading.severity] if leading.severity != severity else None,
    )


def numbers_told(numbers: Iterable[int]) -> str:
    """Return numbers in their order, three or more in a row as a range: 2、5—144."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{run[0]}—{run[-1]}" if len(run) > 2 else "、".join(map(str, run)) for run in runs)


def _place(matter: Matter, year: int | None) -> str:
    """Return the cell suspected, else the faulty place, of several in one table how many; where nothing is compared all are faulty."""
    if matter.suspect:
        return place_text(CellPlace(matter.suspect.table, matter.suspect.row, matter.suspect.column), year)
    statement = matter.statements[0]
    found = statement.leading
    if statement.counted and isinstance(found.places[0], CellPlace):
        return f"{place_text(CellPlace(found.places[0].table), year)}{statement.counted}"
    compares = found.read is not None or found.expected is not None
    if not compares and (named := _cells_named(found.places, year)):
        return named
    places = found.places[:1] if compares else found.places[:_MOST_PLACES]
    told = "、".join(dict.fromkeys(place_text(place, year) for place in places)) or "整份报告"
    hidden = 0 if compares else len(found.places) - len(places)
    return f"{told}等{len(found.places)}处" if hidden > 0 else told


def _cells_named(places: Sequence[Place], year: int | None) -> str | None:
    """Return more than three cells of one table under its name, said once; None for fewer, and for other places."""
    cells = {(place.row, place.column): place for place in places if isinstance(place, CellPlace)}
    addresses = [(row, column) for row, column in cells if row is not None and column is not None]
    tables = {place.table for place in cells.values()}
    if len(addresses) <= _SPELT_OUT or len(addresses) < len(places) or len(tables) > 1:
        return None
    first = next(iter(cells.values()))
    names = list(printed_cells(edition_printing(first, year), first.table, addresses))
    return place_text(CellPlace(first.table), year) + listed(names, _MOST_PLACES, f"{len(places)}处")


def place_text(place: Place, year: int | None) -> str:
    """Return a place as printed in the report: chapter and table, row and column, or the words quoted."""
    if isinstance(place, TextPlace):
        return quoted(place)
    edition = edition_printing(place, year)
    where = f"第{ORDINALS[place.table]}部分{printed_table(place.table)}"
    row = f"“{printed_row(edition, place.table, place.row)}”行" if place.row is not None else ""
    column = f"“{printed_column(edition, place.table, place.column)}”列" if place.column is not None else ""
    return where + row + column


def value_text(value: Value) -> str | None:
    """Return a figure as a clerk writes it, a text on one line, None for nothing."""
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return None if value is None else str(value)


def difference_text(difference: Number | None) -> str | None:
    """Return a difference with its direction: the report's figure is that much too large or too small."""
    if difference is None or difference == 0:
        return None
    return f"{value_text(difference if difference > 0 else -difference)}（报告{'偏大' if difference > 0 else '偏小'}）"
