"""正文所称部分公开的申请件数，与表三“(二)部分公开”不同。

为什么：报告的正文和表格说的是同一件事，数据应当一致。
"""

from collections.abc import Iterator

from services.validate.prose import against
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject


@rule(
    id="N-06",
    severity="E",
    tables=("3",),
    basis=("A50", "A47"),
    suggestion="请核对正文和表格，改正有误的一处，使两处一致。",
    breaks=(Case("少写1件", {"prose": {"一": "收到政府信息公开申请70件，其中部分公开13件。"}}),),
    silent=(
        Case("一致", {"prose": {"一": "收到政府信息公开申请70件，其中部分公开14件。"}}),
        Case("区分处理", {"prose": {"一": "收到政府信息公开申请70件，其中区分处理14件。"}}),
    ),
)
def partly_disclosed(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文的部分公开数与表三不符"""
    yield from against(subject, ("table3/部分公开/总计",))
