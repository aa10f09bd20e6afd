"""Columns by their heads: the places of the figures in a real grid, and heads printed in another order than the form's."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from rapidfuzz import fuzz

from services.parse.chain import Match
from services.parse.labels import SLOTS, squeeze
from services.parse.placing import REFUSED, Placed
from services.parse.runs import Run
from services.parse.style import BY_LIKENESS, BY_STYLE
from services.parse.tokens import Token
from shared.forms.form import Column

Label = tuple[Token, str]  # as printed, and squeezed
Places = dict[str, int]  # column name -> position in the grid
Order = tuple[int, ...] | Literal["unsure", "another"] | None
"""The official place of each printed column; None: as in the form. Heads that lost letters may leave it unsure, or contradict the form."""

COMMON = frozenset({"自然人", "其他", "总计"})
"""Column names that stand elsewhere in a head too, and are never moved."""

SMALLEST_HEAD = 3
"""Cells before the figures of a row that has a head over it: another one, two heads at least or one with the word for the rows."""

_LIKE = 60.0
_LONGEST_HEAD = 60  # what is so long is like no label of a column
_ROWS = tuple(slot.core for slots in SLOTS.values() for slot in slots)
_LETTERS_LOST = 3  # a gap in a head may be so much narrower or wider than the names that stand there


class Heads(NamedTuple):
    """The heads over a row of a real grid: where they place the columns, None where not all are known.

    `sure`: none contradicts the form or, in a second head, the first.
    `others`: the positions of columns with names of their own, which the form does not have.
    `order`: the places in the order of the columns.
    """

    places: Places | None
    sure: bool = True
    others: frozenset[int] = frozenset()
    order: tuple[int, ...] = ()


def grid_heads(runs: Iterable[Run], columns: Sequence[Column]) -> dict[int, Heads]:
    """Return, by the number of a run, the heads printed last over it in its grid; a grid may have several heads."""
    names = {squeeze(column.label): column.name for column in columns}
    last: dict[int, Heads] = {}
    over: dict[int, Heads] = {}
    for run in runs:
        for grid, labels in _by_grid(run) if len(run.labels) >= SMALLEST_HEAD else ():
            tokens = [token for token, _ in labels]
            named = _named(labels, names)
            if len(named.keys() - COMMON) >= min(2, len(columns)):
                last[grid] = _heads(named, columns, last.get(grid))._replace(others=_others(tokens, named))
        grid_of_figures = run.behind[0].grid if run.behind else None
        if grid_of_figures is not None and grid_of_figures in last:
            over[run.number] = last[grid_of_figures]
    return over


def _by_grid(run: Run) -> Iterable[tuple[int, list[Label]]]:
    grids: dict[int, list[Label]] = {}
    for label in zip(run.labels, run.pieces, strict=True):
        grid = label[0].grid
        if grid is not None:
            grids.setdefault(grid, []).append(label)
    return grids.items()


def _named(labels: Sequence[Label], names: dict[str, str]) -> dict[str, set[int]]:
    """Return the positions at which the heads name each column; a head that lost letters is known by those of the rest."""
    found: dict[str, set[int]] = {}
    rest = []
    for token, piece in labels:
        name = names.get(piece)
        if name is not None and token.column is not None:
            found.setdefault(name, set()).add(token.column)
        else:
            rest.append(token)
    if len(found) < len(names) <= len(labels):
        every = tuple(names)
        for token in rest:
            like = _like(squeeze(token.text)[:_LONGEST_HEAD], every)
            if len(like) == 1 and names[like[0]] not in found and token.column is not None:
                found[names[like[0]]] = {token.column}
    return found


@lru_cache(maxsize=1024)
def _like(text: str, labels: tuple[str, ...]) -> tuple[str, ...]:
    """Return the labels that this squeezed text is like."""
    return tuple([label for label in labels if fuzz.ratio(text, label) >= _LIKE])


def _others(tokens: Iterable[Token], named: dict[str, set[int]]) -> frozenset[int]:
    known = set().union(*named.values())
    rows = {token.row for token in tokens if token.column in known}
    return frozenset(
        token.column
        for token in tokens
        if token.row in rows and token.column is not None and token.column not in known and token.column > min(known)
    )


def _heads(named: dict[str, set[int]], columns: Sequence[Column], before: Heads | None) -> Heads:
    places = {name: min(found_at) for name, found_at in named.items() if len(found_at) == 1}
    if len(places) == len(columns) == len(set(places.values())) and _credible(places, columns):
        order = tuple([places[column.name] for column in columns])
        return Heads(places, before is None or before.order in ((), order), order=order)
    if before is not None and before.places is not None and places.items() <= before.places.items():
        return before
    moving = [
        (place, places[column.name]) for place, column in enumerate(columns) if column.name in places.keys() - COMMON
    ]
    as_in_form = all(later - earlier == other - one for (one, earlier), (other, later) in pairwise(moving))
    return Heads(None, as_in_form)


def _credible(heads: Places, columns: Sequence[Column]) -> bool:
    """Whether the columns that never move stand in their places; where they do not, a span of the head is wrong."""
    printed = sorted(heads, key=heads.__getitem__)
    return all(name == column.name for name, column in zip(printed, columns, strict=True) if column.name in COMMON)


def place_in_grid(match: Match, columns: Sequence[Column], heads: Heads | None) -> Placed:
    """Place the cells behind a row label of a real grid: as many cells as columns, else by the column heads."""
    cells = match.run.behind
    row = match.run.labels[-1].row if match.run.labels else cells[0].row
    if cells[-1].row != row:  # rows are numbered in reading order
        if any(token.kind == "figure" for token in cells if token.row != row):
            return REFUSED
        cells = tuple(token for token in cells if token.row == row)
    if heads is not None and heads.sure and heads.order and heads.order == tuple([token.column for token in cells]):
        return Placed(cells)
    by_heads = _by_heads(cells, columns, heads) if heads else None
    if heads is not None and by_heads is not None:
        return Placed(by_heads, 1.0 if heads.sure else BY_LIKENESS)
    placed = _by_count(cells, len(columns), headed=heads is not None and heads.places is not None)
    return placed if heads is None or (heads.sure and not heads.others) else _doubtful(placed)


def _doubtful(placed: Placed) -> Placed:
    return placed._replace(confidence=min(placed.confidence, BY_LIKENESS))


def _by_count(cells: tuple[Token, ...], columns: int, *, headed: bool) -> Placed:
    filled = tuple(token for token in cells if token.kind == "figure")
    if len(cells) == columns:
        return REFUSED if headed and len(filled) < len(cells) else Placed(cells)
    if not filled and len(cells) > columns:
        return Placed(cells[:columns])
    if len(filled) == columns and cells[: len(filled)] == filled:  # only empty columns follow
        return Placed(filled, BY_STYLE if columns > 1 else 1.0)
    return REFUSED


def _by_heads(cells: Sequence[Token], columns: Sequence[Column], heads: Heads) -> tuple[Token, ...] | None:
    """Return the cells that begin right under the heads; None if one is not there, or a filled cell is under no head."""
    if heads.places is None:
        return None
    at = {token.column: token for token in cells}  # the cells of one row: each has a position of its own
    chosen = tuple([at[place] for column in columns if (place := heads.places[column.name]) in at])
    if len(chosen) < len(columns):
        return None
    if len(cells) > len(chosen):
        under = heads.others.union(heads.places.values())
        if any(token.kind == "figure" and token.column not in under for token in cells):
            return None
    return chosen


def printed_order(head: str, columns: Sequence[Column]) -> Order:
    """Return the official place of each printed column where a squeezed head names them in another order; None if it does not.

    Only names that stand nowhere else are looked at; of a head that lost some, those that are left tell what they can.
    """
    return _order(head, tuple(column.label for column in columns))


@lru_cache(maxsize=64)
def _order(head: str, labels: tuple[str, ...]) -> Order:
    moving = [place for place, label in enumerate(labels) if label not in COMMON]
    found = _named_places(head, labels)
    printed = sorted(found, key=lambda place: found[place])
    if len(found) < 2 or (printed == moving):
        return None
    if len(found) < len(moving):
        return "another" if printed != sorted(printed) else None if _room_for_others(found, labels) else "unsure"
    following = iter(printed)
    return tuple(next(following) if place in moving else place for place in range(len(labels)))


def named_columns(head: str, columns: Sequence[Column]) -> dict[int, int]:
    """Return where a squeezed head names each column last, by its official place; those it does not name are left out."""
    return _named_places(head, tuple(column.label for column in columns))


def _named_places(head: str, labels: tuple[str, ...]) -> dict[int, int]:
    found = {}
    for place, name, pairs in _words(labels):
        at = _find(head, name, pairs)
        if at is not None:
            found[place] = at
    return found


@lru_cache(maxsize=64)
def _words(labels: tuple[str, ...]) -> list[tuple[int, str, list[tuple[str, int]]]]:
    """Return, of each column that is looked for, its place, its squeezed name, and each two letters of it that no other label has."""
    names = {place: squeeze(label) for place, label in enumerate(labels) if label not in COMMON}
    words = []
    for place, name in names.items():
        others = "|".join((*(names[other] for other in names if other != place), *_ROWS))
        pairs = [(name[start : start + 2], start) for start in range(len(name) - 1)]
        words.append((place, name, [(pair, start) for pair, start in pairs if pair not in others]))
    return words


def _find(head: str, name: str, pairs: Iterable[tuple[str, int]]) -> int | None:
    """Return where a head names a column last: by its whole name, else by two letters of it that no other name has."""
    at = head.rfind(name)
    if at >= 0:
        return at
    for pair, start in pairs:
        at = head.rfind(pair)
        if at >= 0:
            return at - start
    return None


def _room_for_others(found: dict[int, int], labels: Sequence[str]) -> bool:
    """Whether between the names that a head still has there is as much as the names between them have letters."""
    lengths = [len(squeeze(label)) for label in labels]
    return all(
        abs(found[other] - found[one] - sum(lengths[one:other])) <= _LETTERS_LOST * (other - one - 1)
        for one, other in pairwise(sorted(found))
    )


def reordered(placed: Placed, order: Order) -> Placed:
    """Return cells printed in another order under their official columns, with less than full confidence; refused where it is not known."""
    if placed.cells is None or order is None:
        return placed
    if order == "another":
        return REFUSED
    if order == "unsure":
        return _doubtful(placed)
    by_place = dict(zip(order, placed.cells, strict=True))
    return Placed(tuple(by_place[place] for place in sorted(by_place)), min(placed.confidence, BY_LIKENESS))
