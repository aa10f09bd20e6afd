"""The rows of tables 2 and 3 given their cells: each placed by what is printed over and beside it, or refused."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from services.parse.chain import Match, last_printed
from services.parse.columns import (
    SMALLEST_HEAD,
    Heads,
    grid_heads,
    named_columns,
    place_in_grid,
    printed_order,
    reordered,
)
from services.parse.labels import HEAD_LETTERS, Slot, ending, squeeze
from services.parse.placing import REFUSED, Placed, place
from services.parse.runs import Run
from services.parse.style import BY_LIKENESS, Style
from services.parse.tokens import is_figure
from services.parse.wording import Wording, known_once
from shared.forms.form import Column, FormTable

_HEAD = 400  # squeezed characters before a row label; the whole head of table 3 has 90
_LONG_HEAD = 12  # characters of a line that holds a whole head
_HEAD_WORD = 0.6  # a word with fewer of the letters of heads is none of theirs
_LIKE = 60.0
_NUMBERING = frozenset({"序号", "编号", "行次"})
_IN_WORDS = re.compile("[〇零一二三四五六七八九十百千万 ]+|.*[0-9\uff10-\uff19] +[0-9\uff10-\uff19].*")


@dataclass(frozen=True)
class _Printing:
    """A printing of a table, and what of it bears on every row.

    `heads`: by the identity of a row's columns and the number of a run, in real grids; `printed_heads`: the runs whose labels hold them, in any text.
    `crowded`: a head names columns that the form does not have. `broken`: the numbers of runs that may go on behind their figures. `several`: the rows that are printed more than once.
    """

    table: FormTable
    matches: Sequence[Match]
    official: Mapping[str, Match]
    style: Style
    around: Sequence[Run]
    heads: Mapping[int, Mapping[int, Heads]]
    printed_heads: Sequence[Run]
    crowded: bool
    broken: frozenset[int]
    several: frozenset[Slot]


def place_rows(
    table: FormTable,
    matches: Sequence[Match],
    official: Mapping[str, Match],
    style: Style,
    around: Sequence[Run],
    text: str,
) -> dict[str, Placed]:
    """Return the cells of each official row of a printing by its path, refused where their places are not certain.

    `around`: its runs, and a few before and behind that belong to no other printing.
    """
    printed_heads = _printed_heads(table, around)
    crowded = any(_foreign_columns(table, run.wording) for run in printed_heads)
    known = [run.row for run in around if run.row is not None]
    several = [] if len(set(known)) == len(known) else [slot for slot, times in Counter(known).items() if times > 1]
    printing = _Printing(
        table,
        matches,
        official,
        style,
        around,
        heads=_grid_heads(table, matches, around, crowded=crowded),
        printed_heads=printed_heads,
        crowded=crowded,
        broken=_broken(matches, style, around),
        several=frozenset(several),
    )
    return {path: _placed(printing, path, match, text) for path, match in official.items()}


def names_others(table: FormTable, runs: Iterable[Run]) -> bool:
    """Whether a head among these runs names columns that the form does not have."""
    return any(_foreign_columns(table, run.wording) for run in _printed_heads(table, runs))


def _printed_heads(table: FormTable, runs: Iterable[Run]) -> list[Run]:
    return [run for run in runs if _names_columns(table, run.wording) and _is_head(run)]


def _grid_heads(
    table: FormTable, matches: Sequence[Match], around: Sequence[Run], *, crowded: bool
) -> dict[int, dict[int, Heads]]:
    """Return, by the identity of a row's columns and the number of a run, the heads over it in a real grid.

    In table 2, whose figures real pages shift and span from row to row, only where there are columns of others.
    """
    if (table.number == "2" and not crowded) or not any(run.gridded for run in around):
        return {}
    last = last_printed(matches).number
    down_to = [run for run in around if run.number <= last]  # behind it come the heads of other tables
    return {id(columns): grid_heads(down_to, columns) for columns in _kinds(table)}


@lru_cache(maxsize=16)
def _kinds(table: FormTable) -> tuple[tuple[Column, ...], ...]:
    """Return the columns that rows of a table have, each once."""
    return tuple({id(row.columns): row.columns for row in table.rows}.values())


def _placed(printing: _Printing, path: str, match: Match, text: str) -> Placed:
    run, gridded = match.run, match.run.gridded
    if match.how == "mentioned" or (printing.several and _contested(match, printing)):
        return REFUSED
    if not run.figures and _beside_its_figures(match, printing):
        return REFUSED
    columns = printing.table.row(path).columns
    heads = printing.heads[id(columns)].get(run.number) if printing.heads else None
    if heads is not None and printing.table.number == "2" and not heads.others:
        heads = None
    cells = place_in_grid(match, columns, heads) if gridded else place(match, len(columns), printing.style, text)
    if heads is not None and heads.places is not None:
        return cells
    over = next((head for head in reversed(printing.printed_heads) if head.number <= run.number), None)
    cells = reordered(cells, printed_order(over.text[-_HEAD:], columns) if over else None)
    if printing.crowded or (not gridded and _is_doubtful(match, path, printing, text)):
        return cells._replace(confidence=min(cells.confidence, BY_LIKENESS))
    return cells


def _is_doubtful(match: Match, path: str, printing: _Printing, text: str) -> bool:
    return (
        _in_words(match.run)
        or _may_hold_the_next(match, path, printing)
        or match.run.number in printing.broken
        or _outside_cells(match, printing, text)
    )


def _is_head(run: Run) -> bool:
    return len(run.labels) >= SMALLEST_HEAD or any(len(token.text) > _LONG_HEAD for token in run.labels)


@known_once
def _names_columns(table: FormTable, said: Wording) -> bool:
    head = said.text[-_HEAD:]
    return any(len(named_columns(head, columns)) >= min(2, len(columns)) for columns in _kinds(table))


@known_once
def _foreign_columns(table: FormTable, said: Wording) -> bool:
    """Whether a head names more columns than the form has: then a count of figures says little."""
    if _NUMBERING.intersection(said.pieces):
        return True
    names = {squeeze(column.label) for columns in _kinds(table) for column in columns}
    any_name = re.compile("|".join(sorted(names, key=len, reverse=True)))
    pieces = _before_label(said)
    first = next((place for place, piece in enumerate(pieces) if any(name in piece for name in names)), len(pieces))
    words = [word for piece in pieces[first:] for word in any_name.split(piece)]
    shown = {name for name in names if name in said.text or any(fuzz.ratio(name, word) >= _LIKE for word in words)}
    expected = [name for name in names if table.number == "3" or name in shown]
    foreign = [word for word in words if word and _head_letters(table, word) < _HEAD_WORD]
    return len(foreign) > len(expected) - len(shown)


def _before_label(said: Wording) -> tuple[str, ...]:
    """Return the labels that stand before the row label."""
    found = ending(said.text)
    if found is None:
        return said.pieces[:-1]
    place, before = 0, 0
    for piece in said.pieces:
        place += len(piece)
        if place > found[1]:
            break
        before += 1
    return said.pieces[:before]


def _head_letters(table: FormTable, piece: str) -> float:
    return sum(letter in HEAD_LETTERS[table.number] for letter in piece) / len(piece)


def _contested(match: Match, printing: _Printing) -> bool:
    """Whether this row is printed twice in one table with different figures: none is certain then."""
    if match.slot not in printing.several:
        return False
    own = _texts(match.run)
    return any(
        run.row == match.slot and run.number != match.run.number and (run.behind or run.emptied) and _texts(run) != own
        for run in printing.around
    )


def _texts(run: Run) -> list[str]:
    return [token.text for token in run.figures]


def _beside_its_figures(match: Match, printing: _Printing) -> bool:
    """Whether a row without figures stands beside figures of nobody: a row broken over pages leaves them with part of its label."""
    wanted = {
        other.run.number: max(len(row.columns) for row in other.slot.rows.values())
        for other in printing.official.values()
        if other.how != "mentioned"
    }
    first, last = min(wanted), max(wanted)
    beside = (run for run in printing.around if abs(run.number - match.run.number) == 1 and run.number < last)
    return any(
        len(run.figures) > wanted.get(run.number, 0) or _has_figures_below(run)
        for run in beside
        if run.number >= first or (run.row is None and run.number == first - 1)
    )


def _has_figures_below(run: Run) -> bool:
    """Whether figures stand in real cells below those beside the label."""
    return run.gridded and bool(run.labels) and any(token.row != run.labels[-1].row for token in run.figures)


def _in_words(run: Run) -> bool:
    """Whether something stands in a row of pasted text that may be part of a label or of another line, or two figures in one cell."""
    return any(_IN_WORDS.fullmatch(token.text) or not is_figure(token.text) for token in run.figures)


def _broken(matches: Iterable[Match], style: Style, around: Iterable[Run]) -> frozenset[int]:
    """Return, where every figure has its line, the numbers of runs that words and figures of nobody follow: their last ones may be among them."""
    if not style.lined:
        return frozenset()
    taken = {match.run.number for match in matches if match.how != "mentioned"}
    strays = [run for run in around if run.figures and run.number not in taken and len(run.labels) < SMALLEST_HEAD]
    return frozenset([run.number - 1 for run in strays])


def _outside_cells(match: Match, printing: _Printing, text: str) -> bool:
    """Whether, where tabs open the cells and some are empty, a figure stands on a line without one: it may be a page number."""
    if not match.run.labels or text[match.run.labels[-1].start - 1 : match.run.labels[-1].start] != "\t":
        return False
    figures = (text[token.start - 1] for token in match.run.figures)
    empty = any(token.kind == "blank" for other in printing.matches for token in other.run.behind)
    return empty and "\n" in figures


def _may_hold_the_next(match: Match, path: str, printing: _Printing) -> bool:
    """Whether the figures behind a label may be those of a row whose own label is lost: lines that vanish leave no gap."""
    if not printing.style.lined:
        return False
    official, paths = printing.official, [row.path for row in printing.table.rows]
    place = paths.index(path)
    if place + 1 == len(paths) or paths[place + 1] in official:
        return False
    behind = [other.run.number for other in official.values() if other.run.number > match.run.number]
    return min(behind, default=match.run.number + 1) == match.run.number + 1
