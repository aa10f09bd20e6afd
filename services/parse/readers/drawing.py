"""The pages of a PDF as PDFium draws them: characters, lines, areas, pictures."""

import ctypes
import math
import re
import struct
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import compress, groupby, repeat
from operator import gt
from typing import NamedTuple

from pypdfium2 import raw

from services.parse.document import Unreadable
from services.parse.readers.drawn import LOST, Area, Drawing, Ink, Run
from services.parse.readers.outlines import Matrix, bounds, colour_of, combined, matrix_of, outline
from services.parse.readers.pdfium import Handle, Item, function

MOST_OBJECTS = 50_000
"""Texts, lines, areas and pictures of one page; one printed from a web page has some hundreds."""

_MOST_CHARACTERS = 50_000
_DEEPEST = 8  # forms in forms
_SAMPLE = 50
_SLIGHT = 0.05  # of a quarter turn
_INVISIBLE = frozenset({raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP})
_CODES = range(sys.maxunicode + 1)
_TEXT, _PATH = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH
_IMAGE, _FORM = raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM
_SURROGATE = re.compile("[\ud800-\udfff]")
_RARE = re.compile("[^ -\ud7ff\uf900-\uffef]")
_SPACES = frozenset({0x09, 0x0A, 0x0D, 0x20})

_unicode = function("FPDFText_GetUnicode", returns=ctypes.c_uint)
_text = function("FPDFText_GetText")
_unmapped = function("FPDFText_HasUnicodeMapError")
_text_object = function("FPDFText_GetTextObject", returns=ctypes.c_void_p)
_loose_box = function("FPDFText_GetLooseCharBox")
_text_matrix = function("FPDFText_GetMatrix")
_font_size = function("FPDFText_GetFontSize", returns=ctypes.c_double)
_object_at = function("FPDFPage_GetObject", returns=Item)
_form_object_at = function("FPDFFormObj_GetObject", ctypes.c_void_p, ctypes.c_ulong, returns=Item)
_form_objects = function("FPDFFormObj_CountObjects")
_kind = function("FPDFPageObj_GetType")
_render_mode = function("FPDFTextObj_GetTextRenderMode")

_AT_ONCE = 500  # boxes of characters
_boxes = (raw.FS_RECTF * _AT_ONCE)()
_boxes_at = [ctypes.byref(_boxes, number * ctypes.sizeof(raw.FS_RECTF)) for number in range(_AT_ONCE)]
_box_sides = memoryview(_boxes).cast("B").cast("f")  # of each box: left, top, right, bottom
_units = ctypes.create_string_buffer(2 * _MOST_CHARACTERS + 2)
_units_of_page = memoryview(_units).cast("B")
_matrix = raw.FS_MATRIX()
_matrix_at = ctypes.byref(_matrix)
_coefficients = struct.Struct("6f").unpack
_made = tuple.__new__  # makes a character in half of the time; there are thousands on a page


_NO_INK = Ink(0, 0, 0, seen=False, white=False, order=0)


class _Frame(NamedTuple):
    """How the page's own coordinates become those of its drawing; the text is turned `turn` quarters in the former."""

    matrix: Matrix
    turn: int


def draw(page: Handle) -> Drawing:
    """Return what is on an open page; Unreadable where it is more than on any page of a report."""
    text = raw.FPDFText_LoadPage(page)
    if not text:
        raise Unreadable("a page whose text cannot be read", "damaged")
    try:
        count = raw.FPDFText_CountChars(text)
        if count > _MOST_CHARACTERS:
            raise Unreadable("more characters than any page")
        items = list(map(_text_object, repeat(text), range(count)))
        frame, drawing = _framed(page, _turn(text, items))
        order = _take_objects(page, frame, drawing)
        drawing.runs = list(_runs(text, items, frame, drawing, order))
        return drawing
    finally:
        raw.FPDFText_ClosePage(text)


def _quarters(a: float, b: float) -> float:
    """Return the direction of a text in quarter turns, from the left to the right of the unturned page."""
    return (math.atan2(b, a) / (math.pi / 2)) % 4


