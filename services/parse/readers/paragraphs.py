"""Lines joined again where only the width of the page, or of a cell, broke them."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from services.parse.readers.lines import Line

# Parts of the size of the type.
_FULL, _INDENTED, _BELOW = 1.6, 1.0, 3.0
_RESIZED = 1.1
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六]部分")
_SENTENCE_ENDS = "。！？!?"
_LETTER = re.compile(r"[0-9A-Za-z]")
_BROKEN_IN_WORD = re.compile(r"[\u4e00-\u9fff（(]\n[\u4e00-\u9fff0-9A-Za-z）)]|[0-9A-Za-z）)]\n[\u4e00-\u9fff]")
_LONG_CELL = 200  # characters; a longer text is made of paragraphs


class Margins(NamedTuple):
    """Where the lines of a text begin and end."""

    left: float
    right: float


def margins_of(lines: Iterable[Line], known: Margins | None = None) -> Margins | None:
    """Return the margins of these lines, and of those known already; None without any."""
    for line in lines:
        left, right = line.box.left, line.box.right
        known = Margins(min(known.left, left), max(known.right, right)) if known else Margins(left, right)
    return known


def goes_on(before: Line, its: Margins, line: Line, own: Margins) -> bool:
    """Whether a line goes on with the paragraph of the one before, which fills its own line to the margin."""
    if max(before.size, line.size) > _RESIZED * min(before.size, line.size) or "\t" in before.text + line.text:
        return False
    if before.box.right < its.right - _FULL * before.size or line.box.left > own.left + _INDENTED * line.size:
        return False
    if line.box.top > before.box.bottom + _BELOW * line.size:
        return False
    return not (before.text[-1] in _SENTENCE_ENDS and _HEADING.match(line.text))


def joined(text: str, following: str) -> str:
    """Return a paragraph with its next line: figures and words on both sides stay apart."""
    return text + (" " if _LETTER.match(text[-1:]) and _LETTER.match(following) else "") + following


def in_cell(lines: Sequence[Line]) -> tuple[str, ...]:
    """Return the text of a cell as one line, a long one as paragraphs.

    A word or a figure and its unit are joined where the cell's width broke them; anything else is parted by a space.
    """
    if sum(len(line.text) for line in lines) < _LONG_CELL:
        text = "\n".join(line.text for line in lines)
        parts = _BROKEN_IN_WORD.sub(lambda found: found[0].replace("\n", ""), text)
        return (
            (_BROKEN_IN_WORD.sub(lambda found: found[0].replace("\n", ""), parts).replace("\n", " "),) if text else ()
        )
    margins = margins_of(lines)
    assert margins is not None
    paragraphs = [lines[0].text]
    for before, line in pairwise(lines):
        if goes_on(before, margins, line, margins):
            paragraphs[-1] = joined(paragraphs[-1], line.text)
        else:
            paragraphs.append(line.text)
    return tuple(paragraphs)
