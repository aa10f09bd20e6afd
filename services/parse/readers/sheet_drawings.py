"""What is drawn over the cells of a workbook (XLSX): pictures, shapes and diagrams by the cells that they cover."""

from collections.abc import Callable, Iterator
from typing import Any

from services.parse.document import Unreadable
from services.parse.readers.package import attributes, local, whole
from services.parse.readers.sheet_page import Area

# English Metric Units, 12700 to a point.
_POINT = 12_700
_SLIGHT = 4 * _POINT  # what reaches no further into a cell does not cover it
_THIN = 3 * _POINT
_COLUMN, _ROW = 609_600, 190_500  # of a sheet that says nothing else
_LETTER, _PADDING = 7 * 9525, 5 * 9525
_FURTHEST = 200  # columns or rows
_MOST_WIDTHS = 1024  # columns whose widths are known; further ones are as wide as usual
MOST_DRAWN = 5000
"""Objects over one sheet."""

_LONGEST = 9  # digits

Sizes = Callable[[int], int]


def drawn_areas(drawing: Any, sheet: Any) -> Iterator[Area]:
    """Yield the cells that each object drawn over a sheet covers; objects that are hidden, or thin as a spacer, are left out.

    Unreadable for more objects than any report has.
    """
    wide, high = _widths(sheet), _heights(sheet)
    for number, anchor in enumerate(drawing.iterchildren("{*}twoCellAnchor", "{*}oneCellAnchor")):
        if number >= MOST_DRAWN:
            raise Unreadable("more drawn over a sheet than over any")
        hidden = any(attributes(each).get("hidden") in {"1", "true"} for each in anchor.iterfind("*/*/{*}cNvPr"))
        if not hidden and (area := _area(anchor, wide, high)):
            yield area


def _area(anchor: Any, wide: Sizes, high: Sizes) -> Area | None:
    told = {local(child): child for child in anchor}
    if "from" not in told:
        return None
    columns = _reach(told, "col", "cx", wide)
    rows = _reach(told, "row", "cy", high)
    return Area(rows[0], columns[0], rows[1], columns[1]) if rows and columns else None


def _reach(told: dict[str, Any], side: str, extent: str, size: Sizes) -> tuple[int, int] | None:
    """Return the first and last column, or row, that an object covers; None for a thin one."""
    first, offset = _corner(told["from"], side)
    if "to" in told:
        last, reach = _corner(told["to"], side)
    else:
        last, reach = first, offset + _number(attributes(told["ext"]).get(extent) if "ext" in told else None)
        while reach > size(last) and last - first < _FURTHEST:
            last, reach = last + 1, reach - size(last)
    if last < first or (last == first and reach - offset < _THIN):
        return None
    if size(first) - offset < _SLIGHT and first < last:
        first += 1
    return first, last - (last > first and reach < _SLIGHT)


def _corner(marker: Any, side: str) -> tuple[int, int]:
    told = {local(child): child.text for child in marker}
    return whole(told.get(side), 0), _number(told.get(f"{side}Off"))


def _number(printed: str | None) -> int:
    digits = (printed or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST else 0


def _widths(sheet: Any) -> Sizes:
    known = [_COLUMN] * _MOST_WIDTHS
    for each in sheet.iterfind("{*}cols/{*}col"):
        told = attributes(each)
        first, last = whole(told.get("min"), 1) - 1, min(whole(told.get("max"), 0), _MOST_WIDTHS)
        if (letters := _float(told.get("width"))) is not None and 0 <= first < last:
            known[first:last] = [int(letters * _LETTER + _PADDING)] * (last - first)
    return lambda column: known[column] if column < _MOST_WIDTHS else _COLUMN


def _heights(sheet: Any) -> Sizes:
    told = [attributes(each) for each in sheet.iterfind("{*}sheetData/{*}row")]
    known = {whole(each.get("r"), 0): _float(each.get("ht")) for each in told}

    def high(row: int) -> int:
        points = known.get(row + 1)
        return _ROW if points is None else int(points * _POINT)

    return high


def _float(printed: str | None) -> float | None:
    try:
        number = float(printed or "")
    except ValueError:
        return None
    return number if 0 < number < _POINT else None
