"""正文称复议、诉讼没有被纠错、没有败诉或者均获维持，表四的结果纠正等栏有数。

为什么：报告的正文和表格说的是同一件事，数据应当一致。
其他结果不算败诉；称均获维持而有尚未审结的，只请核实。
"""

from collections.abc import Iterator

from services.validate.prose import denied
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject

_CORRECTED = ("table4/行政复议/结果纠正", "table4/行政诉讼/结果纠正")
_OTHER = ("table4/行政复议/其他结果", "table4/行政诉讼/其他结果")
_PENDING = ("table4/行政复议/尚未审结", "table4/行政诉讼/尚未审结")


@rule(
    id="N-20",
    severity="E",
    tables=("4",),
    basis=("A50", "A47"),
    suggestion="请核对正文和表格，改正有误的一处，使两处一致。",
    breaks=(
        Case("称零纠错", {"prose": {"一": "行政复议零纠错。"}, "table4/行政复议/结果纠正": 1}),
        Case("称均获维持", {"prose": {"一": "行政复议5件，均获维持。"}, "table4/行政复议/结果纠正": 1}),
    ),
    silent=(
        Case(
            "没有纠正",
            {
                "prose": {"一": "行政复议零纠错。"},
                "table4/行政复议/结果纠正": 0,
                "table4/未经复议直接起诉/结果纠正": 0,
                "table4/复议后起诉/结果纠正": 0,
            },
        ),
        Case(
            "其他结果不是败诉",
            {
                "prose": {"一": "行政诉讼零败诉。"},
                "table4/行政复议/结果纠正": 0,
                "table4/未经复议直接起诉/结果纠正": 0,
                "table4/复议后起诉/结果纠正": 0,
                "table4/未经复议直接起诉/其他结果": 2,
            },
        ),
    ),
)
def none_lost(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文称零纠错、均维持，与表四不符"""
    for metric in ("statement/零纠错", "statement/零败诉"):
        yield from denied(subject, metric, *_CORRECTED)
    yield from denied(subject, "statement/均获维持", *_CORRECTED, *_OTHER)
    yield from denied(subject, "statement/均获维持", *_PENDING, grave="W")
