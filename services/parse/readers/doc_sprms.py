"""What changes the formatting of characters, paragraphs and rows in a binary Word document (sprm, MS-DOC 2.4.6, 2.6)."""

import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from services.parse.readers.look import Look
from services.parse.readers.marked_tables import CellShape, RowShape
from services.parse.readers.word_styles import NOWHERE, Listed, Styles

_STYLE, _SYMBOL = 0x4A30, 0x6A09  # sprmCIstd: a style of characters
_DELETED, _DATA, _SPECIAL = 0x0800, 0x0806, 0x0855
_FLAGS = frozenset({_DELETED, _DATA, _SPECIAL})
_HIDDEN, _STRUCK, _STRUCK_TWICE = 0x083C, 0x0837, 0x2A53
_ALIGN, _POSITION, _PLAIN_AGAIN = 0x2A48, 0x4845, 0x2A33
_TOGGLES = {_HIDDEN: "hidden", _STRUCK: "struck", _STRUCK_TWICE: "struck"}
_ALIGNED = {0: "baseline", 1: "superscript", 2: "subscript"}
_AS_STYLE, _OPPOSITE = 0x80, 0x81

_IN_TABLE, _ROW_END, _DEPTH, _DEPTH_CHANGE = 0x2416, 0x2417, 0x6649, 0x664A
_INNER_CELL, _INNER_ROW_END = 0x244B, 0x244C
_LIST, _LEVEL = 0x460B, 0x260A
_ELSEWHERE = frozenset({0x6645, 0x6646})  # sprmPHugePapx: the rest stands in the data stream
_EDGES, _MERGE, _MERGE_DOWN = 0xD608, 0x5624, 0xD62B
_JOINED_RIGHT, _GOES_ON, _BEGINS = 0x03, 0x20, 0x40  # of a cell's flags (TCGRF)
_LONG_EDGES, _TABS = frozenset({0xD606, 0xD608}), 0xC615

_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)  # of an operand, by the highest three bits; 0: it tells its size itself
_OF_SHORT_CODES: Mapping[int, int] = {  # Prm0: what a piece may change without a list of its own
    0x18: _IN_TABLE,
    0x19: _ROW_END,
    0x41: _DELETED,
    0x47: _DATA,
    0x57: _STRUCK,
    0x5C: _HIDDEN,
    0x68: _ALIGN,
    0x73: _STRUCK_TWICE,
    0x75: _SPECIAL,
}


class Shown(NamedTuple):
    """How characters are shown: `special` ones stand for something else, `data` belongs to a field's dialog, `symbol` is printed."""

    look: Look
    special: bool = False
    data: bool = False
    symbol: str = ""


class Properties(NamedTuple):
    """What is told of a paragraph: its style, how deep in tables it stands, what its mark ends, its list, its row's shape."""

    style: str
    depth: int = 0
    ends_cell: bool = False
    ends_row: bool = False
    listed: Listed = NOWHERE
    shape: RowShape = RowShape()


def of_prm(prm: int, properties: Sequence[bytes]) -> bytes:
    """Return the changes that a piece's short code stands for: one change, or one of the lists that stand before the pieces."""
    if prm & 1:
        return properties[prm >> 1] if prm >> 1 < len(properties) else b""
    code = _OF_SHORT_CODES.get(prm >> 1 & 0x7F)
    return b"" if code is None else struct.pack("<HB", code, prm >> 8)


