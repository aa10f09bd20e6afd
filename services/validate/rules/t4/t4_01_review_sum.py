"""行政复议：结果维持、结果纠正、其他结果、尚未审结四项之和不等于总计。

为什么：总计就是四项的合计，两者不等，必有一处填错。
读到的是总计，应为四项之和。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.rules.t4.case_sums import wrong_total
from services.validate.subject import Subject


@rule(
    id="T4-01",
    severity="E",
    tables=("4",),
    basis=("F30", "F60"),
    suggestion="请核对四项结果和总计。",
    breaks=(
        Case("总计多1件", {"table4/行政复议/总计": 5}),
        Case("尚未审结多5件", {"table4/行政复议/尚未审结": 5}, edition="2019"),
    ),
    silent=(
        Case("另一组填错", {"table4/复议后起诉/总计": 9}),
        Case("有一项没填，无从核对", {"table4/行政复议/其他结果": None}),
    ),
)
def review_sum(subject: Subject) -> Iterator[Violation | Unchecked]:
    """表四行政复议的四项之和与总计不符"""
    yield from wrong_total(subject.filled["4"], "行政复议")
