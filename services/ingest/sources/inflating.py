"""Compressed answers of web servers, unpacked a mebibyte at a time, however much a few bytes hold."""

import zlib
from collections.abc import Iterator

from services.ingest.sources.guard import NotFetched

_PIECE = 1024 * 1024
_GZIP_OR_ZLIB, _RAW_DEFLATE = 47, -15
_GZIP = b"\x1f"


class Inflating:
    """Unpacks gzip, and deflate with or without its header (RFC 9110 8.4.1.2: some servers leave it out)."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(_GZIP_OR_ZLIB)
        self._begun = False

    @property
    def ended(self) -> bool:
        """Whether all that was begun has come to its end."""
        return self._member.eof or not self._begun

    def pieces(self, part: bytes) -> Iterator[bytes]:
        """Yield what a part of the answer holds; what follows the end, and is no further gzip member, is left out."""
        left = part
        while left:
            if not self._begun and left[:1] != _GZIP and left[0] & 0x0F != zlib.DEFLATED:
                self._member = zlib.decompressobj(_RAW_DEFLATE)
            self._begun = True
            if self._member.eof:
                if left[:1] != _GZIP:
                    return
                self._member = zlib.decompressobj(_GZIP_OR_ZLIB)
            yield self._piece(left)
            left = self._member.unused_data if self._member.eof else self._member.unconsumed_tail

    def _piece(self, packed: bytes) -> bytes:
        try:
            return self._member.decompress(packed, _PIECE)
        except zlib.error:
            raise NotFetched("broken_off") from None
