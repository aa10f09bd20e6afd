"""正文没有写明数据的统计期限。

为什么：写明期限，读者才知道数据是哪段时间的；规定格式没有要求，许多地方的通知有要求，所以只作提示。
只读到表格、一个部分也没有读到的，不判断。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from services.validate.years import states_a_period
from shared.model.report import Attachment

_STATED = "本报告所列数据的统计期限自2024年1月1日起至2024年12月31日止。"


@rule(
    id="Y-03",
    severity="I",
    basis=("A47",),
    suggestion="建议在引言中写明：本报告所列数据的统计期限自某年1月1日起至12月31日止。",
    breaks=(Case("没有统计期限", text=((_STATED, ""),)),),
    silent=(
        Case("数据起止日期", text=((_STATED, "本报告数据起止时间为2024年1月1日至12月31日。"),)),
        Case("期限写在报告内容里", text=((_STATED, "报告包括2024年1月1日至2024年12月31日的公开情况。"),)),
        Case("数据的时间点", text=((_STATED, "报告所涉数据核定时间点为2024年12月31日。"),)),
        Case("期限的日期残缺", text=((_STATED, "本报告中所列数据的统计期限自202411日至20241231日止。"),)),
        Case("写作全年的数据", text=((_STATED, "本报告所列数据为2024年全年数据。"),)),
        Case("只读到表格", {"report": {"sections": ()}}, text=((_STATED, ""),)),
        Case(
            "有附件没有读到",
            {"report": {"attachments": (Attachment("附件.pdf", "unread"),)}},
            text=((_STATED, ""),),
        ),
    ),
)
def period_not_stated(subject: Subject) -> Iterator[Violation | Unchecked]:
    """没有写明统计期限"""
    prose = subject.prose
    if not subject.report.sections or states_a_period(prose):
        return
    if any(each.state != "read" for each in subject.report.attachments):
        yield Unchecked("attachment_unread")
        return
    at = prose.introduction or prose.title or next(iter(prose.lines), None)
    if at:
        yield Violation("正文没有写明所列数据的统计期限。", (prose.place(at.start, at.end),))
