"""Lines joined again where only the width of the page, or of a cell, broke them."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from services.parse.readers.lines import Line
from services.parse.tokens import is_figure

# Parts of the size of the type.
_FULL, _NEARLY_FULL, _INDENTED, _HANGING, _BELOW = 1.6, 3.2, 0.5, 4.0, 3.0
_ROWS_APART = 1.7
_RESIZED = 1.1
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六]部分")
_SENTENCE_ENDS = "。！？!?"
_LETTER = re.compile(r"[0-9A-Za-z]")
_BROKEN_IN_WORD = re.compile(
    r"(?<=[\u4e00-\u9fff（(])\n(?=[\u4e00-\u9fff0-9A-Za-z）)])|(?<=[0-9A-Za-z）)])\n(?=[\u4e00-\u9fff])"
)
_IN_FIGURES = frozenset("0123456789,.")
_LEAST_PADDING, _WIDEST_PADDING = 2.0, 7.0  # points: on both sides together, on each
_LONG_CELL = 200  # characters; a longer text is made of paragraphs


def right_margin(lines: Iterable[Line]) -> float:
    """Return where the longest of these lines ends."""
    return max((line.box.right for line in lines), default=0.0)


def goes_on(before: Line, line: Line, right: float) -> bool:
    """Whether a line goes on with the paragraph of the one before, which reaches to the right margin, and is not indented."""
    if max(before.size, line.size) > _RESIZED * min(before.size, line.size) or "\t" in before.text + line.text:
        return False
    ended = before.text[-1] in _SENTENCE_ENDS
    full = right - (_FULL if ended else _NEARLY_FULL) * before.size
    shift = line.box.left - before.box.left
    if before.box.right < full or not -_HANGING * line.size <= shift <= _INDENTED * line.size:
        return False
    if line.box.top > before.box.bottom + _BELOW * line.size:
        return False
    return not (ended and _HEADING.match(line.text))


def joined(text: str, following: str) -> str:
    """Return a paragraph with its next line: figures and words on both sides stay apart."""
    return text + (" " if _LETTER.match(text[-1:]) and _LETTER.match(following) else "") + following


def whole_figures(lines: Sequence[Line], left: float, right: float) -> list[Line]:
    """Return the lines of a cell between its edges, with a figure in one piece that had no room there; that is not sure.

    (Some programs break a figure anywhere.) Figures that would have fitted beside one another with the cell's padding are
    two. They are not sure where they are so far from one another that they may be those of two rows, without the line between.
    """
    padding = min(_WIDEST_PADDING, *(min(line.box.left - left, right - line.box.right) for line in lines))
    kept: list[Line] = []
    for line in lines:
        before = kept[-1] if kept else None
        if before is None or before.text[-1] not in _IN_FIGURES or line.text[0] not in _IN_FIGURES:
            kept.append(line._replace(sure=False) if before is not None and _of_two_rows(before, line) else line)
            continue
        free = right - left - _width(before) - _width(line)
        two_rows = _of_two_rows(before, line)
        if free < _LEAST_PADDING or (free < 2 * padding and not two_rows):
            box = before.box._replace(top=line.box.top, bottom=line.box.bottom)
            kept[-1] = before._replace(text=before.text + line.text, box=box, sure=False)
        else:
            kept.append(line._replace(sure=free >= 2 * padding and not two_rows))
    return kept


def _of_two_rows(before: Line, line: Line) -> bool:
    apart = line.box.top - before.box.top > _ROWS_APART * max(before.size, line.size)
    return apart and is_figure(before.text) and is_figure(line.text)


def _width(line: Line) -> float:
    return line.box.right - line.box.left


def in_cell(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return the text of a cell as one line, a long one as paragraphs.

    A word or a figure and its unit are joined where the cell's width broke them; anything else is parted by a space.
    """
    if len(lines) < 2:
        return (lines[0].text,) if lines else ()
    text = "\n".join([line.text for line in lines])
    if len(text) < _LONG_CELL + len(lines) - 1:
        return (_BROKEN_IN_WORD.sub("", text).replace("\n", " "),)
    right = right_margin(lines)
    paragraphs = [lines[0].text]
    for before, line in pairwise(lines):
        if goes_on(before, line, right):
            paragraphs[-1] = joined(paragraphs[-1], line.text)
        else:
            paragraphs.append(line.text)
    return tuple(paragraphs)
