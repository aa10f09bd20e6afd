"""正文所称不予公开的申请件数，与表三“(三)不予公开”八项之和不同。

为什么：报告的正文和表格说的是同一件事，数据应当一致。
"""

from collections.abc import Iterator

from services.validate.prose import against
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject


@rule(
    id="N-08",
    severity="E",
    tables=("3",),
    basis=("A50", "A47"),
    suggestion="请核对正文和表格，改正有误的一处，使两处一致。",
    breaks=(Case("少写1件", {"prose": {"一": "收到政府信息公开申请70件，其中不予公开5件。"}}),),
    silent=(
        Case("一致", {"prose": {"一": "收到政府信息公开申请70件，其中不予公开6件。"}}),
        Case(
            "称零件，表中也是零",
            {
                "prose": {"一": "收到政府信息公开申请70件，其中不予公开0件。"},
                "table3/不予公开/保护第三方合法权益/总计": 0,
                "table3/不予公开/属于四类过程性信息/总计": 0,
                "table3/不予公开/属于行政执法案卷/总计": 0,
            },
        ),
    ),
)
def refused(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文的不予公开数与表三不符"""
    yield from against(subject, ("table3/不予公开/总计",))
