"""Columns by their heads: the places of the figures in a real grid, and heads printed in another order than the form's."""

from collections.abc import Iterable, Sequence

from services.parse.chain import Match
from services.parse.labels import squeeze
from services.parse.placing import BY_STYLE, REFUSED, Placed
from services.parse.tokens import Token
from shared.forms.form import Column

Heads = dict[str, int]  # column name -> position in the grid
Order = tuple[int, ...] | None  # the official place of each printed column; None: as in the form

_COMMON = frozenset({"自然人", "其他", "总计"})  # words that stand elsewhere in a head too


def grid_heads(matches: Sequence[Match], columns: Sequence[Column]) -> dict[int | None, Heads]:
    """Return, by grid, the positions of all columns that its head rows name; grids whose heads are not whole are left out."""
    names = {squeeze(column.label): column.name for column in columns}
    found: dict[int, dict[str, set[int]]] = {}
    for match in matches:
        for token in match.run.labels:
            name = names.get(squeeze(token.text))
            if token.grid is not None and token.column is not None and name is not None:
                found.setdefault(token.grid, {}).setdefault(name, set()).add(token.column)
    whole: dict[int | None, Heads] = {}
    for grid, places in found.items():
        heads = {name: min(found_at) for name, found_at in places.items() if len(found_at) == 1}
        if len(heads) == len(columns) == len(set(heads.values())) and _credible(heads, columns):
            whole[grid] = heads
    return whole


def _credible(heads: Heads, columns: Sequence[Column]) -> bool:
    """Whether the columns that never move stand in their places; where they do not, a span of the head is wrong."""
    printed = sorted(heads, key=heads.__getitem__)
    return all(name == column.name for name, column in zip(printed, columns, strict=True) if column.name in _COMMON)


def place_in_grid(match: Match, columns: Sequence[Column], heads: Heads | None) -> Placed:
    """Place the cells behind a row label of a real grid: as many cells as columns, else by the column heads."""
    row = match.run.labels[-1].row if match.run.labels else match.run.behind[0].row
    cells = tuple(token for token in match.run.behind if token.row == row)
    if any(token.kind == "figure" for token in match.run.behind if token.row != row):
        return REFUSED
    by_heads = _by_heads(cells, columns, heads) if heads else None
    if by_heads is not None:
        return Placed(by_heads)
    filled = tuple(token for token in cells if token.kind == "figure")
    if len(cells) == len(columns):
        return Placed(cells) if heads is None or len(filled) == len(cells) else REFUSED
    if not filled and len(cells) > len(columns):
        return Placed(cells[: len(columns)])
    if len(filled) == len(columns) and cells[: len(filled)] == filled:  # only empty columns follow
        return Placed(filled, BY_STYLE if len(columns) > 1 else 1.0)
    return REFUSED


def _by_heads(cells: Sequence[Token], columns: Sequence[Column], heads: Heads) -> tuple[Token, ...] | None:
    """Return the cells that begin right under the heads; None if one is not there, or a filled cell is under no head."""
    at = {token.column: token for token in cells}
    chosen = tuple(at[heads[column.name]] for column in columns if heads[column.name] in at)
    others = (token for token in cells if token not in chosen)
    if len(chosen) < len(columns) or any(token.kind == "figure" for token in others):
        return None
    return chosen


def printed_order(head: str, columns: Sequence[Column]) -> Order:
    """Return the official place of each printed column where a squeezed head names them in another order; None if it does not.

    Only names that stand nowhere else are looked at; a head that lost one of them says nothing.
    """
    fixed = [place for place, column in enumerate(columns) if column.name in _COMMON]
    moving = [place for place in range(len(columns)) if place not in fixed]
    found = {place: head.rfind(squeeze(columns[place].label)) for place in moving}
    printed = sorted(moving, key=lambda place: found[place])
    if len(moving) < 2 or min(found.values()) < 0 or printed == moving:
        return None
    following = iter(printed)
    return tuple(place if place in fixed else next(following) for place in range(len(columns)))


def reordered(placed: Placed, order: Iterable[int]) -> Placed:
    """Return cells printed in another order under their official columns, with less than full confidence."""
    if placed.cells is None:
        return placed
    by_place = dict(zip(order, placed.cells, strict=True))
    return Placed(tuple(by_place[place] for place in sorted(by_place)), min(placed.confidence, 0.8))
