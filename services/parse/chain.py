"""Finds the printings of tables 2 and 3: the heaviest chain of row labels in the official order, then what is like a missing one."""

import re
from collections.abc import Iterable, Sequence
from functools import partial
from itertools import pairwise
from typing import Literal, NamedTuple

from rapidfuzz import fuzz

from services.parse.labels import SLOTS, WEAK, Slot, core, squeeze
from services.parse.runs import Run
from shared.forms import FORMS
from shared.model.cell import FormEdition, TableNumber

_ROW_WITH_FIGURES, _ROW_WITHOUT, _WEAK_ROW, _MENTIONED = 40, 12, 10, 3
_LEAST: dict[TableNumber, int] = {"2": 2, "3": 3}  # fewer rows than this are no table
_HEAD_OF_2 = re.compile("信息内容|第二十条第.项|制发|废止|现行有效|新制作|处理决定|项目数量|收费金额|采购总金额")
_MOST_PRINTINGS = 8
_LIKENESS, _AHEAD = 60.0, 10.0
_SOME_LIKENESS = 34.0
_NEAR = 3  # runs around a printing that may be its own
_SWAPPED = 3  # rows of the official order that a row at either end may be away from its place
_BARE = 0.95  # a label whose beginning runs on from what stands before it
_WEAK_ENDS = tuple(WEAK)
_UNIT = 2  # characters behind a label: 件, 万元

How = Literal["exact", "placed", "likeness", "mentioned"]


class Match(NamedTuple):
    """A row of the official form found in the source, or a run that may be one, and what it weighs in a chain then.

    how: exact, by its place only ("总计"), by likeness, or only mentioned before another row's label, without figures.
    Only exact carries full confidence.
    """

    slot: Slot
    run: Run
    how: How
    weight: int = 0


def find_printings(runs: Sequence[Run]) -> dict[TableNumber, list[tuple[Match, ...]]]:
    """Return each printing of tables 2 and 3: its rows in official order. A second copy on the page is a second printing."""
    candidates: dict[TableNumber, list[Match]] = {"2": [], "3": []}
    for run in runs:
        for candidate in _candidates(run):
            candidates[candidate.slot.table].append(candidate)
    return {table: _printings(table, among, runs) for table, among in candidates.items()}


def _printings(table: TableNumber, candidates: list[Match], runs: Sequence[Run]) -> list[tuple[Match, ...]]:
    printings: list[tuple[Match, ...]] = []
    while candidates and len(printings) < _MOST_PRINTINGS:
        chain = _heaviest(candidates)
        if not _is_table(table, chain):
            break
        if printings and len(chain) * 2 < len(printings[0]):  # rows that stray about, no copy
            break
        found = _with_likenesses(table, chain, runs)
        printings.append(found)
        first, last = first_printed(found).number, last_printed(found).number
        candidates = [candidate for candidate in candidates if not first <= candidate.run.number <= last]
        runs = [run for run in runs if not first <= run.number <= last] if candidates else ()
    return sorted(printings, key=lambda printing: first_printed(printing).number)


def first_printed(matches: Sequence[Match]) -> Run:
    """Return the first run of a printing, whose labels hold its head: rows may be printed in another order."""
    numbers = [match.run.number for match in matches]
    return matches[numbers.index(min(numbers))].run


def last_printed(matches: Sequence[Match]) -> Run:
    """Return the last run of a printing."""
    numbers = [match.run.number for match in matches]
    return matches[numbers.index(max(numbers))].run


def around(printings: Sequence[Sequence[Match]], runs: Sequence[Run]) -> list[Sequence[Run]]:
    """Return the runs of each printing with a few before and behind it, none of them of another printing."""
    reaches = [_reached(printing) for printing in printings]
    lasts = [last_printed(printing).number for printing in printings[:-1]]
    firsts = [first_printed(printing).number for printing in printings[1:]]
    begins = [max(reach[0], before + 1) for reach, before in zip(reaches, (-1, *lasts), strict=False)]
    ends = [min(reach[1] + 1, after) for reach, after in zip(reaches, (*firsts, len(runs)), strict=False)]
    return [runs[begin:end] for begin, end in zip(begins, ends, strict=True)]


