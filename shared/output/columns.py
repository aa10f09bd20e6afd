"""Text in terminal columns: a Chinese character is two columns wide, and a line never begins with a closing mark."""

import re
import unicodedata
from collections.abc import Iterator

_PIECES = re.compile(r"[!-~]+|\s+|.", re.DOTALL)
_CLOSING = frozenset("，。、；：？！）”》〕】％)")
_HANGING = 4


def printable(text: str) -> str:
    """Return the text as one line without control characters: a document must not speak to the terminal."""
    one_line = " ".join(text.split())
    return "".join(
        "�" if unicodedata.category(character) in {"Cc", "Cf", "Cs"} else character for character in one_line
    )


def one_line(text: str) -> str:
    """Return a text without line breaks and control or direction characters: fit for a header, a name, a list."""
    spaced = "".join(" " if char.isspace() else char for char in text)
    return " ".join("".join(char for char in spaced if unicodedata.category(char) not in {"Cc", "Cf", "Cs"}).split())


def width(text: str) -> int:
    """Return how many terminal columns a text takes."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def _lines(text: str, room: int) -> Iterator[str]:
    line, taken = "", 0
    for piece in _PIECES.findall(printable(text)):
        needed = width(piece)
        hangs = piece in _CLOSING and taken + needed <= room + _HANGING
        if line and taken + needed > room and not hangs:
            yield line.rstrip()
            line, taken = "", 0
        if line or not piece.isspace():
            line, taken = line + piece, taken + needed
    yield line


def wrap(text: str, columns: int, first: str = "", rest: str = "") -> str:
    """Return the text in lines of at most so many columns, with `first` before the first and `rest` before the others."""
    room = max(columns - _HANGING - max(width(first), width(rest)), 20)
    lines = _lines(text, room)
    return "\n".join((first if index == 0 else rest) + line for index, line in enumerate(lines))
