"""The packed streams of a PDF before anything unpacks them: whether their check sums hold, and that none is beyond any report.

Programs show what they can of a damaged file. A figure read from one may be another than was written.
"""

import base64
import re
import zlib
from collections.abc import Iterator

from services.parse.document import Unreadable

LARGEST = 16 * 1024 * 1024
"""Bytes of a stream unpacked that is neither picture nor type; a page of a report has some ten thousand."""

_LONGEST_DICTIONARY = 1024
_PACKED, _LETTERS = b"/FlateDecode", b"/ASCII85Decode"
_NO_TEXT = re.compile(rb"/Subtype\s*/(?:Image|CIDFontType0C|Type1C|OpenType)\b|/Length1\b")
_MOST_FORMS = 5000  # and pictures that one stream paints
_END = b"%%EOF"
_AT_THE_END = 2048


def intact(data: bytes) -> bool:
    """Return whether a file is whole and what it packs unpacks to what was packed; Unreadable for what only exhausts.

    Of a file that is locked only its end is looked at.
    """
    whole = _END in data[-_AT_THE_END:]
    if b"/Encrypt" in data:
        return whole
    streams = [_is_intact(data, *found) for found in _streams(data)]
    return all(streams) and whole


def _streams(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield where the word is that begins a stream, and where the stream itself begins."""
    place = data.find(b"stream")
    while place >= 0:
        behind = data[place + 6 : place + 8]
        if behind[:1] in {b"\n", b"\r"} and data[place - 3 : place] != b"end":
            yield place, place + (8 if behind == b"\r\n" else 7)
        place = data.find(b"stream", place + 6)


def _is_intact(data: bytes, word: int, begin: int) -> bool:
    dictionary = data[max(word - _LONGEST_DICTIONARY, 0) : word].rpartition(b"obj")[2]
    filters = dictionary.count(_PACKED)
    if not filters or _NO_TEXT.search(dictionary):
        return True
    if filters > 1:
        raise Unreadable("a stream packed twice")
    end = data.find(b"endstream", begin)
    packed = data[begin : end if end >= 0 else len(data)]
    unpacking = zlib.decompressobj()
    try:
        if _LETTERS in dictionary:
            packed = base64.a85decode(packed.strip().removesuffix(b"~>"))
        unpacked = unpacking.decompress(packed, LARGEST + 1)
    except (zlib.error, ValueError):
        return False
    if len(unpacked) > LARGEST or unpacked.count(b" Do") > _MOST_FORMS:
        raise Unreadable("a stream larger than any page")
    return unpacking.eof
