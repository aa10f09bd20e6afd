"""What is drawn over the cells of a binary workbook: each object by the cells that it covers.

The layout is that of Microsoft's [MS-XLS] (Obj, 2.4.181) and [MS-ODRAW] (OfficeArtClientAnchorSheet).
"""

import re
from collections.abc import Iterator, Sequence

from services.parse.readers.biff import Record, unpacked
from services.parse.readers.sheet_page import Area

_DRAWING, _OBJECT = 0x00EC, 0x005D
_ANCHOR = re.compile(rb"\0\0\x10\xf0\x12\0\0\0(.{18})", re.DOTALL)
_UNSEEN = frozenset({0x14, 0x19})  # the arrows of filters, remarks
_COLUMN, _ROW = 1024, 256  # parts of a column's width, of a row's height
_SLIGHT, _THIN = 0.12, 0.05


def drawn_areas(records: Sequence[Record]) -> Iterator[Area]:
    """Yield the cells that each object drawn over a sheet covers; filters, remarks and thin objects are left out."""
    anchors: list[bytes] = []
    for record in records:
        if record.kind == _DRAWING:
            anchors = _ANCHOR.findall(b"".join(record.chunks))
        elif record.kind == _OBJECT:
            if unpacked("H", record.data, 4)[0] not in _UNSEEN:
                yield from (area for anchor in anchors if (area := _area(anchor)))
            anchors = []


def _area(anchor: bytes) -> Area | None:
    left, dx0, top, dy0, right, dx1, bottom, dy1 = unpacked("8H", anchor, 2)
    columns = _reach(left, dx0 / _COLUMN, right, dx1 / _COLUMN)
    rows = _reach(top, dy0 / _ROW, bottom, dy1 / _ROW)
    return Area(rows[0], columns[0], rows[1], columns[1]) if rows and columns else None


def _reach(first: int, offset: float, last: int, reach: float) -> tuple[int, int] | None:
    """Return the first and last column, or row, that an object covers more than slightly; None for a thin one."""
    if last < first or (last == first and reach - offset < _THIN):
        return None
    if offset > 1 - _SLIGHT and first < last:
        first += 1
    return first, last - (last > first and reach < _SLIGHT)
