"""Compound files (OLE) made by hand: a directory of streams, each in sectors of its own."""

import struct
from collections.abc import Mapping

_SECTOR, _SMALL = 512, 4096  # bytes; shorter streams would belong into the small ones' stream
_FREE, _END, _TABLE, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_IN_HEAD = 109


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file of these streams, of 6 MiB at most; shorter ones than 4096 bytes are filled up with zeros."""
    contents = [content.ljust(_SMALL, b"\0") for content in streams.values()]
    sizes = [len(_filled(content)) // _SECTOR for content in contents]
    directory = -(-(len(streams) + 1) * 128 // _SECTOR)
    tables = 1
    while tables * _SECTOR // 4 < tables + directory + sum(sizes):
        tables += 1
    starts = [tables + directory + sum(sizes[:number]) for number in range(len(sizes))]
    chains = [_TABLE] * tables + _chain(tables, directory)
    for start, size in zip(starts, sizes, strict=True):
        chains += _chain(start, size)
    chains += [_FREE] * (tables * _SECTOR // 4 - len(chains))
    entries = [_entry("Root Entry", 5, _END, 0, 1 if streams else _NONE)]
    entries += [
        _entry(name, 2, start, len(content), right=number + 2 if number + 1 < len(streams) else _NONE)
        for number, (name, start, content) in enumerate(zip(streams, starts, contents, strict=True))
    ]
    parts = (
        *(struct.pack(f"<{len(chains)}I", *chains), _filled(b"".join(entries))),
        *(_filled(content) for content in contents),
    )
    return _head(tables) + b"".join(parts)


def crowded(count: int) -> bytes:
    """Return a compound file that names so many streams, none of which is there; 55 000 at most."""
    links: dict[int, tuple[int, int]] = {}
    top = _balanced(1, count, links)
    entries = [_entry("Root Entry", 5, _END, 0, top)]
    entries += [
        _entry(f"{number:08}", 2, _END, _SMALL, left=left, right=right)
        for number, (left, right) in sorted(links.items())
    ]
    directory = _filled(b"".join(entries))
    tables = 1
    while tables * _SECTOR // 4 < tables + len(directory) // _SECTOR:
        tables += 1
    chains = [_TABLE] * tables + _chain(tables, len(directory) // _SECTOR)
    chains += [_FREE] * (tables * _SECTOR // 4 - len(chains))
    return _head(tables) + struct.pack(f"<{len(chains)}I", *chains) + directory


def _balanced(first: int, last: int, links: dict[int, tuple[int, int]]) -> int:
    """Note what hangs below each of these entries, and return the topmost."""
    if first > last:
        return _NONE
    middle = (first + last) // 2
    links[middle] = _balanced(first, middle - 1, links), _balanced(middle + 1, last, links)
    return middle


def _head(tables: int) -> bytes:
    """Return the file's head: sectors of 512 bytes, the allocation tables first, the directory behind them."""
    places = [*range(tables), *([_FREE] * (_IN_HEAD - tables))]
    magic = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    kind = struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6)
    counts = struct.pack("<6x9I", 0, tables, tables, 0, _SMALL, _END, 0, _END, 0)
    return magic + kind + counts + struct.pack(f"<{_IN_HEAD}I", *places)


def _chain(start: int, size: int) -> list[int]:
    return [*range(start + 1, start + size), _END] if size else []


def _entry(
    name: str, kind: int, start: int, size: int, child: int = _NONE, *, left: int = _NONE, right: int = _NONE
) -> bytes:
    named = name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII16sIQQIII", named, len(named), kind, 1, left, right, child, bytes(16), 0, 0, 0, start, size, 0
    )


def _filled(content: bytes) -> bytes:
    return content + bytes(-len(content) % _SECTOR)