def changes(listed: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the changes of a list, each with its operand; those that are cut off end it."""
    place = 0
    while place + 3 <= len(listed):
        code = listed[place] | listed[place + 1] << 8
        place += 2
        size = _SIZES[code >> 13] or _told_size(code, listed, place)
        if place + size > len(listed):
            return
        yield code, listed[place : place + size]
        place += size


def _told_size(code: int, listed: bytes, place: int) -> int:
    if code in _LONG_EDGES:
        return int.from_bytes(listed[place : place + 2], "little") + 1
    size = listed[place]
    if code == _TABS and size == 0xFF and (removed := listed[place + 1 : place + 2]):
        added = listed[place + 2 + removed[0] * 4 : place + 3 + removed[0] * 4]
        return 3 + removed[0] * 4 + (added[0] * 3 if added else 0)
    return 1 + size


def shown(listed: bytes, below: Look, styles: Styles | None = None) -> Shown:
    """Return how characters with these changes are shown that stand over a paragraph style's look."""
    told: dict[str, object] = {}
    flags: dict[int, bool] = {}
    symbol = ""
    for code, operand in changes(listed):
        if code in _FLAGS:
            flags[code] = bool(operand[0])
        elif code == _SYMBOL:
            symbol = chr(int.from_bytes(operand[2:], "little"))
        elif code == _STYLE and styles:
            below = styles.look(str(int.from_bytes(operand, "little"))).over(below)
        elif code == _PLAIN_AGAIN:
            told.clear()
        else:
            told |= _told(code, operand, below)
    if flags.get(_DELETED):
        told["hidden"] = True
    return Shown(Look(**told).over(below), flags.get(_SPECIAL, False), flags.get(_DATA, False), symbol)  # type: ignore[arg-type]


def _told(code: int, operand: bytes, below: Look) -> dict[str, object]:
    """Return what a change says of a look; nothing for the many that say nothing of it."""
    if code in _TOGGLES:
        return {_TOGGLES[code]: _toggled(operand[0], getattr(below, _TOGGLES[code]))}
    if code == _ALIGN:
        return {"align": _ALIGNED.get(operand[0])}
    return {"position": int.from_bytes(operand, "little", signed=True)} if code == _POSITION else {}


def _toggled(operand: int, below: bool | None) -> bool | None:
    if operand == _AS_STYLE:
        return below
    return not below if operand == _OPPOSITE else bool(operand)


def expanded(listed: bytes, data: bytes) -> bytes:
    """Return the changes with those put in that stand in the data stream."""
    if not any(code in _ELSEWHERE for code, _ in changes(listed)):
        return listed
    whole = b""
    for code, operand in changes(listed):
        if code in _ELSEWHERE:
            place = int.from_bytes(operand, "little")
            size = int.from_bytes(data[place : place + 2], "little")
            whole += data[place + 2 : place + 2 + size]
        else:
            whole += struct.pack("<H", code) + operand
    return whole


def properties(style: int, listed: bytes) -> Properties:
    """Return what these changes say of a paragraph of a style."""
    told = {code: operand for code, operand in changes(listed) if code >> 10 & 7 == 1}
    on = {code for code, operand in told.items() if operand and operand[0]}
    depth = max(_number(told, _DEPTH) + _number(told, _DEPTH_CHANGE), int(_IN_TABLE in on or _ROW_END in on))
    ends_row = bool({_ROW_END, _INNER_ROW_END} & on)
    name, level = (str(_number(told, code)) if code in told else None for code in (_LIST, _LEVEL))
    return Properties(
        str(style), depth, _INNER_CELL in on, ends_row, Listed(name, level), _shape(listed) if ends_row else RowShape()
    )


def _number(told: Mapping[int, bytes], code: int) -> int:
    return int.from_bytes(told.get(code, b""), "little", signed=True)


def _shape(listed: bytes) -> RowShape:
    left, rights, flags = 0, list[int](), list[int]()
    for code, operand in changes(listed):
        if code == _EDGES:
            left, rights, flags = _edges(operand)
        elif code == _MERGE and operand[0] < operand[1] <= len(flags):  # first cell, and the one behind the last
            flags[operand[0] : operand[1]] = [flags[operand[0]] & ~_JOINED_RIGHT | 1] + [2] * (
                operand[1] - operand[0] - 1
            )
        elif code == _MERGE_DOWN and len(operand) > 2 and operand[1] < len(flags):
            kept = flags[operand[1]] & ~(_GOES_ON | _BEGINS)
            flags[operand[1]] = kept | (_GOES_ON if operand[2] else 0) | (_BEGINS if operand[2] & 2 else 0)
    return RowShape(left, tuple(_cell_shapes(rights, flags)))


def _edges(operand: bytes) -> tuple[int, list[int], list[int]]:
    """Return the left edge, the right edges and the flags of a row's cells (sprmTDefTable)."""
    count = operand[2] if len(operand) > 2 else 0
    if len(operand) < 5 + 2 * count:
        return 0, [], []
    left, *rights = struct.unpack_from(f"<{count + 1}h", operand, 3)
    cells = operand[5 + 2 * count :]  # cells that are not told have no flags
    flags = [int.from_bytes(cells[20 * number : 20 * number + 2], "little") for number in range(count)]
    return left, rights, flags


def _cell_shapes(rights: Sequence[int], flags: Sequence[int]) -> Iterator[CellShape]:
    """Yield the cells. Of those merged side by side all have a flag, and only the first one its own."""
    first = 0
    for right, flag in zip(rights, flags, strict=True):
        joined = flag & _JOINED_RIGHT
        joins_left = bool(first and joined and joined != first)
        if not joins_left:
            first = joined
        goes_on, begins = bool(flag & _GOES_ON), bool(flag & _BEGINS)
        yield CellShape(right, joins_left, goes_on and begins, goes_on and not begins)
