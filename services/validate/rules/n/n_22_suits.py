"""正文所称行政诉讼的件数及结果，与表四“未经复议直接起诉”“复议后起诉”不同。

为什么：报告的正文和表格说的是同一件事，数据应当一致。
全区域口径的数据只请核实。
"""

from collections.abc import Iterator

from services.validate.prose import against
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject


@rule(
    id="N-22",
    severity="E",
    tables=("4",),
    basis=("A50", "A47"),
    suggestion="请核对正文和表格，改正有误的一处，使两处一致。",
    breaks=(Case("多写1件", {"prose": {"一": "提起行政诉讼6件。"}}),),
    silent=(
        Case("一致", {"prose": {"一": "提起行政诉讼5件。"}}),
        Case("分开说", {"prose": {"一": "提起行政诉讼5件，其中未经复议直接起诉3件，复议后起诉2件。"}}),
    ),
)
def suits(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文的行政诉讼数与表四不符"""
    yield from against(
        subject,
        (
            "table4/行政诉讼/总计",
            "table4/行政诉讼/结果维持",
            "table4/行政诉讼/结果纠正",
            "table4/行政诉讼/其他结果",
            "table4/行政诉讼/尚未审结",
            "table4/未经复议直接起诉/总计",
            "table4/复议后起诉/总计",
            "table4/复议诉讼/总计",
        ),
    )
