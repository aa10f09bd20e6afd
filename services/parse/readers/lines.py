"""Characters with places become lines of text: spaces by their distance, small notes and struck-out text kept apart."""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from operator import attrgetter, sub
from typing import NamedTuple

from services.parse.readers.drawn import Glyph, Ink, Run
from services.parse.readers.rules import Box, Rule
from services.parse.small import lowered, raised
from services.parse.struck import strike
from shared.text import normalise

# All distances are parts of the size of the type.
_SAME_LINE = 0.5  # base lines so near are one line: notes above and below it too
_TOUCHING = 0.3
_APART, _CELLS_APART, _FAR_APART = 0.6, 0.4, 1.5  # programs put a quarter between a character and a figure
_TIGHT = 0.1  # neither a gap nor upon one another
FIGURES_APART = 0.22  # half a digit: what is wider may part two figures
_BACK = 0.5
_ASCENT, _DESCENT = 0.8, 0.2
_LARGEST_BESIDE = 3.0  # times the size of what stands beside it in a line
_SMALLER = 0.85
_UP, _DOWN = 0.15, -0.06
_SHIFTED_UP, _SHIFTED_DOWN = 0.25, -0.2  # of characters as large as the others
_STRUCK = (0.12, 0.6)  # a stroke between these heights above the base line goes through a character
_UPON = 0.15  # characters that begin so near to one another stand upon one another; the narrowest figure takes twice as much
_HAIR = 0.5  # points

_made = tuple.__new__  # makes a line in half of the time; there are hundreds in a report

_LIKE = "⺠民⺝月⺜日⺩王⺫目⺮竹⻅见⻆角⻉贝⻋车⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻬齐⻮齿⻰龙⻳龟"
_CHARACTERS = {
    # Types name one shape twice, and some programs then write the radical for the character (Unicode Standard, 18.1).
    **{code: unicodedata.normalize("NFKC", chr(code)) for code in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00))},
    **{ord(radical): character for radical, character in zip(_LIKE[::2], _LIKE[1::2], strict=True)},
}
_RADICAL = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")
_SPACES = frozenset(" \u00a0\u3000\t")
_SPACE = re.compile("[ \u00a0\u3000\t]")


class Line(NamedTuple):
    """A line of text; `size` of its type in points. Not `sure` where characters stand upon one another.

    `order`: the place of its first piece in the order in which the page is painted.
    """

    text: str
    box: Box
    size: float
    sure: bool = True
    order: int = 0


def lines_in(runs: Sequence[Run], strokes: Sequence[Rule] = ()) -> list[Line]:
    """Return the lines of a cell from the top, in whatever order they were painted; text turned in it is a line of its own."""
    ink = runs[0].ink
    if ink.turn == 0 and (len(runs) == 1 or all(run.ink == ink for run in runs)):
        lines = [_line(runs, strokes, " ")]
    else:
        turned = [list(row) for turn, row in groupby(runs, lambda run: run.ink.turn) if turn]
        lines = [_line(row, strokes, " ") for row in _level(runs)] + [_turned(row) for row in turned]
    return [line for line in lines if line.text]


def _level(runs: Iterable[Run]) -> list[list[Run]]:
    """Return the rows of the text that is not turned."""
    rows: list[list[Run]] = []
    for run in sorted((run for run in runs if run.ink.turn == 0), key=_base):
        if rows and _on_one_line(rows[-1][-1].ink, run.ink):
            rows[-1].append(run)
        else:
            rows.append([run])
    return rows


def lines_of(runs: Iterable[Run], strokes: Sequence[Rule] = ()) -> list[Line]:
    """Return the lines of running text in the order in which they were painted, cells of no ruled table parted by tabs."""
    rows: list[list[Run]] = []
    for run in runs:
        pieces = _unbroken(run)
        if rows and _goes_on(rows[-1][-1], pieces[0]):
            rows[-1].append(pieces.pop(0))
        rows += [[piece] for piece in pieces]
    lines = (_line(row, strokes, "\t") if row[0].ink.turn == 0 else _turned(row) for row in _whole(rows))
    return sorted((line for line in lines if line.text), key=_order)


