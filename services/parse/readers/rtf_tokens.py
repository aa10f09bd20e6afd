"""The tokens of an RTF file: groups, control words and symbols, bytes of text (RTF specification 1.9.1)."""

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from services.parse.document import Unreadable

MOST_TOKENS = 1_000_000
"""Of one file; a report has twenty thousand, or some hundred thousand where Word wrote it."""

DEEPEST = 1000

_TOKEN = re.compile(
    rb"(?P<text>[^\\{}\r\n\0]+)|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,10})? ?|\\'(?P<code>[0-9a-fA-F]{2})"
    rb"|\\(?P<symbol>[^a-zA-Z'])|(?P<brace>[{}])|[\r\n\0]+|\\'?",
    re.DOTALL,
)
_BRACE = re.compile(rb"[{}]|\\(?:bin([0-9]{1,10}) ?|[\\{}])")
_CHANGE = {b"{": 1, b"}": -1}
_BEGINNING = 400
_FORGET = 100_000  # a file has some hundreds of different control words


class Token(NamedTuple):
    """A token: bytes of text, the name of a control word with its number, a control symbol, a brace, or nothing (line ends)."""

    kind: Literal["text", "word", "symbol", "open", "close", "nothing"]
    text: bytes = b""
    name: str = ""
    number: int | None = None


class Tokens:
    """Gives the tokens of a file; `skip` leaves out the rest of the group that is open."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._place = 0
        self._left = MOST_TOKENS
        self._depth = 0
        self._known: dict[bytes, Token] = {}

    @property
    def whole(self) -> bool:
        """Whether every group that was opened has been closed."""
        return self._depth == 0

    def __iter__(self) -> Iterator[Token]:
        """Yield the tokens up to the end of the first group, or of the data; Unreadable for more, or deeper, than any report."""
        while (found := _TOKEN.match(self._data, self._place)) is not None:
            self._place = found.end()
            self._count()
            token = self._known.get(found[0]) or self._token(found)
            if token.kind in {"open", "close"}:
                self._nest(token.kind == "open")
            elif token.name == "bin":
                self._place += max(token.number or 0, 0)
            yield token
            if self._depth == 0:
                return

    def skip(self) -> bytes:
        """Leave out what follows in the open group, and return the beginning of that; its end is the next token."""
        depth, begin = 1, self._place
        while (found := _BRACE.search(self._data, self._place)) is not None:
            self._count()
            self._place = found.end() + int(found[1] or 0)
            depth += _CHANGE.get(found[0], 0)
            if depth == 0:
                self._place -= 1
                break
        else:
            self._place = len(self._data)
        return self._data[begin : min(self._place, begin + _BEGINNING)]

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise Unreadable("more markup than any report")

    def _nest(self, opened: bool) -> None:
        self._depth += 1 if opened else -1
        if self._depth > DEEPEST:
            raise Unreadable("groups nested beyond any report")

    def _token(self, found: re.Match[bytes]) -> Token:
        """Return a token met for the first time, or a text."""
        if found["text"]:
            return Token("text", found[0])
        token = _made(found)
        if len(self._known) < _FORGET:
            self._known[found[0]] = token
        return token


def _made(found: re.Match[bytes]) -> Token:
    _, word, number, code, symbol, brace = found.groups()
    if word:
        return Token("word", name=word.decode("ascii"), number=int(number) if number else None)
    if code:
        return Token("text", bytes((int(code, 16),)))
    if symbol:
        return Token("text", symbol) if symbol in b"\\{}" else Token("symbol", name=symbol.decode("latin-1"))
    return Token("open" if brace == b"{" else "close") if brace else Token("nothing")
