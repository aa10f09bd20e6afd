"""Binary workbooks (XLS) made record by record, for what no program at hand writes."""

import struct
from collections.abc import Sequence

_SECTOR = 512
_FREE, _END, _TABLE = 0xFFFF_FFFF, 0xFFFF_FFFE, 0xFFFF_FFFD
_LEAST = 4096  # bytes; a shorter stream would have to stand among the small ones


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
    stream = stream.ljust(_LEAST, b"\0")
    sectors = -(-len(stream) // _SECTOR)
    content = stream.ljust(sectors * _SECTOR, b"\0")
    chain = [*range(1, sectors), _END, _END, _TABLE]
    assert len(chain) <= _SECTOR // 4, "more than one sector of chain is not written"
    table = struct.pack("<128L", *chain, *[_FREE] * (128 - len(chain)))
    root = _entry("Root Entry", 5, child=1, start=_END, size=0)
    directory = root + _entry("Workbook", 2, child=_FREE, start=0, size=len(stream)) + bytes(256)
    return _header(sectors) + content + directory + table


def _entry(name: str, kind: int, *, child: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le") + b"\0\0"
    links = struct.pack("<HBBLLL", len(encoded), kind, 1, _FREE, _FREE, child)
    return encoded.ljust(64, b"\0") + links + bytes(16 + 4 + 16) + struct.pack("<LQ", start, size)


def _header(sectors: int) -> bytes:
    """Return the header: the directory stands behind the content, the table of sectors behind the directory."""
    begun = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    places = struct.pack("<LLLLLLLLL", 0, 1, sectors, 0, _LEAST, _END, 0, _END, 0)
    return begun + places + struct.pack("<109L", sectors + 1, *[_FREE] * 108)
