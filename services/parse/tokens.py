"""Cuts pasted text into tokens: labels, figures, blank cells and prose, in every layout in which tables are pasted."""

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from services.parse.document import Unreadable
from services.parse.labels import ending, names_row, unexplained
from services.parse.numerals import parse_number
from services.parse.struck import without_strokes
from shared.model.cell import At
from shared.simplified import simplify
from shared.text import PICTURE, fold

_made = tuple.__new__  # as in services.parse.readers.page
Kind = Literal["label", "figure", "blank", "prose"]
Sort = Literal["label", "row", "figure", "picture", "blank", "prose"]


class Token(NamedTuple):
    """A printed cell or line. `row`: tokens of one printed row share it. `gap`: empty lines before it in its column of lines.

    `grid` and `column` place it in a real grid, `column` alone in a line of several cells. It is what a GridCell says, and more.
    A report has a thousand of them.
    """

    text: str
    start: int
    end: int
    column: int | None
    at: At | None
    recognised: bool
    kind: Kind
    row: int
    gap: int
    grid: int | None


MOST_TOKENS = 200_000
"""Of one document; a report has about a thousand."""

Piece = tuple[str, int]  # a cell's text, stripped, and where it starts

_PROSE_LENGTH = 80
_MANY = 20
_LONGEST_FIGURE = 24
_FIGURE = re.compile(
    r"[-+\u2212\u2013]? ?[0-9][0-9,. ]*(?:亿元|万元|[元件个宗起例条份项次部封笔万亿])?"
    "(?:[\\[【][0-9]{1,2}[\\]】]|[\u2460-\u2473\u00b2\u00b3\u00b9\u2070-\u2079\u2080-\u2089*※†])?"
    r"|[-/\\\u2010-\u2015\u2212\u2215\u2500\u2501]{1,4}|\(?[无空]\)?|空白|不涉及|[nN]\.?/?[aA]\.?"
    rf"|[0-9]{{1,6}}/[0-9]{{1,6}}|[减增][0-9]{{1,9}}[件项个]?|[0-9OoIl]{{1,9}}|[Oo○◯]|{PICTURE}"
)
_ENUMERATOR = re.compile(r"[0-9]+ ?[.．]$")
_CONTINUES_ENUMERATOR = re.compile(r"^[、.．)）]")
_ORNAMENTS = frozenset("|:-*_=#+—\u2013－第")
_ORNAMENT = re.compile(  # Markdown's lines under heads, and page numbers
    r"[\s|:+-]*-{2,}[\s|:+-]*|[*_=#+-]{3,}|[-—\u2013－ ]{1,4} ?[0-9\uff10-\uff19]{1,3} ?[-—\u2013－ ]{1,4}"
    r"|第 ?[0-9]{1,3} ?页(?:[ ,，/]*共 ?[0-9]{1,3} ?页)?"
)
_SPACED_FIGURE = re.compile(
    r"(?<!\S)(?:[-+－＋]?[0-9\uff10-\uff19][0-9\uff10-\uff19,，]*(?:[.．][0-9\uff10-\uff19]+)?(?:亿元|万元|[元件])?|[/／—－-]|无)(?!\S)"
)
_GLUED = re.compile(r"(.*[\u4e00-\u9fff)）”]|(?=0{15}$))([0-9]+(?:\.[0-9]+)?)")  # cells that lost their marks


def is_figure(cell: str) -> bool:
    """Whether a printed cell stands where a figure should: a number, also with unit or mark, or a placeholder."""
    return len(cell) <= _LONGEST_FIGURE and _is_figure(cell)


@lru_cache(maxsize=4096)
def _is_figure(cell: str) -> bool:
    plain = without_strokes(simplify(fold(cell))).strip()
    if _FIGURE.fullmatch(plain):
        return _ENUMERATOR.fullmatch(plain) is None
    return parse_number(plain.rstrip("件个宗起条份项次")) is not None


@lru_cache(maxsize=4096)
def sort(cell: str) -> Sort:
    """Return what a printed cell of at most LONGEST_LABEL characters is by itself; "row" is a whole row label."""
    if not cell:
        return "blank"
    if cell == PICTURE:
        return "picture"
    return "figure" if is_figure(cell) else "row" if names_row(cell) else "label"


def _kind(cell: str) -> Kind:
    if not cell:
        return "blank"
    if is_figure(cell):
        return "figure"
    return "prose" if (len(cell) > _PROSE_LENGTH and not names_row(cell)) or "。" in cell else "label"


