"""The prose of a report as a page shows it: the paragraphs that state figures, cut at what each of them claims."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from shared.forms.metrics import cells_of, metric_title
from shared.model.cell import Table, TableNumber
from shared.model.claim import Claim
from shared.model.finding import TextPlace
from shared.model.number import as_json
from shared.model.report import Report
from shared.output.meanings import SCOPES, edition_of
from shared.output.passages import Address


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the text from `start` on; a marked one has its number in the report, from 1, its claims and their cells."""

    text: str
    start: int
    number: int | None = None
    claims: tuple[Claim, ...] = ()
    cells: tuple[Address, ...] = ()

    @property
    def read_as(self) -> str:
        """What it was read as, each claim once."""
        return "；".join(dict.fromkeys(read_as(claim) for claim in self.claims))

    @property
    def aside(self) -> bool:
        """Whether all that it claims is about more than the agency itself."""
        return bool(self.claims) and all(claim.scope != "own" for claim in self.claims)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with marked stretches; `heading` is the title of its chapter, above the first of the chapter's."""

    heading: str | None
    stretches: tuple[Stretch, ...]


class _Range(NamedTuple):
    start: int
    end: int
    claims: tuple[Claim, ...]


def read_as(claim: Claim) -> str:
    """Return what a claim was read as, and how surely: 表三“本年新收·总计”：60件（把握0.98）."""
    value = "" if claim.value is True else f"：{as_json(claim.value)}{claim.unit or ''}"
    scope = "" if claim.scope == "own" else f"{SCOPES[claim.scope]}，"
    return f"{metric_title(claim.metric)}{value}（{scope}把握{claim.confidence}）"


def paragraphs(report: Report, places: Iterable[TextPlace]) -> tuple[Paragraph, ...]:
    """Return the paragraphs with claims, or with places where something was found; ranges that overlap are one stretch."""
    claimed = [_Range(claim.start, claim.end, (claim,)) for claim in report.claims]
    found = [_Range(place.start, place.end, ()) for place in places if place.start < place.end <= len(report.text)]
    stretches = _stretches(report, _joined(sorted([*claimed, *found], key=lambda each: each[:2])))
    shown: list[Paragraph] = []
    above = None
    for start, group in _by_paragraph(report.text, stretches):
        heading = next((each.title for each in report.sections if each.start <= start < each.end), None)
        shown.append(Paragraph(heading if heading != above else None, tuple(_cut(report.text, start, group))))
        above = heading
    return tuple(shown)


def _by_paragraph(text: str, stretches: Iterable[Stretch]) -> Iterator[tuple[int, list[Stretch]]]:
    """Yield where paragraphs begin, with their stretches; lines that one stretch reaches over are one paragraph."""
    start, end, group = 0, -1, list[Stretch]()
    for each in stretches:
        if each.start > end:
            if group:
                yield start, group
            start, group = text.rfind("\n", 0, each.start) + 1, []
        group.append(each)
        stop = text.find("\n", each.start + len(each.text))
        end = len(text) if stop < 0 else stop
    if group:
        yield start, group


def _joined(ranges: Iterable[_Range]) -> Iterator[_Range]:
    start, end, claims = 0, 0, list[Claim]()
    for each in ranges:
        if each.start >= end:
            if end:
                yield _Range(start, end, tuple(claims))
            start, end, claims = each.start, each.end, []
        end = max(end, each.end)
        claims += each.claims
    if end:
        yield _Range(start, end, tuple(claims))


def _stretches(report: Report, ranges: Iterable[_Range]) -> Iterator[Stretch]:
    positions = {number: _positions(table) for number, table in report.tables.items()}
    for number, (start, end, claims) in enumerate(ranges, start=1):
        cells = dict.fromkeys(each for claim in claims for each in _cells(report.tables, positions, claim))
        yield Stretch(report.text[start:end], start, number, claims, tuple(cells))


def _positions(table: Table) -> dict[tuple[str, str], int]:
    return {(cell.row, cell.column): position for position, cell in enumerate(table.cells)}


def _cells(
    tables: Mapping[TableNumber, Table], positions: Mapping[TableNumber, Mapping[tuple[str, str], int]], claim: Claim
) -> Sequence[Address]:
    for number, table in tables.items():
        found = cells_of(edition_of(number, table), claim.metric)
        if found and found[0] == number:
            return [Address(number, positions[number][address]) for address in found[1]]
    return ()


def _cut(text: str, start: int, marked: Iterable[Stretch]) -> Iterator[Stretch]:
    """Yield a paragraph's stretches: those that are marked, and what stands between them."""
    done = start
    for each in marked:
        if done < each.start:
            yield Stretch(text[done : each.start], done)
        yield each
        done = each.start + len(each.text)
    end = text.find("\n", done)
    if rest := text[done : None if end < 0 else end]:
        yield Stretch(rest, done)
