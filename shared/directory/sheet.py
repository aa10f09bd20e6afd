"""A list of agencies as an office keeps it, XLSX or CSV, as rows of text under Chinese headers."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from python_calamine import CalamineError, CalamineWorkbook

from shared.ops.errors import UsageError

COLUMNS = ("编号", "名称", "别名", "地区", "层级", "类型", "邮箱", "上级机关")
_REMARK = "备注"
_TITLE_LINES = 10
_SPREADSHEETS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list: its number as the spreadsheet shows it, and its filled fields by header."""

    number: int
    fields: dict[str, str]


def read_lines(data: bytes) -> list[Line]:
    """Return the filled rows below the header row; UsageError where the file or its headers cannot be used."""
    grid = _spreadsheet(data) if data.startswith(_SPREADSHEETS) else _csv(data)
    for index, row in enumerate(grid[:_TITLE_LINES]):
        headers = [text.strip() for text in row]
        if "名称" in headers:
            _refuse_headers(headers)
            return _below(grid, index, headers)
    raise UsageError(f"名录中没有表头“名称”；可用的列：{'、'.join(COLUMNS)}")


def _refuse_headers(headers: Sequence[str]) -> None:
    named = [header for header in headers if header]
    unknown = [header for header in named if header not in {*COLUMNS, _REMARK}]
    if unknown:
        raise UsageError(f"名录中有不认识的列“{'”“'.join(unknown)}”；可用的列：{'、'.join((*COLUMNS, _REMARK))}")
    twice = sorted({header for header in named if named.count(header) > 1})
    if twice:
        raise UsageError(f"名录中的列“{'”“'.join(twice)}”出现了两次")


def _below(grid: list[list[str]], header: int, headers: Sequence[str]) -> list[Line]:
    lines = []
    for number, row in enumerate(grid[header + 1 :], start=header + 2):
        pairs = zip(headers, row, strict=False)
        fields = {name: text.strip() for name, text in pairs if name and name != _REMARK and text.strip()}
        if fields:
            lines.append(Line(number, fields))
    return lines


def _spreadsheet(data: bytes) -> list[list[str]]:
    try:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError) as fault:
        raise UsageError("名录文件损坏或带有密码，无法打开") from fault
    return [[_text(value) for value in row] for row in rows]


def _text(value: object) -> str:
    # A spreadsheet holds every number as a float; a number of an agency is a whole one.
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _csv(data: bytes) -> list[list[str]]:
    text = _decoded(data)
    delimiter = max(",\t;", key=text.partition("\n")[0].count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as fault:
        raise UsageError("名录文件不是有效的 CSV") from fault


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError("名录文件既不是 XLSX，也不是 UTF-8 或 GB18030 编码的 CSV")
