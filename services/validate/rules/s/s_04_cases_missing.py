"""报告没有第四部分“政府信息公开行政复议、行政诉讼情况”。

为什么：第四部分是规定格式的内容，没有发生的也要列出。
表四已经读到的，只是没有标题，请核实。
标题改了说法、没有序号、断成两行的都算有；其余部分的标题也大多没有读到、正文没有读完或者有附件没有读到的，列入未核验。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.rules.s.chapter_missing import missing_chapter
from services.validate.subject import Subject
from shared.model.report import Attachment

_HEADING = "四、政府信息公开行政复议、行政诉讼情况"


@rule(
    id="S-04",
    severity="E",
    basis=("A50", "F30", "F60"),
    breaks=(
        Case("标题和表格都没有", {"table4": {"state": "absent"}}, text=((_HEADING, ""),)),
        Case("只有表格，没有标题", text=((_HEADING, ""),)),
        Case("2020年度的报告没有标题", edition="2019", text=((_HEADING, ""),)),
    ),
    silent=(
        Case(
            "标题改为被申请行政复议、提起行政诉讼情况",
            text=((_HEADING, "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),),
        ),
        Case("没有序号", text=((_HEADING, "政府信息公开行政复议、行政诉讼情况"),)),
        Case(
            "有附件没有读到", {"report": {"attachments": (Attachment("附件.docx", "unread"),)}}, text=((_HEADING, ""),)
        ),
        Case("没有读到正文", {}),
    ),
)
def cases_missing(subject: Subject) -> Iterator[Violation | Unchecked]:
    """缺少第四部分“政府信息公开行政复议、行政诉讼情况”"""
    yield from missing_chapter(subject, 4)
