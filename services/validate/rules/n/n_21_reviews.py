"""正文所称行政复议的件数及结果，与表四不同。

为什么：报告的正文和表格说的是同一件事，数据应当一致。
全区域口径的数据只请核实。
"""

from collections.abc import Iterator

from services.validate.prose import against
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject


@rule(
    id="N-21",
    severity="E",
    tables=("4",),
    basis=("A50", "A47"),
    suggestion="请核对正文和表格，改正有误的一处，使两处一致。",
    breaks=(Case("多写1件", {"prose": {"一": "政府信息公开行政复议99件。"}}),),
    silent=(
        Case("没有说到行政复议", {"prose": {"一": "收到政府信息公开申请70件。"}}),
        Case("一致", {"prose": {"一": "政府信息公开行政复议4件，维持1件，纠正1件，尚未审结2件。"}}),
        Case("作为复议机关办理的案件", {"prose": {"一": "区政府行政复议办公室设在我局，全年受理行政复议案件126件。"}}),
        Case("上年的数", {"prose": {"一": "2023年政府信息公开行政复议9件。"}}),
    ),
)
def reviews(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文的行政复议数与表四不符"""
    yield from against(
        subject,
        (
            "table4/行政复议/总计",
            "table4/行政复议/结果维持",
            "table4/行政复议/结果纠正",
            "table4/行政复议/其他结果",
            "table4/行政复议/尚未审结",
        ),
    )
