"""The empty list that an office fills in: an XLSX with drop-downs and a sheet that says how."""

import io
from datetime import datetime
from typing import Any, get_args

import xlsxwriter

from shared.directory.sheet import COLUMNS
from shared.model.agency import AgencyType, Level

_ROWS = 5000
_WIDTHS = {"编号": 16, "名称": 34, "别名": 34, "地区": 16, "层级": 8, "类型": 12, "邮箱": 34, "上级机关": 34}
_REQUIRED = "名称"

HOW_TO: tuple[tuple[str, str], ...] = (
    ("编号", "可不填。填了就作为机关的固定编号，改名后仍是同一机关；不填则由名称推算。"),
    (
        "名称",
        "必填。机关全称，与年度报告标题中的写法一致，如“样例市数据局”。系统只按名称或别名完全一致认定机关，从不猜测。",
    ),
    ("别名", "曾用名、简称等，用“；”分开。同一个名称或别名只能属于一个机关。"),
    ("地区", "可不填。所在地区，如“样例市”。"),
    ("层级", f"可不填。从下拉中选择：{'、'.join(get_args(Level))}。"),
    ("类型", f"可不填。从下拉中选择：{'、'.join(get_args(AgencyType))}。"),
    ("邮箱", "接收核验结果的邮箱，只能填一个。没有邮箱的机关不会收到邮件，由操作人员处理。"),
    ("上级机关", "可不填。填写本名录中另一机关的名称或别名。"),
    ("备注", "可以自行增加“备注”列，导入时不读取。"),
)


def template() -> bytes:
    """Return the template as the bytes of an XLSX file; the same bytes every time."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": "机关名录", "created": datetime(2025, 1, 1)})  # noqa: DTZ001 - Excel has no zones
        _write_list(book)
        _write_how_to(book)
    return target.getvalue()


def _write_list(book: Any) -> None:
    sheet = book.add_worksheet("机关名录")
    text = book.add_format({"num_format": "@"})
    plain = book.add_format({"bold": True, "bg_color": "#E7EEF7", "bottom": 1})
    required = book.add_format({"bold": True, "bg_color": "#F9E3D2", "bottom": 1})
    for index, column in enumerate(COLUMNS):
        sheet.set_column(index, index, _WIDTHS[column], text)
        sheet.write_string(0, index, column, required if column == _REQUIRED else plain)
    sheet.freeze_panes(1, 0)
    for column, allowed in (("层级", get_args(Level)), ("类型", get_args(AgencyType))):
        index = COLUMNS.index(column)
        rule = {
            "validate": "list",
            "source": list(allowed),
            "error_title": column,
            "error_message": f"请从下拉中选择：{'、'.join(allowed)}",
        }
        sheet.data_validation(1, index, _ROWS, index, rule)


def _write_how_to(book: Any) -> None:
    sheet = book.add_worksheet("填写说明")
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "valign": "top"})
    sheet.set_column(0, 0, 14)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, "列", bold)
    sheet.write_string(0, 1, "怎么填", bold)
    for row, (column, told) in enumerate(HOW_TO, start=1):
        sheet.write_string(row, 0, column, bold)
        sheet.write_string(row, 1, told, wrapped)
    last = len(HOW_TO) + 2
    sheet.write_string(last, 0, "导入", bold)
    sheet.write_string(last, 1, "nianbao agencies import 机关名录.xlsx", wrapped)
    sheet.write_string(
        last + 1, 1, "导入前先显示新增、变更和移除的机关，确认后才写入。名录整体替换：不在表中的机关会被移除。", wrapped
    )
