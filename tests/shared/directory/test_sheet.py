"""A list is read from XLSX and from CSV in either encoding, by its headers."""

import io

import pytest
import xlsxwriter

from shared.directory.sheet import Line, read_lines
from shared.ops.errors import UsageError

CSV = "名称,邮箱,备注\n样例市数据局,a@example.invalid,老邮箱\n,,\n样例县财政局,,\n"
LINES = [
    Line(2, {"名称": "样例市数据局", "邮箱": "a@example.invalid"}),
    Line(4, {"名称": "样例县财政局"}),
]


def _xlsx(rows):
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return target.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_is_decoded_by_looking(encoding):
    """Excel in Chinese writes GB18030 or UTF-8 with a mark; both read the same."""
    assert read_lines(CSV.encode(encoding)) == LINES


def test_a_spreadsheet_reads_as_its_csv():
    """Row numbers are those that the spreadsheet shows; whole numbers stay whole."""
    data = _xlsx([["样例市机关名录"], [], ["编号", "名称"], [12, "样例市数据局"], [], ["A7", "样例县财政局"]])
    assert read_lines(data) == [
        Line(4, {"编号": "12", "名称": "样例市数据局"}),
        Line(6, {"编号": "A7", "名称": "样例县财政局"}),
    ]


def test_tabs_part_fields_as_well():
    """A table pasted from a spreadsheet is parted by tabs."""
    assert read_lines("名称\t邮箱\n样例市数据局\ta@example.invalid\n".encode()) == LINES[:1]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "没有表头"),
        ("机关,邮箱\n样例市数据局,a@b.c\n".encode(), "没有表头"),
        ("名称,邮箱地址\n样例市数据局,a@b.c\n".encode(), "不认识的列“邮箱地址”"),
        ("名称,邮箱,邮箱\n样例市数据局,a@b.c,\n".encode(), "出现了两次"),
        (b"\xff\xff\xff\xff", "编码"),
        (b"PK\x03\x04 cut off", "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "损坏"),
    ],
)
def test_a_list_that_cannot_be_used_is_one_line(data, told):
    """A misspelt header must not silently empty every mailbox."""
    with pytest.raises(UsageError, match=told):
        read_lines(data)
