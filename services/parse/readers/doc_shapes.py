"""Notes, text boxes and pictures of a binary Word document: where in the text they are anchored, and where their text stands."""

import struct
from collections.abc import Iterator
from itertools import pairwise

from services.parse.document import Unreadable
from services.parse.readers.doc_file import BOX_TEXTS, DRAWINGS, SHAPES, WordFile

Range = tuple[int, int]

_SHAPE_HEAD, _CONTAINER, _PICTURE_FRAME = 0xF00A, 0xF, 75


def ranges(table: bytes, width: int) -> list[tuple[Range, bytes]]:
    """Return what a table of positions says (PLC): for each range of characters, `width` bytes; Unreadable out of order."""
    count = max(len(table) - 4, 0) // (4 + width)
    edges = struct.unpack_from(f"<{count + 1}I", table) if count else ()
    if any(left > right for left, right in pairwise(edges)):
        raise Unreadable("positions out of order", "damaged")
    told = (table[4 * (count + 1) + number * width :][:width] for number in range(count))
    return list(zip(pairwise(edges), told, strict=True))


def anchors(file: WordFile) -> dict[int, int]:
    """Return, by the position of its anchor in the main text, the number of each shape."""
    return {start: int.from_bytes(told[:4], "little") for (start, _), told in ranges(file.part(SHAPES), 26)}


def boxes(file: WordFile) -> dict[int, Range]:
    """Return, by the number of its shape, where the text of each text box stands in their story."""
    texts = ranges(file.part(BOX_TEXTS), 22)
    in_use = (each for each in texts if not int.from_bytes(each[1][8:10], "little"))
    return {int.from_bytes(told[14:18], "little"): place for place, told in in_use}


def pictures(file: WordFile) -> frozenset[int]:
    """Return the numbers of the shapes that are pictures."""
    return frozenset(number for kind, number in _shapes(file.part(DRAWINGS)) if kind == _PICTURE_FRAME)


def _shapes(drawings: bytes) -> Iterator[tuple[int, int]]:
    """Yield kind and number of each shape; in the records before the first drawing there are none (OfficeArtContent)."""
    place = 8 + int.from_bytes(drawings[4:8], "little")
    end_of_drawing = place
    while place + 9 <= len(drawings):
        if place >= end_of_drawing:  # a byte stands before each drawing
            place += 1
            end_of_drawing = place + 8 + int.from_bytes(drawings[place + 4 : place + 8], "little")
        flags, kind, size = struct.unpack_from("<HHI", drawings, place)
        if kind == _SHAPE_HEAD:
            yield flags >> 4, int.from_bytes(drawings[place + 8 : place + 12], "little")
        place += 8 if flags & 0xF == _CONTAINER else 8 + size
