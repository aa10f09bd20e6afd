"""试行格式：上一年项目数量加本年增/减，得出负数。

为什么：现有的项目数量不可能小于0。
减到0的成立。
"""

from collections.abc import Iterator

from services.validate.operands import figures
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject


@rule(
    id="T2-04",
    severity="E",
    tables=("2",),
    basis=("F60",),
    editions=("2019",),
    suggestion="请核对上一年项目数量和本年增/减。",
    breaks=(Case("上一年12项，本年减13项", {"table2/行政强制/本年增减": -13}, edition="2019"),),
    silent=(
        Case("上一年12项，本年减12项", {"table2/行政强制/本年增减": -12}, edition="2019"),
        Case(
            "上一年项目数量没填，无从计算",
            {"table2/行政强制/上一年项目数量": None, "table2/行政强制/本年增减": -12},
            edition="2019",
        ),
    ),
)
def negative_items(subject: Subject) -> Iterator[Violation | Unchecked]:
    """项目数量增减后为负"""
    filled = subject.filled["2"]
    for row in filled.form.rows:
        addresses = [(row.path, column) for column in ("本年增减", "上一年项目数量")]
        if row.columns[0].name != "上一年项目数量":
            continue
        found = figures(filled, addresses)
        if isinstance(found, Unchecked):
            yield found
        elif sum(found) < 0:
            message = f"表二“{row.label}”项目数量增减后为负。"
            yield Violation(message, filled.places(addresses), sum(found), 0, sum(found))
