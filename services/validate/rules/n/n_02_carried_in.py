"""正文所称上年结转的申请件数，与表三“上年结转”不同。

为什么：报告的正文和表格说的是同一件事，数据应当一致。
"""

from collections.abc import Iterator

from services.validate.prose import against, denied
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject


@rule(
    id="N-02",
    severity="E",
    tables=("3",),
    basis=("A50", "A47"),
    suggestion="请核对正文和表格，改正有误的一处，使两处一致。",
    breaks=(
        Case("少写1件", {"prose": {"一": "本年新收政府信息公开申请70件，上年结转4件。"}}),
        Case("称无上年结转", {"prose": {"一": "收到政府信息公开申请70件，无上年结转申请。"}}),
    ),
    silent=(
        Case("一致", {"prose": {"一": "本年新收政府信息公开申请70件，上年结转5件。"}}),
        Case("没有提到结转", {"prose": {"一": "收到政府信息公开申请70件。"}}),
    ),
)
def carried_in(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文的上年结转数与表三不符"""
    yield from against(subject, ("table3/上年结转/总计",))
    yield from denied(subject, "statement/无上年结转", "table3/上年结转/总计")
