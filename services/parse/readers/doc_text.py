"""The text of a binary Word document: its pieces, wherever they lie in the stream (MS-DOC 2.4.1, 2.8.35)."""

import struct
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from services.parse.document import Unreadable
from services.parse.readers.doc_file import PIECES, WordFile
from services.parse.readers.doc_sprms import of_prm
from services.parse.readers.page import LONGEST

_PROPERTIES, _PIECE_TABLE = 1, 2
_COMPRESSED = 0x40000000
_EIGHT_BIT = {  # of the bytes of 8-bit pieces, those that are not Latin-1 (FcCompressed)
    **dict(zip(range(0x82, 0x8D), "\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152", strict=True)),
    **dict(
        zip(
            range(0x91, 0x9D),
            "\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153",
            strict=True,
        )
    ),
    0x9F: "\u0178",
}


class Piece(NamedTuple):
    """Characters start..end of the text, at `offset` of the stream, `width` bytes each; `properties` change their formatting."""

    start: int
    end: int
    offset: int
    width: int
    properties: bytes

    def place(self, position: int) -> int:
        """Return where in the stream a character of this piece lies."""
        return self.offset + (position - self.start) * self.width


_BEHIND = 1 << 32  # any end of a piece is less


@dataclass(frozen=True, slots=True)
class Text:
    """All stories of the document one after the other; a character outside the basic plane counts as its two halves."""

    characters: str
    pieces: tuple[Piece, ...]

    def piece_at(self, position: int) -> int:
        """Return the number of the piece that holds a character."""
        return bisect_right(self.pieces, (position, _BEHIND)) - 1


def read_text(file: WordFile) -> Text:
    """Return the text; Unreadable where pieces lie outside the stream, or are longer than any report."""
    properties, table = _parts(file.part(PIECES))
    count = (len(table) - 4) // 12
    if count < 1 or len(table) != 4 + 12 * count:
        raise Unreadable("no table of pieces", "damaged")
    starts = struct.unpack_from(f"<{count + 1}I", table)
    if starts[0] or any(left >= right for left, right in pairwise(starts)):
        raise Unreadable("pieces out of order", "damaged")
    if starts[-1] > LONGEST:
        raise Unreadable("more text than any report")
    told = struct.iter_unpack("<2xIH", table[4 * (count + 1) :])
    pieces = tuple(
        _piece(start, end, place, of_prm(prm, properties))
        for (start, end), (place, prm) in zip(pairwise(starts), told, strict=True)
    )
    return Text("".join(_characters(file.word, piece) for piece in pieces), pieces)


def _parts(table: bytes) -> tuple[list[bytes], bytes]:
    """Return the properties that pieces refer to, and the table of pieces."""
    properties: list[bytes] = []
    place = 0
    while place + 5 <= len(table):
        kind, short = table[place], int.from_bytes(table[place + 1 : place + 3], "little")
        if kind == _PIECE_TABLE:
            size = int.from_bytes(table[place + 1 : place + 5], "little")
            return properties, table[place + 5 : place + 5 + size]
        if kind != _PROPERTIES:
            break
        properties.append(table[place + 3 : place + 3 + short])
        place += 3 + short
    raise Unreadable("no table of pieces", "damaged")


def _piece(start: int, end: int, place: int, properties: bytes) -> Piece:
    if place & _COMPRESSED:
        return Piece(start, end, (place & ~_COMPRESSED) // 2, 1, properties)
    return Piece(start, end, place, 2, properties)


def _characters(stream: bytes, piece: Piece) -> str:
    data = stream[piece.offset : piece.place(piece.end)]
    if len(data) != (piece.end - piece.start) * piece.width:
        raise Unreadable("a piece outside its stream", "damaged")
    if piece.width == 1:
        return data.decode("latin-1").translate(_EIGHT_BIT)
    text = data.decode("utf-16-le", "surrogatepass")
    return text if len(text) == len(data) // 2 else "".join(map(chr, struct.unpack(f"<{len(data) // 2}H", data)))
