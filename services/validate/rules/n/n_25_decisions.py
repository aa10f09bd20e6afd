"""正文所称作出的行政许可、行政处罚、行政强制决定件数，与表二不同。

为什么：报告的正文和表格说的是同一件事，数据应当一致。办件量、事项数不是决定数量，不比较。
"""

from collections.abc import Iterator

from services.validate.prose import against
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject


@rule(
    id="N-25",
    severity="W",
    tables=("2",),
    basis=("A50", "A47"),
    suggestion="请核对正文和表格，改正有误的一处，使两处一致。",
    breaks=(Case("处罚多写1件", {"prose": {"一": "作出行政处罚决定43件。"}}),),
    silent=(
        Case("一致", {"prose": {"一": "作出行政处罚决定42件，实施行政强制3件。"}}),
        Case("办件量", {"prose": {"一": "政务服务办件4309件。"}}),
    ),
)
def decisions(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文的许可、处罚、强制数与表二不符"""
    yield from against(
        subject, [f"table2/{row}/{_column(subject)}" for row in ("行政许可", "行政处罚", "行政强制")], grave="W"
    )


def _column(subject: Subject) -> str:
    return "本年处理决定数量" if subject.editions["2"] == "2021" else "处理决定数量"