def _base(run: Run) -> float:
    return run.ink.base


_left, _at, _order = map(attrgetter, ("left", "at", "order"))


def _on_one_line(one: Ink, other: Ink) -> bool:
    smaller, larger = sorted((one.size, other.size))
    return abs(one.base - other.base) <= _SAME_LINE * larger <= _SAME_LINE * _LARGEST_BESIDE * smaller


def _unbroken(run: Run) -> list[Run]:
    """Return what one text object prints in pieces, each of which goes on from left to right; turned text is one."""
    lefts, rights, back = run.lefts, run.rights, _BACK * run.ink.size
    if run.ink.turn or min(map(sub, lefts[1:], rights), default=0.0) >= -back:
        return [run]
    breaks = [at for at, (left, right) in enumerate(zip(lefts[1:], rights, strict=False), 1) if left - right < -back]
    return [run.piece(start, end) for start, end in pairwise((0, *breaks, len(lefts)))]


def _goes_on(before: Run, run: Run) -> bool:
    ink, old = run.ink, before.ink
    if ink is not old and (ink.turn or old.turn or not _on_one_line(old, ink)):
        return bool(ink.turn) and ink.turn == old.turn
    return bool(ink.turn) or run.lefts[0] >= before.rights[-1] - _BACK * ink.size


def _whole(rows: Iterable[list[Run]]) -> list[list[Run]]:
    """Return the lines with pieces joined that touch: some programs paint all figures of a page before its characters."""
    joined: list[list[Run]] = []
    for row in sorted(rows, key=lambda row: (round(row[0].ink.base), _start(row))):
        if joined and _adjoins(joined[-1], row):
            joined[-1].extend(row)
        else:
            joined.append(row)
    return joined


def _start(row: Iterable[Run]) -> float:
    return min(min(run.lefts) for run in row)


def _end(row: Iterable[Run]) -> float:
    return max(max(run.rights) for run in row)


def _adjoins(row: Sequence[Run], piece: Sequence[Run]) -> bool:
    """Whether a piece touches a character of a row, at its end or in a gap."""
    ink, own = row[0].ink, piece[0].ink
    if ink.turn or own.turn or not _on_one_line(ink, own):
        return False
    near = _TOUCHING * max(ink.size, own.size)
    left, right = _start(piece), _end(piece)
    return any(
        any(abs(end - left) <= near for end in run.rights) or any(abs(start - right) <= near for start in run.lefts)
        for run in row
    )


def _turned(row: Sequence[Run]) -> Line:
    """Return text that does not run from left to right, in the order in which it was painted."""
    middles = [middle for run in row for middle in run.middles]
    box = Box(_start(row), min(middles), _end(row), max(middles))
    size = max(run.ink.size for run in row)
    return Line(_plain("".join(run.text for run in row)), box, size, order=row[0].ink.order)


def _line(row: Sequence[Run], strokes: Sequence[Rule], wide: str) -> Line:
    """Return what stands on one line. Most are of one size and close, and no character of them is looked at by itself."""
    size, base = row[0].ink[:2]
    even = len(row) == 1 or all(run.ink[:2] == (size, base) for run in row)
    near = _beside(strokes, base, size)
    if even and not near and (line := _close(row)) is not None:
        return line
    glyphs = sorted((glyph for run in row for glyph in run.glyphs()), key=_left)
    if not even:
        size = max(run.ink.size for run in row)
        base = Counter(glyph.ink.base for glyph in glyphs if glyph.ink.size >= _SMALLER * size).most_common(1)[0][0]
        near = _beside(strokes, base, size)
    order = glyphs[0].ink.order if even else min(run.ink.order for run in row)
    text, sure = _marked(glyphs, base, size, near, wide) if near or not even else _written(glyphs, wide)
    box = Box(_start(row), base - _ASCENT * size, _end(row), base + _DESCENT * size)
    return Line(_plain(text), box, size, sure, order)


def _beside(strokes: Sequence[Rule], base: float, size: float) -> Sequence[Rule]:
    """Return the strokes at the height of a line."""
    return strokes and strokes[bisect_left(strokes, base - size, key=_at) : bisect_left(strokes, base, key=_at)]


