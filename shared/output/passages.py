"""The text of a report cut into passages: what belongs to cells, headings, masked data, and all the rest."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from shared.model.cell import Span, TableNumber
from shared.model.report import Report

Kind = Literal["text", "heading", "masked", "cells"]


class Address(NamedTuple):
    """A cell of a report: its table, and its position in the order of the form."""

    table: TableNumber
    position: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of the text; one of `kind` cells has the addresses of those that were read from it, in order."""

    text: str
    kind: Kind = "text"
    addresses: tuple[Address, ...] = ()


class _Range(NamedTuple):
    start: int
    end: int
    kind: Kind
    addresses: tuple[Address, ...] = ()


def passages(report: Report) -> tuple[Passage, ...]:
    """Return the whole text in passages; cells whose ranges overlap share one, and nothing else cuts into it."""
    taken = list(_joined(_cells(report)))
    for each in (*_masked(report), *_headings(report)):
        _insert(taken, each)
    return tuple(_cut(report.text, taken))


def _cells(report: Report) -> list[_Range]:
    ranges = (
        _Range(cell.at.start, cell.at.end, "cells", (Address(number, index),))
        for number, table in sorted(report.tables.items())
        for index, cell in enumerate(table.cells)
        if isinstance(cell.at, Span)
    )
    return sorted(ranges, key=lambda each: each[:2])


def _joined(ranges: Sequence[_Range]) -> Iterator[_Range]:
    """Yield ranges that do not overlap: of those that do, one with the addresses of all."""
    whole: _Range | None = None
    for each in ranges:
        if whole and (each.start < whole.end or each[:2] == whole[:2]):
            whole = _Range(whole.start, max(whole.end, each.end), "cells", whole.addresses + each.addresses)
            continue
        if whole:
            yield whole
        whole = each
    if whole:
        yield whole


def _masked(report: Report) -> Iterable[_Range]:
    return (_Range(mark.start, mark.end, "masked") for mark in report.marks)


def _headings(report: Report) -> Iterator[_Range]:
    for section in report.sections:
        end = report.text.find("\n", section.start)
        yield _Range(section.start, len(report.text) if end < 0 else end, "heading")


def _insert(taken: list[_Range], new: _Range) -> None:
    """Put a range among those that are there, unless it touches one of them."""
    place = bisect_left(taken, new.start, key=lambda each: each.start)
    before = taken[place - 1].end if place else 0
    after = taken[place].start if place < len(taken) else new.end
    if before <= new.start < new.end <= after:
        taken.insert(place, new)


def _cut(text: str, ranges: Sequence[_Range]) -> Iterator[Passage]:
    done = 0
    for start, end, kind, addresses in ranges:
        if done < start:
            yield Passage(text[done:start])
        yield Passage(text[start:end], kind, addresses)
        done = end
    if done < len(text):
        yield Passage(text[done:])
