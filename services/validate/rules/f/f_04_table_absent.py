"""报告里没有第二、第三或者第四部分的表格。

为什么：三张表是年度报告的法定内容，没有发生的也应填“0”报告。
表格是图片的归F-12，不算缺表；页面列出的附件没有读到的，表可能在附件里，列入未核验；正文在这张表之前就断了的也是。缺了的表，其余规则列入未核验，不再逐条报。
2019年度的格式为鼓励采用，缺表为请核实；2019年以前没有官方表格，不适用。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.rules.s.chapter_missing import is_cut_off
from services.validate.subject import Subject
from shared.forms.printed import ORDINALS
from shared.model.cell import TableNumber
from shared.model.finding import CellPlace
from shared.model.report import Attachment

_READ, _UNREAD = (Attachment("附件.docx", "read"),), (Attachment("附件.docx", "unread"),)


@rule(
    id="F-04",
    severity="E",
    basis=("A50", "F30", "F60"),
    suggestion="请补上该表；没有发生的填“0”。",
    breaks=(
        Case("没有表三", {"table3": {"state": "absent"}}),
        Case("没有表二", {"table2": {"state": "absent"}}, edition="2019"),
        Case("表三不在附件里", {"table3": {"state": "absent"}, "report": {"attachments": _READ}}),
    ),
    silent=(
        Case("表三是图片", {"table3": {"state": "picture"}}),
        Case("表三可能在没有读到的附件里", {"table3": {"state": "absent"}, "report": {"attachments": _UNREAD}}),
        Case("2019年以前的报告", {"report": {"tables": {}}}),
    ),
)
def table_absent(subject: Subject) -> Iterator[Violation | Unchecked]:
    """缺少表格"""
    for number, table in subject.report.tables.items():
        if subject.unread(number) == "attachment_unread":
            yield Unchecked("attachment_unread", (CellPlace(number),))
        elif table.state == "absent" and _is_beyond_the_end(subject, number):
            yield Unchecked("low_confidence", (CellPlace(number),))
        elif table.state == "absent":
            yield Violation(
                f"未见第{ORDINALS[number]}部分表格，请补充。",
                (CellPlace(number),),
                severity=subject.deviation,
            )


def _is_beyond_the_end(subject: Subject, number: TableNumber) -> bool:
    """Whether the text breaks off before the place of a table."""
    later = (each for each, table in subject.report.tables.items() if each > number and table.state != "absent")
    return is_cut_off(subject) and not any(later)
