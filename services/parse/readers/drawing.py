"""The pages of a PDF as PDFium draws them: characters, lines, areas, pictures."""

import ctypes
import math
import re
import struct
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import NamedTuple

from pypdfium2 import raw

from services.parse.document import Unreadable
from services.parse.readers.drawn import LOST, Area, Drawing, Glyph, Ink
from services.parse.readers.outlines import Matrix, bounds, colour_of, combined, matrix_of, outline
from services.parse.readers.pdfium import Handle, function

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
_SPACES = frozenset({0x09, 0x0A, 0x0D, 0x20})

_HANDLE, _INT = ctypes.c_void_p, ctypes.c_int
_unicode = function("FPDFText_GetUnicode", returns=ctypes.c_uint)
_text = function("FPDFText_GetText")
_unmapped = function("FPDFText_HasUnicodeMapError")
_text_object = function("FPDFText_GetTextObject", returns=_HANDLE)
_loose_box = function("FPDFText_GetLooseCharBox")
_text_matrix = function("FPDFText_GetMatrix")
_font_size = function("FPDFText_GetFontSize", returns=ctypes.c_double)
_object_at = function("FPDFPage_GetObject", _HANDLE, _INT, returns=_HANDLE)
_form_object_at = function("FPDFFormObj_GetObject", _HANDLE, ctypes.c_ulong, returns=_HANDLE)
_form_objects = function("FPDFFormObj_CountObjects", _HANDLE)
_kind = function("FPDFPageObj_GetType", _HANDLE)
_render_mode = function("FPDFTextObj_GetTextRenderMode", _HANDLE)

_box = raw.FS_RECTF()
_box_at = ctypes.byref(_box)
_sides = struct.Struct("4f").unpack  # of a box: left, top, right, bottom
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
        frame, drawing = _framed(page, _turn(text, count))
        order = _take_objects(page, frame, drawing)
        drawing.glyphs = list(_glyphs(text, count, frame, drawing, order))
        return drawing
    finally:
        raw.FPDFText_ClosePage(text)


def _quarters(a: float, b: float) -> float:
    """Return the direction of a text in quarter turns, from the left to the right of the unturned page."""
    return (math.atan2(b, a) / (math.pi / 2)) % 4


def _turn(text: Handle, count: int) -> int:
    """Return the quarter turns of most characters of the page."""
    turns: Counter[int] = Counter()
    for number in range(0, count, max(count // _SAMPLE, 1)):
        if _text_object(text, number) and _text_matrix(text, number, _matrix_at):
            a, b, *_ = _coefficients(_matrix)
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


def _take_objects(page: Handle, frame: _Frame, drawing: Drawing) -> dict[int, int]:
    """Take lines, areas and pictures into the drawing; return the order of the text objects."""
    order: dict[int, int] = {}
    for place, (item, kind, matrix) in enumerate(_objects(page, frame.matrix)):
        if kind == _TEXT:
            order[item] = place
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


def _objects(page: Handle, matrix: Matrix) -> Iterator[tuple[Handle, int, Matrix]]:
    """Yield all objects of the page in the order in which they are painted, those inside forms in their place."""
    count = raw.FPDFPage_CountObjects(page)
    left = MOST_OBJECTS
    walks = [iter([(_object_at(page, number), matrix) for number in range(min(count, left + 1))])]
    while walks:
        for item, around in walks[-1]:
            left -= 1
            if left < 0:
                raise Unreadable("more on a page than any report has")
            kind = _kind(item)
            if kind == _FORM and len(walks) < _DEEPEST:
                walks.append(iter(_inside(item, combined(matrix_of(item), around), left)))
                break
            yield item, kind, around
        else:
            walks.pop()


def _inside(form: Handle, matrix: Matrix, most: int) -> list[tuple[Handle, Matrix]]:
    count = min(_form_objects(form), most + 1)
    return [(_form_object_at(form, number), matrix) for number in range(count)]


def _glyphs(text: Handle, count: int, frame: _Frame, paper: Drawing, order: dict[int, int]) -> Iterator[Glyph]:
    """Yield the characters on the paper in the order in which they are painted, without those that PDFium only supposes."""
    wide, high = paper.width, paper.height
    (a, b, c, d, e, f), turn = frame
    last, ink = 0, _NO_INK
    items = map(_text_object, repeat(text), range(count))
    for number, item, named in zip(range(count), items, _characters(text, count), strict=True):
        if not item or not _loose_box(text, number, _box_at):
            continue
        if item != last:
            last, ink = item, _ink(text, number, item, frame, order.get(item, 0))
        left, top, right, bottom = _sides(_box)
        if turn:
            x0, x1 = a * left + c * bottom + e, a * right + c * top + e
            middle = (b * (left + right) + d * (bottom + top)) / 2 + f
        else:
            x0, x1, middle = left + e, right + e, f - (bottom + top) / 2
        if x0 > x1:
            x0, x1 = x1, x0
        if not (0 <= x0 <= wide and 0 <= middle <= high):
            continue
        if " " < named < "\ud800" or "\uf900" <= named < "\ufff0":
            character = LOST if _unmapped(text, number) == 1 else named
        else:
            character = _rare(text, number, ord(named))
        yield _made(Glyph, (character, x0, x1, middle, ink))


def _characters(text: Handle, count: int) -> Iterable[str]:
    """Return all characters, at once where none takes no place or two in that form (UTF-16)."""
    units = ctypes.create_string_buffer(2 * count + 2)
    whole = _text(text, 0, count, units) == count + 1
    characters = units.raw[:-2].decode("utf-16-le", "surrogatepass") if whole else ""
    if len(characters) != count or _SURROGATE.search(characters):
        return (chr(code) if code in _CODES else LOST for code in map(_unicode, repeat(text), range(count)))
    return characters


def _ink(text: Handle, number: int, item: Handle, frame: _Frame, order: int) -> Ink:
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


def _rare(text: Handle, number: int, code: int) -> str:
    """Return a character beyond the usual ones: white space, one that lies far behind, or what stands for one that is lost."""
    if code in _SPACES:
        return " "
    named = 0x10000 <= code < 0xF0000 and _unmapped(text, number) != 1
    return chr(code) if named else LOST
