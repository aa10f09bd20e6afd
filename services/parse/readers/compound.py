"""Compound files (OLE), in which the older office programs keep their streams."""

import io
import struct

import olefile

from services.parse.document import Unreadable

_HEAD = 512
_SECTORS = {9: 512, 12: 4096}  # sizes by their powers of two; the file's head has no others


def streams(data: bytes, *names: str) -> list[bytes | None]:
    """Return the streams of these names in the root, None for one that is not there; Unreadable where the file is damaged."""
    _check_counts(data)
    try:
        with olefile.OleFileIO() as opened:
            opened._check_duplicate_stream = _pass  # noqa: SLF001 - it holds each stream against all others
            opened.open(io.BytesIO(data))
            if opened.root.size > len(data):
                _refuse("small streams longer than their file")
            return [_stream(opened, name, len(data)) for name in names]
    except Unreadable:
        raise
    except (
        OSError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        struct.error,
        OverflowError,
        RecursionError,
    ) as fault:
        raise Unreadable("no whole compound file", "damaged") from fault


def _check_counts(data: bytes) -> None:
    """Raise Unreadable where the head counts more sectors than the file has: chains that run in circles would never end."""
    if len(data) < _HEAD:
        _refuse("a compound file without a whole head")
    (power,) = struct.unpack_from("<H", data, 30)
    counts = (struct.unpack_from("<I", data, place)[0] for place in (44, 64, 72))
    if power not in _SECTORS or max(counts) > len(data) // _SECTORS[power]:
        _refuse("a compound file of more sectors than it has")


def _stream(opened: olefile.OleFileIO, name: str, largest: int) -> bytes | None:
    if not opened.exists(name) or opened.get_type(name) != olefile.STGTY_STREAM:
        return None
    size = opened.get_size(name)
    if size > largest:
        _refuse("a stream longer than its file")
    read: bytes = opened.openstream(name).read()
    if len(read) != size:
        _refuse("a stream that is cut off")
    return read


def _pass(_sector: int, _small: bool = False) -> None:
    """Let a stream be that begins where another one does."""


def _refuse(why: str) -> None:
    raise Unreadable(why, "damaged")
