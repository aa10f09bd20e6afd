"""Workbooks (XLSX): the sheets that are shown, each cell as its format shows it, notes and strokes of rich text kept."""

import posixpath
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.parse.document import Content, Unreadable
from services.parse.readers.look import Look
from services.parse.readers.number_format import BUILT_IN, GENERAL
from services.parse.readers.package import Package, attributes, local, whole
from services.parse.readers.pictures import content_of
from services.parse.readers.sheet_cells import Display, Format, Piece
from services.parse.readers.sheet_drawings import drawn_areas
from services.parse.readers.sheet_page import MOST_SHEETS, Area, Sheet, position, write_sheets
from services.parse.readers.word_styles import is_on, value_of
from shared.text import normalise

_WORKBOOK = "xl/workbook.xml"
_OFF = frozenset({"0", "false"})
_TRUTH = {"1": "TRUE", "0": "FALSE"}


@dataclass
class _Book:
    """What the sheets of a workbook have in common: its texts, and how cells are shown."""

    strings: Sequence[tuple[Piece, ...]]
    display: Display


def read_workbook(package: Package) -> Content:
    """Return the content of a workbook; Unreadable where it is damaged or beyond any report's size."""
    part = package.main_part(_WORKBOOK)
    root = package.xml(part)
    if root is None:
        raise Unreadable("no workbook in the package", "damaged")
    related = package.related(part)
    parts = {each.kind: each.target for each in related.values()}
    strings = _part(package, part, parts, "sharedStrings")
    book = _Book(_strings(strings), Display(_formats(_part(package, part, parts, "styles"))))
    shown = _shown_sheets(root, {ident: each.target for ident, each in related.items()})
    page = write_sheets(_sheet(package, target, name, book) for name, target in shown)
    return content_of(page, confidence=book.display.confidence)


def _part(package: Package, workbook: str, parts: Mapping[str, str], kind: str) -> Any | None:
    return package.xml(parts.get(kind, posixpath.join(posixpath.dirname(workbook), f"{kind}.xml")))