def tokenise(text: str, start: int, end: int, first_row: int = 0) -> list[Token]:
    """Return the tokens of text[start:end], rows numbered from `first_row`; Unreadable for more than MOST_TOKENS."""
    stretch = text[start:end].replace("｜", "|")
    lines = stretch.split("\n")
    marking = [mark for mark in "\t|" if mark in stretch]
    led_by = frozenset(mark for mark in marking if _is_led_by(mark, lines))
    marks = [mark for mark in marking if _marks_cells(mark, lines)]
    tokens: list[Token] = []
    row, gap, position = first_row, 0, start
    for line in lines:
        bare = line.strip()
        kind = None if marking else _kind_alone(bare)
        if kind is not None:
            begin = position + len(line) - len(line.lstrip())
            tokens.append(_made(Token, (bare, begin, begin + len(bare), None, None, False, kind, row, gap, None)))
            row, gap = row + 1, 0
        elif not bare and _is_empty(line, led_by):
            row, gap = row + 1, gap + 1
        elif not _is_ornament(bare):
            known = len(tokens)
            row, gap = _take_line(tokens, line, bare, position, row, gap, led_by), 0
            alone = len(tokens) == known + 1 and tokens[-1].kind == "figure"
            if marks and alone and not any(map(line.count, marks)):
                tokens[-1] = tokens[-1]._replace(kind="label")  # a page number, say
        if len(tokens) > MOST_TOKENS:
            raise Unreadable("more cells than any report")
        position += len(line) + 1
    return _enumerators_joined(tokens)


def _kind_alone(line: str) -> Kind | None:
    """Return the kind of a line that is one piece, as most are; None for one that may be several, and for an ornament."""
    return _known_alone(line) if len(line) <= _PROSE_LENGTH else _known_alone.__wrapped__(line)


@lru_cache(maxsize=4096)
def _known_alone(line: str) -> Kind | None:
    if _is_ornament(line) or line[-1:].isdecimal() or len(line.split(None, 1)) != 1:
        return None
    return _kind(line)


def _is_ornament(line: str) -> bool:
    return line == "|" or (line[:1] in _ORNAMENTS and _ORNAMENT.fullmatch(line) is not None)


def _is_empty(line: str, led_by: Collection[str]) -> bool:
    """Whether a line without text is none of a table's: more tabs are a row of empty cells."""
    tabs = line.count("\t")
    return tabs == 0 or (tabs == 1 and "\t" not in led_by)


def _is_led_by(mark: str, lines: list[str]) -> bool:
    """Whether tabs or pipes open cells rather than part them: nearly every line with one begins with it."""
    marked = [line for line in lines if mark in line and (mark == "\t" or line.strip("| "))]
    led = sum(line.startswith(mark) for line in marked)
    return led > 2 and led * 10 >= len(marked) * 9


def _marks_cells(mark: str, lines: list[str]) -> bool:
    """Whether every cell has a tab or pipe: then a figure without one is none of the table's."""
    marked = sum(mark in line for line in lines)
    return marked > _MANY and sum(is_figure(line.strip()) for line in lines if mark not in line) * 10 <= marked


def _take_line(
    tokens: list[Token], line: str, bare: str, position: int, row: int, gap: int, led_by: frozenset[str]
) -> int:
    """Append the tokens of one line that is not empty; return the number of the next row."""
    tabbed, tab_led = "\t" in line, "\t" in led_by
    if tab_led and tabbed and line.count("\t") == 1:  # one cell a line: the row ends at an empty line
        tokens.append(_token((bare, position + (line.index(bare) if bare else len(line))), row, gap))
        return row
    if "|" in line:
        pieces = _by_pipes(line, bare, position, pipe_led="|" in led_by)
    elif tabbed:
        pieces = _by_tabs(line, position, tab_led=tab_led)
    elif tab_led and _continues(tokens, row, bare):
        tokens[-1] = _continued(tokens[-1], bare, position + line.index(bare))
        return row
    else:
        pieces = _by_spaces(line, bare, position)
    if len(pieces) == 1:
        tokens.append(_token(pieces[0], row, gap))
    else:
        tokens.extend(_in_one_row(pieces, row, gap))
    return row + 1


def _token(piece: Piece, row: int, gap: int, kind: Kind | None = None, column: int | None = None) -> Token:
    text, start = piece
    return _made(Token, (text, start, start + len(text), column, None, False, kind or _kind(text), row, gap, None))


def _in_one_row(pieces: list[Piece], row: int, gap: int) -> Iterator[Token]:
    """Give the cells of one printed row their kinds: behind a row label only figures and blanks, before it only labels."""
    label = row_label(text for text, _ in pieces)
    leading = _serial_number(pieces) if label is None else None
    for number, piece in enumerate(pieces):
        kind: Kind | None = None
        if label is not None and piece[0]:
            kind = "label" if number <= label else "figure"
        elif number == leading:
            kind = "label"
        yield _token(piece, row, 0 if number else gap, kind, number)


