"""The examples of a rule for readers: what is printed, and what should be."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from services.validate.quotations import quotations
from services.validate.rule import Case, Rule, RuleEdition
from shared.forms import FORMS, form_of_year
from shared.forms.printed import printed_place
from shared.model.cell import FormEdition, TableNumber
from shared.model.finding import CellPlace
from shared.model.number import Number
from shared.testing.reports import clean_figures, clean_report

EDITIONS: dict[RuleEdition, str] = {"2019": "2019年试行格式", "2021": "现行格式", "pre2019": "2019年以前"}

_STATES = {"absent": "（没有这张表）", "picture": "（图片）", "damaged": "（残缺）", "present": "（有）"}
_CELLS = {"missing": "（没有印出）", "unplaced": "（少印了数字）", "blank": "（没填）"}
_FIELDS = {
    "year": "报告年度",
    "published": "发布日期",
    "agency": "报告机关",
    "publisher": "发布机关",
    "title": "标题",
}
_ATTACHED = {"read": "已读到", "awaited": "还在读取", "unread": "没有读到"}


@dataclass(frozen=True, slots=True)
class Difference:
    """What an example prints at a place, and what is right there; None: that cannot be said of this place alone."""

    place: str
    printed: str
    right: str | None


@dataclass(frozen=True, slots=True)
class Example:
    """A case in a few words, what else is known in it, and in what its report differs from the clean one."""

    what: str
    known: tuple[str, ...]
    differences: tuple[Difference, ...]

    @property
    def named(self) -> str:
        """The case with what else is known."""
        return f"{self.what}（{'；'.join(self.known)}）" if self.known else self.what


def wrong(rule: Rule) -> tuple[Example, ...]:
    """Return what the rule finds, each place beside what is right there."""
    return tuple(_example(case, rule.silent) for case in rule.breaks)


def traps(rule: Rule) -> tuple[Example, ...]:
    """Return what looks like it and is not found."""
    return tuple(_example(case, ()) for case in rule.silent)


def _example(case: Case, silent: Sequence[Case]) -> Example:
    return Example(case.what, tuple(_known(case)), tuple(_differences(case, silent)))


def _known(case: Case) -> Iterator[str]:
    """Yield what a case has beside the text and the figures of its report."""
    if case.edition != "2021":
        yield EDITIONS[case.edition]
    if case.agency:
        level = case.agency.level and f"{case.agency.level}级"
        yield f"机关名录：{'，'.join(filter(None, (case.agency.name, level, case.agency.type)))}"
    for name, value in _report(case).items():
        if name in _FIELDS:
            yield f"{_FIELDS[name]}：{value or '没有'}"
        elif name == "attachments":
            yield from (f"附件{_ATTACHED[each.state]}" for each in value)
    yield from (f"本地要求写明：{each.name}" for each in case.local)
    yield from (f"标题为“{each.printed}”" for each in quotations(case.edition, case.scene) if each.place == "标题")
    yield from _earlier(case)


def _report(case: Case) -> Mapping[str, Any]:
    fields: Any = case.edits.get("report", {})
    return dict(fields)


def _earlier(case: Case) -> Iterator[str]:
    """Yield what the report on the year before prints, by the form of that year, where it does not match."""
    year = clean_report(case.edition).year
    form = form_of_year(year - 1) if year is not None else None
    for key, value in (case.earlier or {}).items():
        (cell,) = _cells(key, value, form.edition if form else case.edition)
        yield f"上一年度报告{cell.place}为{cell.printed}"
    if case.earlier is not None and not case.earlier:
        yield "上一年度报告与样例相接"


def _differences(case: Case, silent: Sequence[Case]) -> Iterator[Difference]:
    for each in quotations(case.edition, case.text, case.scene):
        yield Difference(each.place, each.printed or _CELLS["missing"], each.right or "（删去）")
    for key, value in case.edits.items():
        if key == "prose":
            yield from _prose(value, silent)
        elif "/" in key:
            yield from _cells(key, value, case.edition)
        elif key != "report":
            yield from _table(key, value, case.edition)


def _prose(chapters: Any, silent: Sequence[Case]) -> Iterator[Difference]:
    """Yield what chapters print, beside that silent case's chapter which is most like it."""
    for ordinal, printed in chapters.items():
        others = [
            case.edits["prose"][ordinal]  # type: ignore[index]
            for case in silent
            if set(case.edits) == {"prose"} and ordinal in case.edits["prose"]  # type: ignore[operator]
        ]
        alike = max(others, key=lambda other: SequenceMatcher(None, printed, other).ratio(), default=None)
        yield Difference(f"第{ordinal}部分", printed or _CELLS["missing"], None if alike == printed else alike)


def _table(key: str, fields: Any, edition: FormEdition) -> Iterator[Difference]:
    number = _number(key)
    place = printed_place(edition, CellPlace(number))
    if "state" in fields:
        yield Difference(place, _STATES[fields["state"]], _STATES["present"])
    if fields.get("form"):
        yield Difference(place, EDITIONS[fields["form"]], EDITIONS[edition])
    printing = fields.get("printing")
    for label in printing.altered if printing else ():
        yield Difference(place, label.found, label.label)


def _cells(key: str, value: Any, edition: FormEdition) -> Iterator[Difference]:
    number = _number(key)
    place = _place(number, key.partition("/")[2], edition)
    right = _right(place, edition)
    printed = _printed(value)
    yield Difference(printed_place(edition, place), printed, None if right == printed else right)


def _number(key: str) -> TableNumber:
    number = key.partition("/")[0].removeprefix("table")
    return next(each for each in FORMS["2021"].tables if each == number)


def _place(number: TableNumber, path: str, edition: FormEdition) -> CellPlace:
    """Return the row, column or cell that an edit names."""
    row, _, column = path.rpartition("/")
    addresses = FORMS[edition].tables[number].addresses
    if any(path == each for each, _ in addresses):
        return CellPlace(number, path)
    return CellPlace(number, row or None, column)


def _right(place: CellPlace, edition: FormEdition) -> str | None:
    """Return what the clean report prints in a cell or in all columns of a row."""
    if place.row is None:
        return None
    figures: Mapping[tuple[str, str], Number] = clean_figures(edition, place.table)
    columns = [column for row, column in FORMS[edition].tables[place.table].addresses if row == place.row]
    return "、".join(str(figures.get((place.row, each), 0)) for each in columns if place.column in {None, each})


def _printed(value: Any) -> str:
    if value is None:
        return _CELLS["blank"]
    if isinstance(value, Mapping):
        raw, state = value.get("raw"), value.get("state", "")
        return str(raw) if raw is not None else _CELLS.get(state, str(value.get("value", "")))
    return str(value)
