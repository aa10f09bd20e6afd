"""Binary workbooks (XLS, and ET as WPS writes it): the sheets that are shown, each cell as its format shows it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from services.parse.document import Content, Unreadable
from services.parse.readers.biff import Record, Rich, Strings, packed_number, records, unpacked
from services.parse.readers.compound import streams
from services.parse.readers.look import Look
from services.parse.readers.number_format import BUILT_IN, GENERAL
from services.parse.readers.pictures import content_of
from services.parse.readers.sheet_cells import Display, Format, Piece
from services.parse.readers.sheet_page import MOST_SHEETS, Area, Sheet, write_sheets
from services.parse.readers.xls_drawings import drawn_areas

_BOF, _EOF, _FILEPASS, _BOUNDSHEET, _SST = 0x0809, 0x000A, 0x002F, 0x0085, 0x00FC
_FONT, _FORMAT, _XF = 0x0031, 0x041E, 0x00E0
_ROW, _COLUMNS, _WINDOW, _MERGED, _STRING = 0x0208, 0x007D, 0x023E, 0x00E5, 0x0207
_BIFF8 = 0x0600
_ZEROS, _ROW_HIDDEN, _STRUCK = 0x10, 0x20, 0x08
_MOST_RECORDS = 300_000
_ALIGN = {1: "superscript", 2: "subscript"}
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


class _Place(NamedTuple):
    row: int
    column: int
    style: int


@dataclass
class _Book:
    """What the sheets of a workbook have in common."""

    sheets: list[tuple[str, int]] = field(default_factory=list)
    strings: list[tuple[Piece, ...]] = field(default_factory=list)
    display: Display = field(default_factory=lambda: Display(()))


def read_xls(data: bytes) -> Content:
    """Return the content of a binary workbook; Unreadable where it is damaged, encrypted, older than Excel 97, or too large."""
    (stream,) = streams(data, "Workbook")
    if stream is None:
        raise Unreadable("a workbook older than Excel 97", "unsupported_format")
    book = _globals(stream)
    page = write_sheets(_sheet(stream, start, name, book) for name, start in book.sheets)
    return content_of(page, confidence=book.display.confidence)


def _part(stream: bytes, start: int) -> Iterator[Record]:
    """Yield the records of the part that begins here, without those of charts embedded in it."""
    depth = 0
    for number, record in enumerate(records(stream, start)):
        if number > _MOST_RECORDS:
            raise Unreadable("more records than any report")
        if number == 0 and record.kind != _BOF:
            raise Unreadable("a part that does not begin where it should", "damaged")
        depth += (record.kind == _BOF) - (record.kind == _EOF)
        if depth == 0:
            return
        if depth == 1:
            yield record
    raise Unreadable("a workbook cut short", "damaged")


def _globals(stream: bytes) -> _Book:
    found: dict[int, list[Record]] = {}
    for record in _part(stream, 0):
        if record.kind == _FILEPASS:
            raise Unreadable("an encrypted workbook", "encrypted")
        found.setdefault(record.kind, []).append(record)
    if unpacked("H", found[_BOF][0].data)[0] != _BIFF8:
        raise Unreadable("a workbook older than Excel 97", "unsupported_format")
    book = _Book(list(_shown_sheets(found.get(_BOUNDSHEET, ()))))
    looks = [_look(record) for record in found.get(_FONT, ())]
    book.display = Display(_formats(found, looks))
    for record in found.get(_SST, ()):
        strings = Strings(record.chunks)
        count = unpacked("LL", strings.take(8))[1]
        while len(book.strings) < count and not strings.ended:
            book.strings.append(_pieces(strings.string(), looks))
    return book


def _shown_sheets(found: Sequence[Record]) -> Iterator[tuple[str, int]]:
    """Yield name and beginning of each worksheet that is not hidden."""
    if len(found) > MOST_SHEETS:
        raise Unreadable("more sheets than any report")
    for record in found:
        start, hidden, kind = unpacked("LBB", record.data)
        if kind == 0 and not hidden & 0x03:
            yield Strings([record.data[6:]]).string(counted_by=1).text, start


def _look(font: Record) -> Look:
    _, flags, _, _, align = unpacked("HHHHH", font.data)
    return Look(struck=bool(flags & _STRUCK), align=_ALIGN.get(align))


def _font(number: int, looks: Sequence[Look]) -> Look:
    """Return a font by its number: number 4 is left out."""
    place = number - (number > 4)
    return looks[place] if place < len(looks) else Look()


def _formats(found: Mapping[int, Sequence[Record]], looks: Sequence[Look]) -> list[Format]:
    codes = dict(BUILT_IN)
    for record in found.get(_FORMAT, ()):
        codes[unpacked("H", record.data)[0]] = Strings([record.data[2:]]).string().text
    named = (unpacked("HH", record.data) for record in found.get(_XF, ()))
    return [Format(codes.get(code, GENERAL), _font(font, looks)) for font, code in named]


def _pieces(rich: Rich, looks: Sequence[Look]) -> tuple[Piece, ...]:
    starts = [0, *(place for place, _ in rich.fonts), len(rich.text)]
    fonts = [None, *(_font(font, looks) for _, font in rich.fonts)]
    return tuple(
        Piece(rich.text[start:end], look)
        for start, end, look in zip(starts, starts[1:], fonts, strict=False)
        if start < end
    )


def _sheet(stream: bytes, start: int, name: str, book: _Book) -> Sheet:
    found = list(_part(stream, start))
    windows = (unpacked("H", record.data)[0] for record in found if record.kind == _WINDOW)
    book.display.zeros = all(flags & _ZEROS for flags in windows)
    sheet = Sheet(name, merged=[area for record in found if record.kind == _MERGED for area in _areas(record)])
    for record in found:
        if record.kind == _COLUMNS:
            _hide_columns(record, sheet)
    hidden_rows = {row for record in found if record.kind == _ROW for row in _hidden_row(record)}
    for number, record in enumerate(found):
        following = next((after for after in found[number + 1 : number + 3] if after.kind == _STRING), None)
        for place, text in _CELLS.get(record.kind, _nothing)(record, book, following):
            if place.row not in hidden_rows:
                sheet.put(place.row, place.column, text)
    for area in drawn_areas(found):
        sheet.draw(area)
    return sheet


def _areas(record: Record) -> Iterator[Area]:
    (count,) = unpacked("H", record.data)
    for number in range(count):
        top, bottom, left, right = unpacked("HHHH", record.data, 2 + 8 * number)
        yield Area(top, left, bottom, right)


def _hide_columns(record: Record, sheet: Sheet) -> None:
    first, last, width, _, flags = unpacked("HHHHH", record.data)
    if flags & 1 or width == 0:
        sheet.hide(first, last + 1)


def _hidden_row(record: Record) -> Iterator[int]:
    (row,), (flags,) = unpacked("H", record.data), unpacked("H", record.data, 12)
    if flags & _ROW_HIDDEN:
        yield row


_Shown = Iterator[tuple[_Place, str]]


def _nothing(_record: Record, _book: _Book, _following: Record | None) -> _Shown:
    return iter(())


def _place(record: Record) -> _Place:
    return _Place(*unpacked("HHH", record.data))


def _shared_text(record: Record, book: _Book, _: Record | None) -> _Shown:
    place, (number,) = _place(record), unpacked("L", record.data, 6)
    known = number < len(book.strings)
    yield place, book.display.text(place.style, book.strings[number] if known else [Piece("\ufffd")])


def _own_text(record: Record, book: _Book, _: Record | None) -> _Shown:
    place = _place(record)
    yield place, book.display.text(place.style, [Piece(Strings([record.data[6:], *record.chunks[1:]]).string().text)])


def _float(record: Record, book: _Book, _: Record | None) -> _Shown:
    place, (number,) = _place(record), unpacked("d", record.data, 6)
    yield place, book.display.number(place.style, repr(number))


def _packed(record: Record, book: _Book, _: Record | None) -> _Shown:
    place, (packed,) = _place(record), unpacked("L", record.data, 6)
    yield place, book.display.number(place.style, repr(packed_number(packed)))


def _packed_row(record: Record, book: _Book, _: Record | None) -> _Shown:
    row, first = unpacked("HH", record.data)
    for number in range((len(record.data) - 6) // 6):
        style, packed = unpacked("HL", record.data, 4 + 6 * number)
        place = _Place(row, first + number, style)
        yield place, book.display.number(style, repr(packed_number(packed)))


def _truth(record: Record, _book: _Book, _: Record | None) -> _Shown:
    value, fault = unpacked("BB", record.data, 6)
    yield _place(record), _ERRORS.get(value, "#") if fault else "TRUE" if value else "FALSE"


def _formula(record: Record, book: _Book, following: Record | None) -> _Shown:
    """Show a formula's stored result: a number, or what its first byte says."""
    place = _place(record)
    kind, value, marked = unpacked("BxBxxxH", record.data, 6)
    if marked != 0xFFFF:
        yield place, book.display.number(place.style, repr(unpacked("d", record.data, 6)[0]))
    elif kind == 0 and following is not None:
        yield place, book.display.text(place.style, [Piece(Strings(following.chunks).string().text)])
    elif kind in {1, 2}:
        yield place, _ERRORS.get(value, "#") if kind == 2 else "TRUE" if value else "FALSE"


_CELLS: Mapping[int, Callable[[Record, _Book, Record | None], _Shown]] = {
    0x00FD: _shared_text,
    0x0204: _own_text,
    0x00D6: _own_text,
    0x0203: _float,
    0x027E: _packed,
    0x00BD: _packed_row,
    0x0205: _truth,
    0x0006: _formula,
}