def _reached(rows: Sequence[Match]) -> tuple[int, int]:
    """Return the first and the last run that may belong to a table of these rows: there may be as many as rows are missing, and a few."""
    orders = [row.slot.order for row in rows]
    numbers = [row.run.number for row in rows]
    behind = len(SLOTS[rows[0].slot.table]) - 1 - max(orders)
    return min(numbers) - min(orders) - _NEAR, max(numbers) + behind + _NEAR


def _displaced(chain: Sequence[Match], loose: Iterable[Run]) -> list[Match]:
    """Return the rows that the chain skips and that are printed at another place of this table, under their exact labels."""
    table = chain[0].slot.table
    rows = [(run, run.row) for run in loose if run.row is not None and run.row.table == table and run.behind]
    if not rows:
        return []
    known = {candidate.slot.order for candidate in chain if candidate.how != "mentioned"}
    found: dict[int, Match] = {}
    for run, row in rows:
        if row.order not in known and _is_within(row, run, chain):
            found.setdefault(row.order, Match(row, run, "exact", _ROW_WITHOUT))
    return list(found.values())


def _loose(chain: Sequence[Match], runs: Sequence[Run]) -> list[Run]:
    """Return the runs of a printing and around it that may be its own and are no rows of its chain."""
    taken = {candidate.run.number for candidate in chain if candidate.how != "mentioned"}
    first, last = _reached(chain)
    return [run for run in runs if first <= run.number <= last and run.number not in taken]


def _is_within(row: Slot, run: Run, chain: Sequence[Match]) -> bool:
    """Whether a row belongs to this printing: inside it, or just outside and next to its place; else it is another copy's."""
    first, last = chain[0], chain[-1]
    if run.number < first.run.number:
        return row.order - first.slot.order <= _SWAPPED
    return run.number <= last.run.number or last.slot.order - row.order <= _SWAPPED


def _is_table(table: TableNumber, chain: Sequence[Match]) -> bool:
    """Whether a chain is a table: rows enough, and for table 2, whose labels are common words, a head or nearly all rows."""
    rows = sum(candidate.how != "mentioned" for candidate in chain)
    if rows < _LEAST[table] and len(chain) < 3 * _LEAST[table]:
        return False
    return table == "3" or rows > 4 or any(_HEAD_OF_2.search(candidate.run.text[-200:]) for candidate in chain)


def _candidates(run: Run) -> list[Match]:
    """Return the rows of tables 2 and 3 that a run may be; most runs of a page name none."""
    row = run.row
    found = [Match(slot, run, "mentioned", _MENTIONED) for slot in run.mentions]
    if row is not None:
        how: How = "exact" if run.behind or run.emptied else "mentioned"
        weight = _ROW_WITH_FIGURES if run.figures else _ROW_WITHOUT if run.behind else _MENTIONED
        found.append(Match(row, run, how, weight))
    elif run.behind and run.text.endswith(_WEAK_ENDS) and "复议" not in run.text[-200:]:  # the head of table 4
        weak = WEAK.get(core(run.labels[-1].text))
        if weak is not None:
            found.append(Match(weak, run, "placed", _WEAK_ROW))
    return found


def _may_follow(earlier: Match, later: Match) -> bool:
    """Rows of one printing follow each other closely: one further away is another copy's. One run gives its figures to one row only."""
    near = 3 * (later.slot.order - earlier.slot.order) + 4
    if later.run.number - earlier.run.number > near:
        return False
    return earlier.run is not later.run or "mentioned" in {earlier.how, later.how}


class _Link(NamedTuple):
    weight: int
    candidate: Match
    before: "_Link | None"


def _heaviest(candidates: Sequence[Match]) -> list[Match]:
    """Return the heaviest chain in official order. Linear: for every row only its newest and its best chain are kept.

    The newest rows come first, since their chains are the heaviest; of equally heavy ones the oldest row's counts.
    """
    if all(one.slot.order < other.slot.order and _may_follow(one, other) for one, other in pairwise(candidates)):
        return list(candidates)  # nothing strays: all of them weigh most
    best: dict[int, tuple[_Link, ...]] = {}
    heaviest: _Link | None = None
    tied = False
    for candidate in candidates:
        before: _Link | None = None
        own = candidate.slot.order
        for order, links in reversed(best.items()):
            if before is heaviest and not tied:  # no other weighs as much
                break
            for link in links if order < own else ():
                if (before is None or link.weight >= before.weight) and _may_follow(link.candidate, candidate):
                    before = link
        link = _Link(candidate.weight + (before.weight if before else 0), candidate, before)
        known = best.get(own)
        best[own] = (link, known[-1]) if known and known[-1].weight >= link.weight else (link,)
        if heaviest is None or link.weight > heaviest.weight:
            heaviest, tied = link, False
        else:
            tied = tied or link.weight == heaviest.weight
    return _linked(heaviest)


