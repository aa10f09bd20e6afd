"""Records of Excel's binary workbooks (BIFF8): cut apart, continued strings joined, packed numbers unpacked.

The layout is that of Microsoft's [MS-XLS], sections 2.4 and 2.5.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from services.parse.document import Unreadable

CONTINUE = 0x003C
_WIDE, _EXTENDED, _RICH = 0x01, 0x04, 0x08


class Record(NamedTuple):
    """A record: where it begins in the stream, its kind, and its data with that of the records that continue it."""

    at: int
    kind: int
    chunks: tuple[bytes, ...]

    @property
    def data(self) -> bytes:
        """The record's own data."""
        return self.chunks[0]


class Rich(NamedTuple):
    """A text, and the fonts that begin in it: (place, font number); before the first stands the cell's own."""

    text: str
    fonts: tuple[tuple[int, int], ...] = ()


def records(stream: bytes, start: int = 0) -> Iterator[Record]:
    """Yield the records from `start` on, up to what is no whole record."""
    at = start
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        begun, chunks = at, [stream[at + 4 : at + 4 + size]]
        at += 4 + size
        while at + 4 <= len(stream) and stream[at : at + 2] == CONTINUE.to_bytes(2, "little"):
            size = int.from_bytes(stream[at + 2 : at + 4], "little")
            chunks.append(stream[at + 4 : at + 4 + size])
            at += 4 + size
        if at > len(stream):
            return
        yield Record(begun, kind, tuple(chunks))


def unpacked(layout: str, data: bytes, at: int = 0) -> tuple[int, ...]:
    """Return numbers from a record's data; Unreadable where it is too short for them."""
    try:
        return struct.unpack_from("<" + layout, data, at)
    except struct.error as fault:
        raise Unreadable("a record cut short", "damaged") from fault


@dataclass(slots=True)
class Strings:
    """Reads strings one after another from a record and its continuations."""

    chunks: Sequence[bytes]
    chunk: int = 0
    at: int = 0

    @property
    def ended(self) -> bool:
        """Whether nothing is left."""
        self._turn()
        return self.chunk >= len(self.chunks)

    def _turn(self) -> None:
        while self.chunk < len(self.chunks) and self.at >= len(self.chunks[self.chunk]):
            self.chunk, self.at = self.chunk + 1, 0

    def take(self, size: int) -> bytes:
        """Return the next bytes, over the ends of chunks; Unreadable where there are not so many."""
        taken = []
        while size:
            if self.ended:
                raise Unreadable("a string cut short", "damaged")
            piece = self.chunks[self.chunk][self.at : self.at + size]
            self.at += len(piece)
            size -= len(piece)
            taken.append(piece)
        return b"".join(taken)

    def number(self, size: int) -> int:
        """Return the next unsigned number of so many bytes."""
        return int.from_bytes(self.take(size), "little")

    def string(self, counted_by: int = 2) -> Rich:
        """Return the next string, whose length stands in `counted_by` bytes before it."""
        count, flags = self.number(counted_by), self.number(1)
        fonts = self.number(2) if flags & _RICH else 0
        extended = self.number(4) if flags & _EXTENDED else 0
        text = self._characters(count, wide=bool(flags & _WIDE))
        begun = tuple(unpacked("HH", self.take(4)) for _ in range(fonts))
        self.take(extended)
        return Rich(text, tuple((place, font) for place, font in begun))

    def _characters(self, count: int, *, wide: bool) -> str:
        """Return characters of one or two bytes; where a continuation begins it says anew which."""
        parts: list[str] = []
        while count:
            if self.ended:
                raise Unreadable("a string cut short", "damaged")
            if self.at == 0 and self.chunk:
                wide = bool(self.number(1) & _WIDE)
                continue
            size = 2 if wide else 1
            left = (len(self.chunks[self.chunk]) - self.at) // size
            here = min(count, left)
            if not here:
                raise Unreadable("half a character", "damaged")
            parts.append(self.take(here * size).decode("utf-16-le" if wide else "latin-1", "replace"))
            count -= here
        return "".join(parts)


def packed_number(packed: int) -> float:
    """Return the number in an RK value: 30 bits of an integer or of a float, perhaps of a hundredfold."""
    if packed & 0x02:
        number = float((packed - (1 << 32) if packed & 0x8000_0000 else packed) >> 2)
    else:
        number = float(struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFF_FFFC) << 32))[0])
    return number / 100 if packed & 0x01 else number