def _turn(text: Handle, items: Sequence[int | None]) -> int:
    """Return the quarter turns of most characters of the page."""
    turns: Counter[int] = Counter()
    for number in range(0, len(items), max(len(items) // _SAMPLE, 1)):
        if items[number] and _text_matrix(text, number, _matrix_at):
            a, b = _matrix.a, _matrix.b
            turns[round(_quarters(a, b)) % 4 if b or a <= 0 else 0] += 1
    return turns.most_common(1)[0][0] if turns else 0


def _framed(page: Handle, turn: int) -> tuple[_Frame, Drawing]:
    """Return how places on the page become places of a drawing whose text runs from left to right, and the drawing."""
    area = raw.FS_RECTF()
    if not raw.FPDF_GetPageBoundingBox(page, area):
        raise Unreadable("a page without bounds", "damaged")
    matrices: tuple[Matrix, ...] = (
        (1, 0, 0, -1, -area.left, area.top),
        (0, 1, 1, 0, -area.bottom, -area.left),
        (-1, 0, 0, 1, area.right, -area.bottom),
        (0, -1, -1, 0, area.top, area.right),
    )
    wide, high = area.right - area.left, area.top - area.bottom
    drawing = Drawing(*((high, wide) if turn % 2 else (wide, high)), turned=(turn - raw.FPDFPage_GetRotation(page)) % 4)
    return _Frame(matrices[turn], turn), drawing


def _take_objects(page: Handle, frame: _Frame, drawing: Drawing) -> dict[int | None, int]:
    """Take lines, areas and pictures into the drawing; return the order of the text objects."""
    order: dict[int | None, int] = {}
    for place, (item, kind, matrix) in enumerate(_objects(page, frame.matrix)):
        if kind == _TEXT:
            order[item.value] = place
        elif kind == _PATH:
            level, upright, areas = outline(item, matrix)
            drawing.horizontals += level
            drawing.verticals += upright
            if areas:
                white = colour_of(item) == "white"
                drawing.areas += [Area(box, white, place) for box in areas]
            if not (level or upright or areas):
                drawing.shapes.append(bounds(item, matrix))
        elif kind == _IMAGE:
            drawing.pictures.append(Area(bounds(item, matrix), white=False, order=place))
    return order


def _objects(page: Handle, matrix: Matrix) -> Iterator[tuple[Item, int, Matrix]]:
    """Yield all objects of the page in the order in which they are painted, those inside forms in their place."""
    left = MOST_OBJECTS
    walks = [(_each(_object_at, page, raw.FPDFPage_CountObjects(page), left), matrix)]
    while walks:
        items, around = walks[-1]
        for item in items:
            left -= 1
            if left < 0:
                raise Unreadable("more on a page than any report has")
            kind = _kind(item)
            if kind == _FORM and len(walks) < _DEEPEST:
                inside = _each(_form_object_at, item, _form_objects(item), left)
                walks.append((inside, combined(matrix_of(item), around)))
                break
            yield item, kind, around
        else:
            walks.pop()


def _each(object_at: Callable[[Handle, int], Item], whole: Handle, count: int, most: int) -> Iterator[Item]:
    """Yield the objects of a page or of a form, one more than the most that are left to be looked at."""
    return map(object_at, repeat(whole), range(min(count, most + 1)))


def _runs(
    text: Handle, items: Sequence[int | None], frame: _Frame, paper: Drawing, order: Mapping[int | None, int]
) -> Iterator[Run]:
    """Yield the characters on the paper in the order in which they are painted, without those that PDFium only supposes."""
    wide, high = paper.width, paper.height
    numbers = list(compress(range(len(items)), items))
    named, (lefts, rights, middles) = _characters(text, items, numbers), _places(text, numbers, frame)
    on_it = [0 <= left <= wide and 0 <= middle <= high for left, middle in zip(lefts, middles, strict=True)]
    if not all(on_it):
        named, lefts, rights, middles, _ = Run(named, lefts, rights, middles, _NO_INK).chosen(on_it)
        numbers = list(compress(numbers, on_it))
    end = 0
    for item, same in groupby(map(items.__getitem__, numbers)):
        start, end = end, end + len(list(same))
        ink = _ink(text, numbers[start], Item(item), frame, order.get(item, 0))
        yield _made(Run, (named[start:end], lefts[start:end], rights[start:end], middles[start:end], ink))


def _places(
    text: Handle, numbers: Sequence[int], frame: _Frame
) -> tuple[Sequence[float], Sequence[float], Sequence[float]]:
    """Return where each character begins and ends, from left to right, and half its height, from the top of the page."""
    (a, b, c, d, e, f), turn = frame
    lefts, tops, rights, bottoms = _boxes_of(text, numbers)
    if turn:
        boxes = list(zip(lefts, tops, rights, bottoms, strict=True))
        middles = [(b * (left + right) + d * (bottom + top)) / 2 + f for left, top, right, bottom in boxes]
        lefts = [a * left + c * bottom + e for left, _, _, bottom in boxes]
        rights = [a * right + c * top + e for _, top, right, _ in boxes]
    else:
        middles = [f - (bottom + top) / 2 for bottom, top in zip(bottoms, tops, strict=True)]
        if e:
            lefts, rights = [left + e for left in lefts], [right + e for right in rights]
    if any(map(gt, lefts, rights)):
        return [*map(min, lefts, rights)], [*map(max, lefts, rights)], middles
    return lefts, rights, middles


def _boxes_of(text: Handle, numbers: Sequence[int]) -> tuple[list[float], list[float], list[float], list[float]]:
    """Return the left, top, right and bottom sides of the characters of these numbers, on the page's own coordinates."""
    sides: list[float] = []
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        found = sum(map(_loose_box, repeat(text), some, _boxes_at))
        sides += _box_sides[: 4 * found].tolist()
    return sides[::4], sides[1::4], sides[2::4], sides[3::4]


def _characters(text: Handle, items: Sequence[int | None], numbers: Sequence[int]) -> str:
    """Return the characters of these numbers, at once where none of the page takes no place or two in that form (UTF-16)."""
    count = len(items)
    whole = _text(text, 0, count, _units) == count + 1
    named = str(_units_of_page[: 2 * count], "utf-16-le", "surrogatepass") if whole else ""
    if len(named) != count or _SURROGATE.search(named):
        codes = map(_unicode, repeat(text), numbers)
        named = "".join(chr(code) if code in _CODES else LOST for code in codes)
    elif len(numbers) < count:
        named = "".join(compress(named, items))
    if not _RARE.search(named) and 1 not in map(_unmapped, repeat(text), numbers):
        return named
    return "".join(map(_character, repeat(text), numbers, named))


def _character(text: Handle, number: int, named: str) -> str:
    """Return a character: white space as such, what stands for it where its type does not say which it is."""
    if ord(named) in _SPACES:
        return " "
    usual = " " < named < "\ud800" or "\uf900" <= named < "\ufff0" or "\U00010000" <= named < "\U000f0000"
    return named if usual and _unmapped(text, number) != 1 else LOST


def _ink(text: Handle, number: int, item: Item, frame: _Frame, order: int) -> Ink:
    _text_matrix(text, number, _matrix_at)
    a, b, c, d, e, f = _coefficients(_matrix)
    (_, across, _, down, _, from_top), quarters = frame
    turn: int | None = 0
    if b or a <= 0 or quarters:
        direction = (_quarters(a, b) - quarters) % 4
        turn = round(direction) % 4 if abs(direction - round(direction)) < _SLIGHT else None
    size = abs(_font_size(text, number)) * (math.hypot(c, d) if c else abs(d))
    colour = colour_of(item)
    seen = colour != "clear" and _render_mode(item) not in _INVISIBLE
    return _made(Ink, (size, across * e + down * f + from_top, turn, seen, colour == "white", order))
