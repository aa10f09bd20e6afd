"""Gives the figures behind a row label their columns, or refuses: a cell that vanished from the text cannot be put back."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from services.parse.chain import Match
from services.parse.runs import Run
from services.parse.style import (
    APPLICANTS,
    BY_LIKENESS,
    BY_STYLE,
    UNSURE,
    WIDTH,
    Position,
    Style,
    column_of,
    expanded,
    has_inner_blank,
    is_a_figure,
    is_whole_row,
    label_count,
    spaced_out,
)
from services.parse.tokens import Token


class Placed(NamedTuple):
    """The cells of one row in the order of the columns, and how sure their places are; None where they are not."""

    cells: tuple[Position, ...] | None
    confidence: float = 1.0


REFUSED = Placed(None, 0.0)


def _in_alignment(run: Run, aligned: Literal["left", "right"]) -> Placed:
    first = column_of(run.labels[-1]) + 1 if aligned == "left" else WIDTH - APPLICANTS
    chosen = tuple(token for token in run.behind if first <= column_of(token) < first + APPLICANTS)
    others = len(run.figures) - sum(map(is_a_figure, chosen))
    return Placed(chosen, BY_STYLE) if len(chosen) == APPLICANTS and not others else REFUSED


def place(match: Match, columns: int, style: Style, text: str) -> Placed:
    """Place the figures behind a row label of pasted text on `columns` columns."""
    if match.run.beside_cells:
        return REFUSED
    spaced = spaced_out(match.run, columns) if style.spaced else ()
    placed = Placed(spaced, BY_STYLE) if len(spaced) == columns else _placed(match, columns, style, text)
    return placed._replace(confidence=min(placed.confidence, BY_LIKENESS)) if is_cut_off(match.run, text) else placed


def is_cut_off(run: Run, text: str) -> bool:
    """Whether a text ends in the last cell of a row: there may have been more of it, or of its figure."""
    return bool(run.behind) and not run.gridded and run.behind[-1].end == len(text)


def _placed(match: Match, columns: int, style: Style, text: str) -> Placed:
    run = match.run
    if len(run.figures) >= columns:
        return _full(run, columns, style, text)
    cells = expanded(run, blank_lines=style.blank_lines)
    if not run.figures:
        return Placed(cells[:columns], BY_STYLE) if len(cells) >= columns else REFUSED
    if not (style.blanks_printed or style.blank_lines or style.aligned == "right" or _tabbed(run, text)):
        return REFUSED
    if columns == APPLICANTS and style.aligned and is_whole_row(run):
        return _in_alignment(run, style.aligned)
    padding = style.padding(label_count(match), columns)
    if padding is None and len(cells) == columns and UNSURE not in style.paddings.values():
        padding = 0
    if padding is None or len(cells) - padding != columns or any(map(is_a_figure, cells[columns:])):
        return REFUSED
    return Placed(cells[:columns], BY_STYLE)


def only_spaces_part(figures: Sequence[Token], text: str) -> bool:
    """Whether nothing but spaces stands between two figures of a line: they may be two cells, or one that holds both."""
    return any(
        earlier.row == later.row and text[earlier.end : later.start].strip(" \u3000\xa0") == ""
        for earlier, later in pairwise(figures)
    )


def _full(run: Run, columns: int, style: Style, text: str) -> Placed:
    cells = expanded(run, blank_lines=style.blank_lines)[: len(run.behind) + sum(token.gap for token in run.behind)]
    if len(run.figures) > columns or has_inner_blank(cells) or (style.blank_lines and cells[:1] == (None,)):
        return REFUSED
    if not is_a_figure(run.behind[0]) and (columns != APPLICANTS or style.mixed) and not is_whole_row(run):
        return REFUSED  # they begin late: a blank and a column too many
    if _is_irregular(run, style):
        return Placed(run.figures, BY_LIKENESS)
    if not only_spaces_part(run.figures, text):
        return Placed(run.figures, min(style.counted, BY_STYLE if style.blank_lines and run.gap else 1.0))
    return REFUSED if style.lined else Placed(run.figures, BY_LIKENESS if style.swallowed else BY_STYLE)


def _is_irregular(run: Run, style: Style) -> bool:
    """Whether the lines of a row are not as the others': one broken, perhaps within a cell, or one that stands apart."""
    if style.lined:
        return any(token.gap != style.gap for token in run.figures)
    return len({token.row for token in run.figures}) > 1


def _tabbed(run: Run, text: str) -> bool:
    """Whether tabs part the cells of this row: then its empty cells are printed."""
    blanks = [token for token in run.behind if token.kind == "blank"]
    return bool(blanks) and all(text[token.start - 1 : token.start] == "\t" for token in blanks)
