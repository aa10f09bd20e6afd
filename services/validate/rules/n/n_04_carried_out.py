"""正文所称结转下年度的申请件数，与表三“结转下年度继续办理”不同。

为什么：报告的正文和表格说的是同一件事，数据应当一致。
"""

from collections.abc import Iterator

from services.validate.prose import against, denied
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject


@rule(
    id="N-04",
    severity="E",
    tables=("3",),
    basis=("A50", "A47"),
    suggestion="请核对正文和表格，改正有误的一处，使两处一致。",
    breaks=(
        Case("少写1件", {"prose": {"一": "收到政府信息公开申请70件，结转下年度办理4件。"}}),
        Case("称没有结转", {"prose": {"一": "收到政府信息公开申请70件，无结转下年度申请。"}}),
    ),
    silent=(
        Case("一致", {"prose": {"一": "收到政府信息公开申请70件，结转下年度办理7件。"}}),
        Case("结转至下一年", {"prose": {"一": "收到政府信息公开申请70件，结转2025年办理7件。"}}),
    ),
)
def carried_out(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文的结转下年度数与表三不符"""
    yield from against(subject, ("table3/结转下年度/总计",))
    yield from denied(subject, "statement/无结转下年度", "table3/结转下年度/总计")