def _linked(last: _Link | None) -> list[Match]:
    chain = []
    while last is not None:
        chain.append(last.candidate)
        last = last.before
    return chain[::-1]


def _with_likenesses(table: TableNumber, chain: list[Match], runs: Sequence[Run]) -> tuple[Match, ...]:
    """Add the rows printed out of order, the runs whose label is like that of a row still missing, those that alone can be it."""
    loose = _loose(chain, runs)
    unclaimed = [run for run in loose if run.figures and run.row is None]
    displaced = _displaced(chain, loose)
    if not (unclaimed or displaced):
        return tuple(chain)
    matches = {match.slot.order: match for match in (*chain, *displaced)}
    left = []
    for run in unclaimed:
        missing = _skipped(table, matches, run.number)
        slot = _most_like(run, missing)
        if slot is not None:
            matches[slot.order] = Match(slot, run, "likeness")
        elif missing:
            left.append(run)
    for slot, run in _eliminated(table, matches, left) if left else ():
        matches[slot.order] = Match(slot, run, "likeness")
    return tuple([matches[order] for order in sorted(matches)])


def _eliminated(table: TableNumber, matches: dict[int, Match], left: Sequence[Run]) -> list[tuple[Slot, Run]]:
    """Pair runs with missing rows where between two known rows there are as many of both, with the right numbers of figures."""
    gaps: dict[tuple[int, ...], tuple[list[Slot], list[Run]]] = {}
    for run in left:
        missing = _skipped(table, matches, run.number)
        gaps.setdefault(tuple(slot.order for slot in missing), (missing, []))[1].append(run)
    pairs: dict[int, tuple[Slot, Run]] = {}
    for missing, group in gaps.values():
        for edition in FORMS:
            rows = [slot for slot in missing if edition in slot.rows]
            if len(rows) == len(group) and all(map(partial(_could_be, edition), rows, group)):
                pairs |= {slot.order: (slot, run) for slot, run in zip(rows, group, strict=True)}
    return list(pairs.values())


def _could_be(edition: FormEdition, slot: Slot, run: Run) -> bool:
    return len(run.figures) == len(slot.rows[edition].columns) and _likeness(run, slot) >= _SOME_LIKENESS


def _skipped(table: TableNumber, matches: dict[int, Match], number: int) -> list[Slot]:
    """Return the rows not yet found that the official order puts between the rows around this run."""
    found = [(match.slot.order, match.run.number) for match in matches.values() if match.how != "mentioned"]
    after = max([order for order, at in found if at < number], default=-1)
    before = min([order for order, at in found if at > number], default=len(SLOTS[table]))
    known = {order for order, _ in found}
    return [slot for slot in SLOTS[table][after + 1 : before] if slot.order not in known]


def _most_like(run: Run, missing: Sequence[Slot]) -> Slot | None:
    """Return the missing row whose label this run is like; None if another row's label is as like, or nearly."""
    if not missing:
        return None
    ranked = sorted(((_likeness(run, slot), slot.order) for slot in SLOTS[missing[0].table]), reverse=True)
    (best, order), (second, _) = ranked[:2]
    if best < _LIKENESS or best - second < _AHEAD:
        return None
    return next((slot for slot in missing if slot.order == order), None)


def _likeness(run: Run, slot: Slot) -> float:
    """Return 0 to 100: how like the official label is what stands before the figures, with and without enumerators."""
    if slot.table == "2" and slot.core in run.pieces[:-1] and len(run.pieces[-1]) > _UNIT:
        return 0.0  # the figures are those of a part of the row
    whole = squeeze(slot.label)
    tails = {*run.tails, run.text[-len(whole) :]}
    alike = max((fuzz.ratio(core(tail), slot.core) + fuzz.ratio(tail, whole) for tail in tails), default=0.0) / 2
    return max(alike, fuzz.ratio(run.text[-len(slot.core) :], slot.core) * _BARE)
