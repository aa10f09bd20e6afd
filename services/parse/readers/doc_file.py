"""The streams of a binary Word document, and where in them its parts lie (MS-CFB, MS-DOC 2.5)."""

import struct
from dataclasses import dataclass

from services.parse.document import Unreadable
from services.parse.readers.compound import streams

MAIN, FOOTNOTES, HEADERS, MACROS, COMMENTS, ENDNOTES, BOXES = range(3, 10)
"""Counts of the characters of the document's stories, which follow each other in this order (FibRgLw97)."""

STYLES, FOOTNOTE_MARKS, FOOTNOTE_TEXTS = 1, 2, 3
CHARACTERS, PARAGRAPHS, PIECES, SHAPES = 12, 13, 33, 40
ENDNOTE_MARKS, ENDNOTE_TEXTS, DRAWINGS, BOX_TEXTS = 46, 47, 50, 56
LISTS, LIST_USES = 73, 74
"""Parts of the table stream (FibRgFcLcb97)."""

LONGEST_PART = 2 * 1024 * 1024
"""Bytes; those of a report have some ten thousand at most."""

_FIRST_OF_WORD_97 = 0xBF  # nFib of older files is 101 to 105
_ENCRYPTED, _TABLE_1, _OBFUSCATED = 0x0100, 0x0200, 0x8000
_BASE = 32


@dataclass(frozen=True, slots=True)
class WordFile:
    """A Word document's streams; `counts` and `places` (offset and length in the table stream) as its head tells them."""

    word: bytes
    table: bytes
    data: bytes
    counts: tuple[int, ...]
    places: tuple[tuple[int, int], ...]

    def count(self, story: int) -> int:
        """Return how many characters a story has."""
        return self.counts[story] if story < len(self.counts) else 0

    def part(self, number: int) -> bytes:
        """Return a part of the table stream, empty where there is none; Unreadable where it lies outside, or is too long."""
        start, length = self.places[number] if number < len(self.places) else (0, 0)
        if length > LONGEST_PART:
            raise Unreadable("a part longer than any report's")
        if start + length > len(self.table):
            raise Unreadable("a part outside its stream", "damaged")
        return self.table[start : start + length]

    def behind(self, number: int) -> bytes:
        """Return what the table stream holds from the end of a part on, as far as a part may be long."""
        start, length = self.places[number] if number < len(self.places) else (0, 0)
        return self.table[start + length :][:LONGEST_PART] if length else b""


def open_file(data: bytes) -> WordFile:
    """Open a Word document of Word 97 or later; Unreadable where it is damaged, encrypted or older."""
    word, table_0, table_1, more = streams(data, "WordDocument", "0Table", "1Table", "Data")
    if word is None:  # it stands within a file of another kind
        raise Unreadable("no document in the file", "unsupported_format")
    if len(word) < _BASE:
        raise Unreadable("a document without a head", "damaged")
    version, flags = struct.unpack_from("<2xH6xH", word)
    if version < _FIRST_OF_WORD_97:
        raise Unreadable("a document of Word 95 or older", "unsupported_format")
    if flags & (_ENCRYPTED | _OBFUSCATED):
        raise Unreadable("an encrypted document", "encrypted")
    try:
        counts, places = _head(word)
    except struct.error as fault:
        raise Unreadable("a document without a whole head", "damaged") from fault
    table = table_1 if flags & _TABLE_1 else table_0
    return WordFile(word, table or b"", more or b"", counts, places)


def _head(word: bytes) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
    """Return the counts of characters and the places of the parts (struct.error where the head is cut off)."""
    place = _BASE + 2 + 2 * struct.unpack_from("<H", word, _BASE)[0]
    (size,) = struct.unpack_from("<H", word, place)
    counts = struct.unpack_from(f"<{size}I", word, place + 2)
    place += 2 + 4 * size
    (size,) = struct.unpack_from("<H", word, place)
    numbers = struct.unpack_from(f"<{2 * size}I", word, place + 2)
    return counts, tuple(zip(numbers[::2], numbers[1::2], strict=True))
