"""The paths on a page of a PDF: which straight lines they rule, and which areas they fill."""

import ctypes
import struct
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from pypdfium2 import raw

from services.parse.document import Unreadable
from services.parse.readers.pdfium import Item, function
from services.parse.readers.rules import Box, Rule

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]

_THIN = 3.0  # points; a filled area as thin is a line
_SLANT = 0.5
_SHORT = 1.0
_MOST_SEGMENTS = 100_000
_WHITE = 250
_OPAQUE = 250

_bounds = function("FPDFPageObj_GetBounds")
_matrix = function("FPDFPageObj_GetMatrix")
_colour = function("FPDFPageObj_GetFillColor")
_mode = function("FPDFPath_GetDrawMode")
_count = function("FPDFPath_CountSegments")
_segment_at = function("FPDFPath_GetPathSegment", returns=Item)
_segment_kind = function("FPDFPathSegment_GetType")
_segment_point = function("FPDFPathSegment_GetPoint")
_segment_closes = function("FPDFPathSegment_GetClose")

_made = tuple.__new__  # makes a line in half of the time; there are hundreds on a page
_floats = (ctypes.c_float * 4)()
_four = struct.Struct("4f").unpack
_at = [ctypes.byref(_floats, place * ctypes.sizeof(ctypes.c_float)) for place in range(4)]
_left, _bottom, _right, _top = _at
_ints = (ctypes.c_uint * 4)()
_four_whole = struct.Struct("4I").unpack
_int_at = [ctypes.byref(_ints, place * ctypes.sizeof(ctypes.c_uint)) for place in range(4)]
_first, _second, *_ = _int_at
_transform = raw.FS_MATRIX()
_transform_at = ctypes.byref(_transform)


class Outline(NamedTuple):
    """What a path draws: horizontal and vertical lines, and filled areas."""

    horizontals: Sequence[Rule] = ()
    verticals: Sequence[Rule] = ()
    areas: Sequence[Box] = ()


_NOTHING = Outline()


def bounds(item: Item, frame: Matrix) -> Box:
    """Return the rectangle round an object."""
    return _made(Box, _sides(item, frame))


def _sides(item: Item, frame: Matrix) -> tuple[float, float, float, float]:
    """Return the left, upper, right and lower side of the rectangle round an object."""
    if not _bounds(item, _left, _bottom, _right, _top):
        return 0, 0, 0, 0
    a, b, c, d, e, f = frame
    left, bottom, right, top = _four(_floats)
    if b == c == 0:
        x0, x1, y0, y1 = a * left + e, a * right + e, d * bottom + f, d * top + f
    else:
        x0, x1 = a * left + c * bottom + e, a * right + c * top + e
        y0, y1 = b * left + d * bottom + f, b * right + d * top + f
    if x0 > x1:
        x0, x1 = x1, x0
    return (x0, y0, x1, y1) if y0 <= y1 else (x0, y1, x1, y0)


def matrix_of(item: Item) -> Matrix:
    """Return the object's own transformation."""
    if not _matrix(item, _transform_at):
        return (1, 0, 0, 1, 0, 0)
    own = _transform
    return (own.a, own.b, own.c, own.d, own.e, own.f)


def combined(first: Matrix, then: Matrix) -> Matrix:
    """Return the transformation that does one and then the other."""
    a, b, c, d, e, f = first
    return (
        *(a * then[0] + b * then[2], a * then[1] + b * then[3]),
        *(c * then[0] + d * then[2], c * then[1] + d * then[3]),
        *(e * then[0] + f * then[2] + then[4], e * then[1] + f * then[3] + then[5]),
    )


def moved(point: Point, frame: Matrix) -> Point:
    """Return where a transformation moves a point."""
    x, y = point
    a, b, c, d, e, f = frame
    return a * x + c * y + e, b * x + d * y + f


def colour_of(item: Item) -> Literal["clear", "white", "other"]:
    """Return whether an object is filled with opaque white, or with what is not seen at all."""
    if not _colour(item, *_int_at):
        return "other"
    red, green, blue, alpha = _four_whole(_ints)
    if not alpha:
        return "clear"
    return "white" if red >= _WHITE and min(green, blue) >= _WHITE and alpha >= _OPAQUE else "other"


def outline(item: Item, frame: Matrix) -> Outline:
    """Return what a path draws; Unreadable for a path of more pieces than any drawing in a report."""
    if not _mode(item, _first, _second):
        return _NOTHING
    fills, strokes = _ints[0], _ints[1]
    left, top, right, bottom = _sides(item, frame)
    wide, high = right - left, bottom - top
    if not (fills or strokes) or (wide < _SHORT and high < _SHORT):
        return _NOTHING
    if high <= _THIN:
        return _made(Outline, ((_made(Rule, ((top + bottom) / 2, left, right)),), (), ()))
    if wide <= _THIN:
        return _made(Outline, ((), (_made(Rule, ((left + right) / 2, top, bottom)),), ()))
    return _of_pieces(list(_pieces(item, combined(matrix_of(item), frame))), fills=bool(fills), strokes=bool(strokes))


def _pieces(item: Item, frame: Matrix) -> Iterator[list[Point]]:
    """Yield the corners of each piece of a path that is made of straight lines, closed or not."""
    count = _count(item)
    if count > _MOST_SEGMENTS:
        raise Unreadable("a drawing of more pieces than any report's")
    corners: list[Point] = []
    curved = False
    for number in range(count):
        segment = _segment_at(item, number)
        kind = _segment_kind(segment)
        _segment_point(segment, _at[0], _at[1])
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(corners) > 1 and not curved:
                yield corners
            corners, curved = [], False
        curved = curved or kind == raw.FPDF_SEGMENT_BEZIERTO
        corners.append(moved((_floats[0], _floats[1]), frame))
        if _segment_closes(segment):
            corners.append(corners[0])
    if len(corners) > 1 and not curved:
        yield corners


def _of_pieces(pieces: Sequence[list[Point]], *, fills: bool, strokes: bool) -> Outline:
    """Return the lines and areas of straight pieces: a thin area is a line along its middle."""
    level: list[Rule] = []
    upright: list[Rule] = []
    areas: list[Box] = []
    for corners in pieces:
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        box = Box(min(xs), min(ys), max(xs), max(ys))
        if box.bottom - box.top <= _THIN:
            level.append(Rule((box.top + box.bottom) / 2, box.left, box.right))
        elif box.right - box.left <= _THIN:
            upright.append(Rule((box.left + box.right) / 2, box.top, box.bottom))
        else:
            if fills:
                areas.append(box)
            if strokes:
                _take_sides(corners, level, upright)
    return Outline(level, upright, areas)


def _take_sides(corners: Sequence[Point], level: list[Rule], upright: list[Rule]) -> None:
    for (x0, y0), (x1, y1) in pairwise(corners):
        if abs(y0 - y1) + abs(x0 - x1) <= _SHORT:
            continue
        if abs(y0 - y1) <= _SLANT:
            level.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x0 - x1) <= _SLANT:
            upright.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
