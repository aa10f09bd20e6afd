"""Findings as a clerk reads them: which place, what it says, what it should say, what to do, on what basis. Pure."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from shared.forms import FORMS, form_of_year
from shared.forms.printed import ORDINALS, printed_column, printed_row, printed_table
from shared.model.cell import FormEdition
from shared.model.finding import CellPlace, Finding, Place, Severity, Suspect, TextPlace, Value
from shared.model.number import Number
from shared.output.meanings import basis

_LONGEST_QUOTE = 20
_MOST_PLACES = 12
_ADVICE: dict[Severity, str] = {
    "E": "请对照原始台账核对，更正后重新发布。",
    "W": "请核实；确有误的请更正，无误的请回复说明。",
    "I": "供参考，不要求回复。",
}


@dataclass(frozen=True, slots=True)
class Statement:
    """One finding: the number it keeps through versions, its rule and its sentence."""

    number: int
    rule: str
    message: str


@dataclass(frozen=True, slots=True)
class Item:
    """What a clerk mends in one go: one finding, or all that one suspect cell explains."""

    place: str
    read: str | None
    expected: str | None
    difference: str | None
    suspected: bool
    advice: str
    basis: str
    statements: tuple[Statement, ...]

    @property
    def numbers(self) -> str:
        """The numbers of the findings in it: "2、3"."""
        return "、".join(str(statement.number) for statement in self.statements)


def one_line(text: str) -> str:
    """Return a text without line breaks and control or direction characters: fit for a header, a name, a list."""
    spaced = "".join(" " if char.isspace() else char for char in text)
    return " ".join("".join(char for char in spaced if unicodedata.category(char) not in {"Cc", "Cf", "Cs"}).split())


def items(findings: Iterable[Finding], numbers: dict[str, int], year: int | None) -> tuple[Item, ...]:
    """Return the items of findings of one severity; those of one suspect cell stand together where its first one stands."""
    listed = list(findings)
    first: dict[Suspect, int] = {}
    for index, found in enumerate(listed):
        if isinstance(found.suspect, Suspect):
            first.setdefault(found.suspect, index)
    # Each finding is placed where the first of its suspect cell stands; others keep their own place.
    order = [first[f.suspect] if isinstance(f.suspect, Suspect) else index for index, f in enumerate(listed)]
    placed = sorted(zip(order, listed, strict=True), key=lambda pair: pair[0])
    groups = (tuple(found for _, found in pairs) for _, pairs in groupby(placed, key=lambda pair: pair[0]))
    return tuple(_item(group, numbers, year) for group in groups)


def _item(group: tuple[Finding, ...], numbers: dict[str, int], year: int | None) -> Item:
    leading = group[0]
    statements = tuple(Statement(numbers[found.key], found.rule, one_line(found.message)) for found in group)
    cited = basis(dict.fromkeys(code for found in group for code in found.basis))
    suspect = leading.suspect
    if isinstance(suspect, Suspect):
        cell = CellPlace(suspect.table, suspect.row, suspect.column)
        gap = None if suspect.value is None else suspect.value - suspect.should_be
        return Item(
            place=place_text(cell, year),
            read="（空）" if suspect.value is None else value_text(suspect.value),
            expected=value_text(suspect.should_be),
            difference=difference_text(gap),
            suspected=True,
            advice=f"请核对这个单元格；改为{value_text(suspect.should_be)}后，以上等式全部成立。这是系统推断，请以台账为准。",
            basis=cited,
            statements=statements,
        )
    return Item(
        place=_places_text(leading, year),
        read=value_text(leading.read),
        expected=value_text(leading.expected),
        difference=difference_text(leading.difference),
        suspected=False,
        advice=one_line(leading.suggestion or _ADVICE[leading.severity]),
        basis=cited,
        statements=statements,
    )


def _places_text(found: Finding, year: int | None) -> str:
    """Return the faulty place; where nothing is compared every place is a faulty one."""
    compares = found.read is not None or found.expected is not None
    places = found.places[:1] if compares else found.places[:_MOST_PLACES]
    told = "、".join(dict.fromkeys(place_text(place, year) for place in places)) or "整份报告"
    hidden = 0 if compares else len(found.places) - len(places)
    return f"{told}等{len(found.places)}处" if hidden > 0 else told


def place_text(place: Place, year: int | None) -> str:
    """Return a place as printed in the report: chapter and table, row and column, or the words quoted."""
    if isinstance(place, TextPlace):
        return _quoted(place)
    edition = _edition(place, year)
    where = f"第{ORDINALS[place.table]}部分{printed_table(place.table)}"
    row = f"“{printed_row(edition, place.table, place.row)}”行" if place.row is not None else ""
    column = f"“{printed_column(edition, place.table, place.column)}”列" if place.column is not None else ""
    return where + row + column


def _quoted(place: TextPlace) -> str:
    where = {"title": "标题", None: "正文"}.get(place.section, f"第{place.section}部分")
    quote = one_line(place.quote)
    shown = quote if len(quote) <= _LONGEST_QUOTE else quote[: _LONGEST_QUOTE - 1] + "…"
    return f"{where}“{shown}”" if shown else where


def _edition(place: CellPlace, year: int | None) -> FormEdition:
    """Return the edition that prints this row and column: the one of the report's year if it has them, else the other.

    A report in the wrong form names cells of that form, and a judgement does not say which one was used.
    """
    due = form_of_year(year) if year is not None else None
    for form in sorted(FORMS.values(), key=lambda form: form is not due):
        addresses = form.tables[place.table].addresses
        if any(place.row in {None, row} and place.column in {None, column} for row, column in addresses):
            return form.edition
    raise KeyError((place.table, place.row, place.column))


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


def places_listed(places: Sequence[Place], year: int | None) -> str:
    """Return places in short: the first few, and how many there are."""
    told = list(dict.fromkeys(place_text(place, year) for place in places))
    return "、".join(told[:3]) + (f"等{len(told)}处" if len(told) > 3 else "")
