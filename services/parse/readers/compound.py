"""Compound files (OLE), in which the older office programs keep their streams."""

import io
import struct

import olefile

from services.parse.document import Unreadable


def streams(data: bytes, *names: str) -> list[bytes | None]:
    """Return the streams of these names in the root, None for one that is not there; Unreadable where the file is damaged."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as opened:
            return [_stream(opened, name) for name in names]
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


def _stream(opened: olefile.OleFileIO, name: str) -> bytes | None:
    if not opened.exists(name) or opened.get_type(name) != olefile.STGTY_STREAM:
        return None
    read: bytes = opened.openstream(name).read()
    return read
