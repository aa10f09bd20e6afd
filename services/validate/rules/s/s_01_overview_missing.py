"""报告没有第一部分“总体情况”。

为什么：总体情况是规定格式的第一部分，其余各部分的数据要靠它说明。
标题前的文字已经像总体情况的，多半只是标题没有写上或者没有读到，只作提示。
标题改了说法、没有序号、断成两行的都算有；其余部分的标题也大多没有读到、正文没有读完或者有附件没有读到的，列入未核验。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.rules.s.chapter_missing import OVERVIEW, missing_chapter
from services.validate.subject import Subject

_FIRST, _SECOND = "一、总体情况", "二、主动公开政府信息情况"


@rule(
    id="S-01",
    severity="E",
    basis=("A50", "F30", "F60"),
    thresholds=(OVERVIEW,),
    breaks=(
        Case("总体情况写在了第二部分", text=((_SECOND, ""), (_FIRST, _SECOND))),
        Case("没有标题，内容在最前面", text=((_FIRST, ""),)),
    ),
    silent=(
        Case("标题改为概述", text=((_FIRST, "一、概述"),)),
        Case("标题前加了年度", text=((_FIRST, "一、2024年政府信息公开工作总体情况"),)),
        Case("没有读到正文", {}),
    ),
)
def overview_missing(subject: Subject) -> Iterator[Violation | Unchecked]:
    """缺少第一部分“总体情况”"""
    yield from missing_chapter(subject, 1)