def _close(row: Sequence[Run]) -> Line | None:
    """Return the line of a row of one size that is read as it stands: each character right behind the one before, no spaces."""
    text, lefts, rights, _, (size, base, _, _, _, order) = row[0]
    if len(row) > 1:
        text = "".join([run.text for run in row])
        lefts, rights = [left for run in row for left in run.lefts], [right for run in row for right in run.rights]
    if len(text) > 1:
        gaps, near = sorted(map(sub, lefts[1:], rights)), _TIGHT * size
        if lefts != sorted(lefts) or not -near < gaps[0] <= gaps[-1] < near:
            return None
    if _SPACE.search(text):
        return None
    box = _made(Box, (lefts[0], base - _ASCENT * size, max(rights), base + _DESCENT * size))
    return _made(Line, (_plain(text), box, size, True, order))


def _written(row: Iterable[Glyph], wide: str, before: Glyph | None = None) -> tuple[str, bool]:
    """Return the characters with a space, or what parts cells, where they are that far apart; and whether none overlap.

    A copy of a character upon itself (bold made by printing twice) is left out.
    """
    parts: list[str] = []
    spaced = False
    sure = True
    end = before.right if before else 0.0
    for glyph in row:
        text, left, right, _, ink = glyph
        if text in _SPACES:
            spaced = True
            continue
        if before is not None and (spaced or not -_TIGHT * ink.size < left - end < _TIGHT * ink.size):
            between = _between(before, glyph, wide, spaced=spaced)
            if between is None and text == before.text:
                continue
            sure = sure and between is not None
            parts.append(between or "")
        parts.append(text)
        before, end, spaced = glyph, right, False
    return "".join(parts), sure


def _between(before: Glyph, glyph: Glyph, wide: str, *, spaced: bool) -> str | None:
    """Return what stands between two characters; None where the second one stands upon the first."""
    size = max(before.ink.size, glyph.ink.size, _HAIR)
    gap = (glyph.left - before.right) / size
    if gap < 0 and glyph.left - before.left < _UPON * size:
        return None
    if gap > (_FAR_APART if spaced or not _parts_cells(before.text, glyph.text) else _CELLS_APART):
        return wide
    latin = glyph.text.isascii() and before.text.isascii()
    return " " if spaced or gap > _APART or (gap > FIGURES_APART and latin) else ""


def _parts_cells(before: str, after: str) -> bool:
    """Whether a gap, and no space, between these characters is where a cell ends: before or behind a figure."""
    return before.isdigit() or after.isdigit()


def _marked(row: Sequence[Glyph], base: float, size: float, strokes: Sequence[Rule], wide: str) -> tuple[str, bool]:
    """Return the characters with small ones above and below the line, and those that a stroke goes through, as such."""
    parts: list[str] = []
    sure = True
    before: Glyph | None = None
    for mark, run in groupby(row, lambda glyph: _mark(glyph, base, size, strokes)):
        glyphs = list(run)
        text, certain = _written(glyphs, wide, before)
        parts.append({"up": raised, "down": lowered, "struck": strike}.get(mark, str)(text))
        before = next((glyph for glyph in reversed(glyphs) if glyph.text not in _SPACES), before)
        sure = sure and certain
    return "".join(parts), sure


def _mark(glyph: Glyph, base: float, size: float, strokes: Sequence[Rule]) -> str:
    own, rise = glyph.ink, base - glyph.ink.base
    if own.size < _SMALLER * size:
        if rise > _UP * size or rise < _DOWN * size:
            return "up" if rise > 0 else "down"
    elif rise > _SHIFTED_UP * size or rise < _SHIFTED_DOWN * size:
        return "up" if rise > 0 else "down"
    low, high = (own.base - height * own.size for height in _STRUCK)
    middle = (glyph.left + glyph.right) / 2
    struck = any(high <= rule.at <= low and rule.start <= middle <= rule.end for rule in strokes)
    return "struck" if struck else ""


def _plain(text: str) -> str:
    if text.isascii():
        return text.strip()
    if _RADICAL.search(text):
        text = text.translate(_CHARACTERS)
    return normalise(text).strip()