def row_label(cells: Iterable[str]) -> int | None:
    """Return the place of the one cell that is a whole row label; None if there is none, or more than one."""
    places = [number for number, cell in enumerate(cells) if cell and names_row(cell)]
    return places[0] if len(places) == 1 else None


def _serial_number(pieces: list[Piece]) -> int | None:
    """Return the place of a figure before the first label of a row: it numbers the row and is no value."""
    kinds = [_kind(text) for text, _ in pieces]
    return 0 if len(kinds) > 2 and kinds[:2] == ["figure", "label"] and "figure" in kinds[2:] else None


def _pieces(parts: Iterable[str], position: int) -> list[Piece]:
    pieces = []
    for part in parts:
        bare = part.strip()
        pieces.append((bare, position + (part.index(bare) if bare else 0)))
        position += len(part) + 1
    return pieces


def _by_pipes(line: str, bare: str, position: int, *, pipe_led: bool) -> list[Piece]:
    """Split at pipes. What follows the last pipe is no cell, nor, where pipes open lines, what stands before the first."""
    pieces = _pieces(line.split("|"), position)
    if not pieces[-1][0]:
        pieces.pop()
    if pipe_led and bare[0] == "|":
        pieces.pop(0)
    return [(_without_bold(text), start) for text, start in pieces] if "**" in line else pieces


def _without_bold(cell: str) -> str:
    return cell[2:-2] if cell.startswith("**") and cell.endswith("**") else cell


def _by_tabs(line: str, position: int, *, tab_led: bool) -> list[Piece]:
    pieces = _pieces(line.split("\t"), position)
    return pieces[1:] if tab_led and line.startswith("\t") else pieces


def _by_spaces(line: str, bare: str, position: int) -> list[Piece]:
    """Split a plain line before and behind figures that stand alone between spaces, if the line ends in one."""
    if bare[-1].isdecimal() and (glued := _GLUED.fullmatch(bare)) and (not glued[1] or _fills_row(*glued.groups())):
        return _unglued(glued, position + line.index(bare))
    found = list(_SPACED_FIGURE.finditer(line)) if len(bare.split(None, 1)) > 1 else []
    if not found or not (found[-1].end() == len(line.rstrip()) or len(found) >= 7):
        return [(bare, position + line.index(bare))]
    cuts = [0, *(edge for match in found for edge in match.span()), len(line)]
    parts = ((line[left:right], position + left) for left, right in pairwise(cuts))
    return [piece for part, left in parts for piece in _pieces((part,), left) if piece[0]]


def _fills_row(label: str, figures: str) -> bool:
    """Whether a label is that of a row, and what is printed right behind it has a digit at least for each of the row's cells."""
    found = ending(unexplained(label)) if names_row(label) else None
    return found is not None and len(figures) >= min(len(row.columns) for row in found[0].rows.values())


def _unglued(line: re.Match[str], start: int) -> list[Piece]:
    """Part a row label from what is printed right behind it: a zero begins no number, so that each of several is a figure."""
    figures = line[2] if line[2].strip("0") == "" else [line[2]]
    pieces = [(figure, start + line.start(2) + place) for place, figure in enumerate(figures)]
    return [(line[1], start), *pieces] if line[1] else pieces


def _continues(tokens: list[Token], row: int, bare: str) -> bool:
    """Whether a line without a tab goes on with the tab-led cell before it: a label, or a cell still empty."""
    if not tokens or tokens[-1].row != row or tokens[-1].kind in {"figure", "prose"}:
        return False
    return tokens[-1].kind == "label" or is_figure(bare)


def _continued(token: Token, bare: str, start: int) -> Token:
    if token.kind == "blank":
        return token._replace(text=bare, start=start, end=start + len(bare), kind=_kind(bare))
    return token._replace(text=f"{token.text} {bare}", end=start + len(bare))


def _enumerators_joined(tokens: list[Token]) -> list[Token]:
    """Make a number whose point or bracket stands at the head of the next label part of that label."""
    for place in [place for place, token in enumerate(tokens[:-1]) if token.kind == "figure"]:
        number, following = tokens[place : place + 2]
        if following.kind != "label" or not _CONTINUES_ENUMERATOR.match(following.text):
            continue
        ends_row = place > 0 and tokens[place - 1].row == number.row != following.row
        if not ends_row:
            tokens[place] = number._replace(kind="label")
    return tokens
