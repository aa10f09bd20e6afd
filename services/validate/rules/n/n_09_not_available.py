"""正文所称无法提供的申请件数，与表三“(四)无法提供”三项之和不同。

为什么：报告的正文和表格说的是同一件事，数据应当一致。
与其中一项相同的，附上这一可能的原因。
"""

from collections.abc import Iterator

from services.validate.prose import against
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject


@rule(
    id="N-09",
    severity="E",
    tables=("3",),
    basis=("A50", "A47"),
    suggestion="请核对正文和表格，改正有误的一处，使两处一致。",
    breaks=(Case("少写1件", {"prose": {"一": "收到政府信息公开申请70件，其中无法提供20件。"}}),),
    silent=(
        Case("一致", {"prose": {"一": "收到政府信息公开申请70件，其中无法提供21件。"}}),
        Case("又说了其中一项", {"prose": {"一": "收到政府信息公开申请70件，其中无法提供21件（本机关不掌握19件）。"}}),
    ),
)
def not_available(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文的无法提供数与表三不符"""
    yield from against(
        subject,
        ("table3/无法提供/总计",),
        hint=lambda claim, _: (
            "与其中“本机关不掌握相关政府信息”一项相同"
            if claim.value == subject.figure("table3/无法提供/本机关不掌握相关政府信息/总计")
            else None
        ),
    )
