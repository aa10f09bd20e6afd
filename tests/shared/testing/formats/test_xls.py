"""Binary workbooks made by hand are what Excel's format says."""

import io
import struct

import olefile
import python_calamine

from shared.testing.formats.xls import book, record, text, workbook


def test_the_only_stream_is_the_workbook():
    """A compound file of one stream, padded to what a large stream has at least."""
    with olefile.OleFileIO(io.BytesIO(workbook(b"abc"))) as opened:
        assert opened.listdir() == [["Workbook"]]
        assert opened.openstream("Workbook").read() == b"abc".ljust(4096, b"\0")


def test_another_reader_sees_the_sheets():
    """Names, visibility, texts and numbers."""
    cells = record(0x0204, struct.pack("<HHH", 0, 0, 0) + text("规章")) + record(
        0x0203, struct.pack("<HHHd", 0, 1, 0, 7.0)
    )
    read = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(book([("表", 0, cells), ("藏", 1, b"")])))
    assert read.sheet_names == ["表", "藏"]
    assert read.get_sheet_by_name("表").to_python() == [["规章", 7.0]]
