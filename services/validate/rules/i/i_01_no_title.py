"""正文开头没有标题行。

为什么：没有标题，看不出是哪个机关、哪一年的报告。也可能是抓取时漏了标题，所以只作提示。
只在网页标题中写有标题的，不报。
"""

import re
from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject

_LIKE_ONE = re.compile(r"[^。;!?]{0,60}(?:报告|年报)(?:的?(?:公告|通告|公示|通知))?[^。;!?\u4e00-\u9fff]{0,12}")
_TITLE = "样例市数据局2024年政府信息公开工作年度报告\n"


@rule(
    id="I-01",
    severity="I",
    basis=("A50",),
    suggestion="请在正文前补上标题：机关全称、年度、政府信息公开工作年度报告。",
    breaks=(Case("没有标题", text=((_TITLE, ""),)),),
    silent=(
        Case("标题分两行", text=((_TITLE, "样例市数据局\n2024年政府信息公开工作年度报告\n"),)),
        Case("标题用了别的名称", text=((_TITLE, "样例市数据局关于2024年信息公开情况的报告\n"),)),
        Case("标题是公告的名称", text=((_TITLE, "关于公布样例市数据局2024年政府信息公开工作年度报告的公告\n"),)),
        Case("只读到表格", {"report": {"sections": ()}}, text=((_TITLE, ""),)),
        Case("网页标题已有", {"report": {"title": "样例市数据局2024年政府信息公开工作年度报告"}}, text=((_TITLE, ""),)),
    ),
)
def no_title(subject: Subject) -> Iterator[Violation]:
    """没有标题行"""
    report, prose = subject.report, subject.prose
    if not report.sections or report.title is not None:
        return
    first = report.sections[0].start
    before = [line for line in prose.lines if line.end <= first]
    if any(_LIKE_ONE.fullmatch(line.text) for line in before):
        return
    at = next(iter(before or prose.lines), None)
    if at:
        yield Violation("正文前没有标题。", (prose.place(at.start, at.end),))