def _shown_sheets(root: Any, targets: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield name and part of each sheet that is not hidden."""
    sheets = list(root.iterfind("{*}sheets/{*}sheet"))
    if len(sheets) > MOST_SHEETS:
        raise Unreadable("more sheets than any report")
    for sheet in sheets:
        told = attributes(sheet)
        target = targets.get(told.get("id", ""))
        if target is not None and told.get("state", "visible") == "visible":
            yield told.get("name", ""), target


def _strings(root: Any | None) -> list[tuple[Piece, ...]]:
    return [] if root is None else [tuple(_pieces(item)) for item in root.iterchildren("{*}si")]


def _pieces(item: Any) -> Iterator[Piece]:
    """Yield the text of a string: its own, or that of its runs with their fonts; reading aids are left out."""
    for child in item:
        name = local(child)
        if name == "t":
            yield Piece(child.text or "")
        elif name == "r":
            font = child.find("{*}rPr")
            text = "".join(piece.text or "" for piece in child.iterchildren("{*}t"))
            yield Piece(text, None if font is None else _look(font))


def _look(font: Any) -> Look:
    told = {local(child): child for child in font}
    align = value_of(told["vertAlign"]) if "vertAlign" in told else None
    return Look(struck="strike" in told and is_on(told["strike"]), align=align)


def _formats(root: Any | None) -> list[Format]:
    """Return the formats of cells by the numbers under which cells name them."""
    if root is None:
        return []
    codes = dict(BUILT_IN)
    for each in root.iterfind("{*}numFmts/{*}numFmt"):
        told = attributes(each)
        codes[whole(told.get("numFmtId"), -1)] = told.get("formatCode", GENERAL)
    fonts = [_look(font) for font in root.iterfind("{*}fonts/{*}font")]
    formats = []
    for each in root.iterfind("{*}cellXfs/{*}xf"):
        told = attributes(each)
        font = whole(told.get("fontId"), 0)
        look = fonts[font] if font < len(fonts) else Look()
        formats.append(Format(codes.get(whole(told.get("numFmtId"), 0), GENERAL), look))
    return formats


def _sheet(package: Package, part: str, name: str, book: _Book) -> Sheet:
    root = package.xml(part)
    if root is None:
        raise Unreadable("a sheet that is not there", "damaged")
    sheet = Sheet(name, merged=list(_merged(root)))
    _hide_columns(root, sheet)
    view = root.find("{*}sheetViews/{*}sheetView")
    book.display.zeros = view is None or attributes(view).get("showZeros") not in _OFF
    following = 0
    for row in root.iterfind("{*}sheetData/{*}row"):
        told = attributes(row)
        number = _number_of(told.get("r"), following)
        following = number + 1
        if told.get("hidden", "0") in _OFF and told.get("ht") != "0":
            _read_row(row, number, sheet, book)
    if root.find("{*}drawing") is not None:
        _read_drawings(package, part, root, sheet)
    return sheet


def _number_of(printed: str | None, following: int) -> int:
    digits = printed or ""
    return int(digits) - 1 if digits.isascii() and digits.isdigit() and 0 < len(digits) <= 7 else following


def _hide_columns(root: Any, sheet: Sheet) -> None:
    for each in root.iterfind("{*}cols/{*}col"):
        told = attributes(each)
        if told.get("hidden", "0") not in _OFF or told.get("width") == "0":
            sheet.hide(whole(told.get("min"), 1) - 1, whole(told.get("max"), 0))


def _merged(root: Any) -> Iterator[Area]:
    for each in root.iterfind("{*}mergeCells/{*}mergeCell"):
        first, _, last = attributes(each).get("ref", "").partition(":")
        corners = position(first), position(last)
        if corners[0] and corners[1]:
            yield Area(*corners[0], *corners[1])


def _read_row(row: Any, number: int, sheet: Sheet, book: _Book) -> None:
    column = 0
    for cell in row.iterchildren("{*}c"):
        place = position(cell.get("r", ""))
        column = place[1] if place else column
        if len(cell):  # else it is empty
            if _is_picture(cell):
                sheet.draw(Area(number, column, number, column))
            else:
                sheet.put(number, column, _text(cell, cell.get("t", "n"), whole(cell.get("s"), 0), book))
        column += 1


def _is_picture(cell: Any) -> bool:
    """Whether a cell holds a picture: as Excel puts one into a cell, or as WPS does."""
    formula = cell.findtext("{*}f") or ""
    return "DISPIMG(" in formula or (cell.get("t") == "e" and cell.get("vm") is not None)


def _text(cell: Any, kind: str, style: int, book: _Book) -> str:
    """Return what a cell shows; a formula without its result shows itself, for what it comes to is not known here."""
    if kind == "inlineStr":
        return book.display.text(style, (piece for item in cell.iterchildren("{*}is") for piece in _pieces(item)))
    value = cell.find("{*}v")
    stored = "" if value is None else value.text or ""
    if not stored:
        formula = cell.find("{*}f")
        return "" if formula is None or kind == "str" else f"={formula.text or ''}"
    if kind == "n":
        return book.display.number(style, stored)
    if kind == "s":
        return book.display.text(style, _shared(stored, book.strings))
    return book.display.text(style, [Piece(_TRUTH.get(stored, stored) if kind == "b" else stored)])


def _shared(number: str, strings: Sequence[tuple[Piece, ...]]) -> tuple[Piece, ...]:
    place = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else len(strings)
    return strings[place] if place < len(strings) else (Piece("\ufffd"),)


def _read_drawings(package: Package, part: str, root: Any, sheet: Sheet) -> None:
    """Collect the text of boxes drawn over a sheet, count its pictures, and note the cells under what is drawn."""
    for each in package.related(part).values():
        drawing = package.xml(each.target) if each.kind == "drawing" else None
        if drawing is not None:
            for area in drawn_areas(drawing, root):
                sheet.draw(area)
            sheet.pictures += sum(1 for _ in drawing.iter("{*}pic"))
            lines = ("".join(text.text or "" for text in line.iter("{*}t")) for line in drawing.iter("{*}p"))
            sheet.drawn += [line for line in map(normalise, lines) if line.strip()]
