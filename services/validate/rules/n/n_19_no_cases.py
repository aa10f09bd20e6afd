"""正文称没有行政复议或者行政诉讼，表四有数。

为什么：报告的正文和表格说的是同一件事，数据应当一致。
"""

from collections.abc import Iterator

from services.validate.prose import denied
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject


@rule(
    id="N-19",
    severity="E",
    tables=("4",),
    basis=("A50", "A47"),
    suggestion="请核对正文和表格，改正有误的一处，使两处一致。",
    breaks=(
        Case("称没有复议", {"prose": {"一": "本年度未发生政府信息公开行政复议。"}}),
        Case("称没有复议和诉讼", {"prose": {"一": "无政府信息公开行政复议和提起行政诉讼情况。"}, "table4/行政复议": 0}),
    ),
    silent=(
        Case(
            "没有，表中也没有",
            {
                "prose": {"一": "未发生行政复议、行政诉讼。"},
                "table4/行政复议": 0,
                "table4/未经复议直接起诉": 0,
                "table4/复议后起诉": 0,
            },
        ),
        Case(
            "只称没有诉讼", {"prose": {"一": "未发生行政诉讼。"}, "table4/未经复议直接起诉": 0, "table4/复议后起诉": 0}
        ),
    ),
)
def no_cases(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文称没有复议、诉讼，与表四不符"""
    yield from denied(subject, "statement/未发生行政复议", "table4/行政复议/总计")
    yield from denied(subject, "statement/未发生行政诉讼", "table4/行政诉讼/总计")
