"""Binary workbooks, record by record."""

import random
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.parse.core import parse
from services.parse.document import Grid, Unreadable
from services.parse.readers.xls import read_xls
from shared.testing.formats.xls import END, begin, book, record, text, workbook

LABEL = record(0x0204, struct.pack("<HHH", 0, 0, 0) + text("规章"))


def number(row, column, value, style=0):
    """Return a cell with a number."""
    return record(0x0203, struct.pack("<HHHd", row, column, style, value))


def row_of(data):
    """Return the texts of the first row of the first grid."""
    grid = next(block for block in read_xls(data).blocks if isinstance(block, Grid))
    return [cell.text for cell in grid.rows[0]]


def one_sheet(records, globals_=b""):
    """Return a workbook of one sheet."""
    return book([("表", 0, LABEL + records)], globals_)


def font(flags=0, align=0):
    """Return a font."""
    return record(0x0031, struct.pack("<HHHHH", 200, flags, 0, 400, align) + bytes(6))


def style(number_format=0, font_number=0):
    """Return a cell style."""
    return record(0x00E0, struct.pack("<HH", font_number, number_format) + bytes(16))


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        (number(0, 1, 58.0), "58"),
        (record(0x027E, struct.pack("<HHHL", 0, 1, 0, 58 << 2 | 2)), "58"),
        (record(0x0205, struct.pack("<HHHBB", 0, 1, 0, 1, 0)), "TRUE"),
        (record(0x0205, struct.pack("<HHHBB", 0, 1, 0, 0x17, 1)), "#REF!"),
        (record(0x0205, struct.pack("<HHHBB", 0, 1, 0, 0x99, 1)), "#"),
        (record(0x0006, struct.pack("<HHHd", 0, 1, 0, 7.0) + bytes(8)), "7"),
        (record(0x0006, struct.pack("<HHHBxBxxxH", 0, 1, 0, 1, 1, 0xFFFF)), "TRUE"),
        (record(0x0006, struct.pack("<HHHBxBxxxH", 0, 1, 0, 2, 0x2A, 0xFFFF)), "#N/A"),
        (record(0x0006, struct.pack("<HHHBxBxxxH", 0, 1, 0, 0, 0, 0xFFFF)) + record(0x0207, text("五十")), "五十"),
        (record(0x0204, struct.pack("<HHH", 0, 1, 0) + text("58件")), "58件"),
        (record(0x00FD, struct.pack("<HHHL", 0, 1, 0, 9)), "\ufffd"),
    ],
)
def test_every_kind_of_cell_is_read(cell, seen):
    """Numbers of each kind, truth values, faults, results of formulas, texts; a text that is not there is a lost one."""
    assert row_of(one_sheet(cell)) == ["规章", seen]


def test_a_row_of_packed_numbers():
    """One record may hold the cells of many columns."""
    cells = b"".join(struct.pack("<HL", 0, value << 2 | 2) for value in (5, 0, 31))
    assert row_of(one_sheet(record(0x00BD, struct.pack("<HH", 0, 1) + cells + struct.pack("<H", 3)))) == [
        "规章",
        "5",
        "0",
        "31",
    ]


def test_cells_are_shown_by_format_and_font():
    """Formats by number and of the workbook's own; struck and raised fonts, font number 4 being left out."""
    globals_ = b"".join(font() for _ in range(4)) + font(flags=8) + font(align=1)
    globals_ += record(0x041E, struct.pack("<H", 164) + text('0"件"'))
    globals_ += style() + style(2) + style(164) + style(0, 5) + style(0, 6)
    cells = b"".join(number(0, column, 5.0, column - 1) for column in range(1, 6))
    assert row_of(one_sheet(cells, globals_)) == ["规章", "5", "5.00", "5件", "5\u0336", "⁵"]


def test_a_note_in_a_text_is_no_digit_of_it():
    """Fonts that begin inside a shared text count, also where it goes on in another record."""
    rich = struct.pack("<HBH", 3, 8, 1) + b"581" + struct.pack("<HH", 2, 1)
    plain = struct.pack("<HB", 4, 0) + b"ab"
    strings = record(0x00FC, struct.pack("<LL", 2, 2) + rich + plain) + record(0x003C, b"\x00cd")
    cells = b"".join(record(0x00FD, struct.pack("<HHHL", 0, column, 0, column - 1)) for column in (1, 2))
    assert row_of(one_sheet(cells, font() + font(align=1) + style() + strings)) == ["规章", "58¹", "abcd"]


def test_what_is_hidden_is_not_read():
    """Hidden sheets, rows and columns, and noughts where the sheet shows none; charts are no cells."""
    rows = record(0x0208, struct.pack("<HHHHHHHL", 1, 0, 9, 0, 0, 0, 0x20, 0)) + number(1, 1, 999)
    columns = record(0x007D, struct.pack("<HHHHHH", 2, 3, 9, 0, 1, 0)) + number(0, 2, 999) + number(0, 3, 999)
    window = record(0x023E, struct.pack("<H", 0) + bytes(16)) + number(0, 4, 0.0) + number(0, 5, 7.0)
    chart = begin(32) + number(0, 1, 999) + END
    shown = LABEL + number(0, 1, 5.0) + rows + columns + window + chart
    data = book([("表", 0, shown), ("藏", 1, LABEL + number(0, 1, 999)), ("深藏", 2, LABEL + number(0, 1, 999))])
    assert row_of(data) == ["规章", "5", "", "7"]
    assert "999" not in read_xls(data).text


def test_merged_cells_are_spans():
    """What a merged cell covers is not there."""
    merged = record(0x00E5, struct.pack("<HHHHH", 1, 0, 0, 1, 2))
    assert row_of(one_sheet(number(0, 1, 5.0) + number(0, 2, 9.0) + number(0, 3, 7.0) + merged)) == ["规章", "5", "7"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (book([], record(0x002F, bytes(6))), "encrypted"),
        (book([], version=0x0500), "unsupported_format"),
        (book([("a", 0, b"")] * 51), "refused_structure"),
        (workbook(b"\x09\x08\x10\x00" + bytes(100)), "damaged"),
        (workbook(begin(5) + record(0x0085, b"\xff\xff\xff\x7f\0\0" + text("a", "B")) + END), "damaged"),
        (one_sheet(record(0x0203, b"abc")), "damaged"),
    ],
)
def test_what_is_not_read_says_why(data, code):
    """Encrypted, older than Excel 97, too many sheets, damaged."""
    with pytest.raises(Unreadable) as why:
        read_xls(data)
    assert why.value.code == code


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 10**6), st.integers(1, 30))
def test_damaged_bytes_end_in_a_status(seed, changes):
    """Altered anywhere, a workbook is read or refused, and no fault of ours."""
    chance = random.Random(seed)
    strings = record(0x00FC, struct.pack("<LL", 2, 2) + text("年报") + text("规章")) + record(0x003C, b"\x00cd")
    data = bytearray(
        one_sheet(number(0, 1, 5.0) + record(0x00FD, struct.pack("<HHHL", 0, 2, 0, 1)), font() + style() + strings)
    )
    for _ in range(changes):
        data[chance.randrange(len(data))] = chance.randrange(256)
    document = parse(bytes(data[: chance.randrange(len(data))]) if changes > 20 else bytes(data), source="a.xls")
    assert document.reason is None or document.reason.code != "reader_failed"
