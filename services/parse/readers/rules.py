"""Straight lines on a page: joined where they were drawn in pieces, and put together where they cross or meet.

Places are in points from the upper left corner of the page.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import NamedTuple

from services.parse.document import Unreadable

SNAP = 3.0
"""Lines so near are one line, and so near an end is at a line: borders are drawn cell by cell, or double."""

_HAIR = 0.3
_GAP = 4.0  # between two dashes, or the borders of two cells
_SHORTEST = 5.0
_MOST_CROSSINGS = 1_000_000


class Box(NamedTuple):
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point is inside."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def meets(self, other: "Box") -> bool:
        """Whether two rectangles have something in common."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


class Rule(NamedTuple):
    """A straight line: its place across its direction, and from where to where it runs."""

    at: float
    start: float
    end: float


_start = itemgetter(1)  # of a line
_made = tuple.__new__  # makes a line in half of the time; there are hundreds on a page


def pieced(rules: Iterable[Rule]) -> list[Rule]:
    """Return the lines whole again that were drawn in pieces or dashes, in the order of their places."""
    return sorted(rule for band in _bands(rules, _HAIR) for rule in _joined(band, band[0].at))


def snapped(rules: Iterable[Rule]) -> list[Rule]:
    """Return the lines of one table with near ones put on one place."""
    found = []
    for band in _bands(rules, SNAP):
        found += _joined(band, sum(rule.at for rule in band) / len(band))
    return [rule for rule in found if rule.end - rule.start >= _SHORTEST]


def _bands(rules: Iterable[Rule], near: float) -> Iterator[list[Rule]]:
    """Yield the lines whose places are near those of their neighbours."""
    band: list[Rule] = []
    first = last = 0.0
    for rule in sorted(rules):
        at = rule[0]
        if band and (at - last > near or at - first > 2 * near):
            yield band
            band = []
        if not band:
            first = at
        band.append(rule)
        last = at
    if band:
        yield band


def _joined(band: Iterable[Rule], at: float) -> list[Rule]:
    ends: list[list[float]] = []
    for _, start, end in sorted(band, key=_start):
        if ends and start <= ends[-1][1] + _GAP:
            ends[-1][1] = max(ends[-1][1], end)
        else:
            ends.append([start, end])
    return [_made(Rule, (at, start, end)) for start, end in ends]


def groups(level: Sequence[Rule], upright: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Return the lines that cross or meet one another, directly or through others: level ones and upright ones."""
    places = [rule.at for rule in upright]
    leader = list(range(len(level) + len(upright)))

    def find(member: int) -> int:
        while leader[member] != member:
            leader[member] = leader[leader[member]]
            member = leader[member]
        return member

    met: set[int] = set()
    crossings = 0
    for number, rule in enumerate(level):
        first, last = bisect_left(places, rule.start - SNAP), bisect_right(places, rule.end + SNAP)
        crossings += last - first
        if crossings > _MOST_CROSSINGS:
            raise Unreadable("more lines than any report's tables")
        for other in range(first, last):
            if upright[other].start - SNAP <= rule.at <= upright[other].end + SNAP:
                member = len(level) + other
                met.add(number)
                met.add(member)
                if leader[number] != leader[member]:
                    leader[find(number)] = find(member)
    every = [*level, *upright]
    found: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for member in sorted(met):
        found.setdefault(find(member), ([], []))[member >= len(level)].append(every[member])
    return list(found.values())


def with_sides(
    found: Iterable[tuple[list[Rule], list[Rule]]], upright: Sequence[Rule]
) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Yield the lines of each table with the upright ones that meet none and reach as high and as low as its own.

    They are the sides of a cell that goes on over the whole page, where no level line crosses them.
    """
    tables = list(found)
    met = {rule for _, down in tables for rule in down}
    alone = [rule for rule in upright if rule not in met]
    for across, down in tables:
        top, bottom = min(rule.start for rule in down), max(rule.end for rule in down)
        sides = (rule for rule in alone if abs(rule.start - top) <= SNAP and abs(rule.end - bottom) <= SNAP)
        yield across, [*down, *sides]


def bounded(rules: Sequence[Rule], crossing: Sequence[Rule]) -> list[Rule]:
    """Return the lines cut to where they meet a crossing line; ends that two lines share are the table's open side.

    (An underline that touches a border is no border: nothing ends it on its other side.)
    """
    ends = Counter([round(end / SNAP) for rule in rules for end in rule[1:]])
    shared = {near for near, times in ends.items() if times + ends.get(near - 1, 0) + ends.get(near + 1, 0) > 1}
    places = sorted(rule.at for rule in crossing)
    kept = []
    for rule in rules:
        first, last = bisect_left(places, rule.start - SNAP), bisect_right(places, rule.end + SNAP) - 1
        if first > last:
            continue
        start = rule.start if round(rule.start / SNAP) in shared else places[first]
        end = rule.end if round(rule.end / SNAP) in shared else places[last]
        if end - start >= _SHORTEST:
            kept.append(Rule(rule.at, start, end))
    return kept
