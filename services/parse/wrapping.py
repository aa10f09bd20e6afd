"""Lines that end within a sentence: where prose was broken to a width, what stands round a break is not sure."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from shared.model.cell import Span

_ENDED = re.compile(r"[。!?;:.…)\]》\"”】][ \t]*$")
_PROSE = re.compile(r"[,。;]")
_NEW = re.compile(
    r"[ \t\u3000]{2}|[一二三四五六七八九十]{1,3}[、.]|[(（][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六]部分"
)
_RAGGED = 6  # half characters: a full line may end so far before the longest one
_FULL_LINES = 3  # so many of one width are no chance


def broken(text: str, lines: Sequence[Span]) -> Iterator[tuple[Span, bool, bool]]:
    """Yield the lines of a simplified text, each with whether its sentence began on the line before and goes on in the next."""
    full = _full_width(text, lines)
    goes_on = [_goes_on(text, line, after, full) for line, after in pairwise(lines)]
    yield from zip(lines, (False, *goes_on), (*goes_on, False), strict=False)


def _goes_on(text: str, line: Span, after: Span, full: int) -> bool:
    """Whether the next line begins within the sentence with which a line ends."""
    if text[line.end : after.start] != "\n" or _NEW.match(text, after.start):
        return False
    printed = text[line.start : line.end]
    return not _ENDED.search(printed) and (bool(_PROSE.search(printed)) or _width(printed) >= full)


def _full_width(text: str, lines: Sequence[Span]) -> int:
    """Return how wide a line is at least that was broken at a margin; more than any line where there is no margin."""
    widths = [_width(text[line.start : line.end]) for line in lines]
    full = max(widths, default=0) - _RAGGED
    return full if sum(width >= full for width in widths) >= _FULL_LINES else full + _RAGGED + 1


def _width(printed: str) -> int:
    return 2 * len(printed) - len(printed.encode("ascii", "ignore"))
