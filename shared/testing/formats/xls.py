"""Binary workbooks (XLS) made record by record, for what no program at hand writes."""

import struct
from collections.abc import Sequence

from shared.testing.formats.compound import compound


def record(kind: int, data: bytes = b"") -> bytes:
    """Return the bytes of a record."""
    return struct.pack("<HH", kind, len(data)) + data


def text(content: str, counted_by: str = "H") -> bytes:
    """Return a string of two-byte characters."""
    return struct.pack(f"<{counted_by}B", len(content), 1) + content.encode("utf-16-le")


def begin(kind: int, version: int = 0x0600) -> bytes:
    """Return the record that begins a part: 5 the workbook, 16 a sheet, 32 a chart."""
    return record(0x0809, struct.pack("<HH", version, kind) + bytes(12))


END = record(0x000A)


def book(sheets: Sequence[tuple[str, int, bytes]], globals_: bytes = b"", version: int = 0x0600) -> bytes:
    """Return a workbook of these sheets (name, hidden or not, records), with further records of its own."""
    sizes = sum(len(record(0x0085, bytes(6) + text(name, "B"))) for name, _, _ in sheets)
    at = len(begin(5)) + sizes + len(globals_) + len(END)
    bounds, parts = b"", b""
    for name, hidden, records in sheets:
        bounds += record(0x0085, struct.pack("<LBB", at + len(parts), hidden, 0) + text(name, "B"))
        parts += begin(16) + records + END
    return workbook(begin(5, version) + bounds + globals_ + END + parts)


def workbook(stream: bytes) -> bytes:
    """Return a compound file whose only stream is this workbook."""
    return compound({"Workbook": stream})
