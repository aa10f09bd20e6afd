"""试行格式：上一年项目数量和本年增/减都是0，却有处理决定。

为什么：没有项目就不会作出处理决定，多半是漏填了项目数量。
"""

from collections.abc import Iterator

from services.validate.operands import figures
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from services.validate.wording import figure


@rule(
    id="T2-05",
    severity="W",
    tables=("2",),
    basis=("F60",),
    editions=("2019",),
    suggestion="请核对项目数量是否漏填。",
    breaks=(Case("没有行政强制项目，处理决定3件", {"table2/行政强制/上一年项目数量": 0}, edition="2019"),),
    silent=(
        Case("没有项目，也没有处理决定", {"table2/行政强制": 0}, edition="2019"),
        Case("本年新增的项目", {"table2/行政强制/上一年项目数量": 0, "table2/行政强制/本年增减": 2}, edition="2019"),
    ),
)
def decisions_without_items(subject: Subject) -> Iterator[Violation | Unchecked]:
    """没有项目却有处理决定"""
    filled = subject.filled["2"]
    for row in filled.form.rows:
        if row.columns[-1].name != "处理决定数量":
            continue
        addresses = [(row.path, column) for column in ("处理决定数量", "上一年项目数量", "本年增减")]
        found = figures(filled, addresses)
        if isinstance(found, Unchecked):
            yield found
        elif found[0] > 0 and found[1] == found[2] == 0:
            message = f"表二“{row.label}”无项目但有处理决定{figure(found[0])}件。"
            yield Violation(message, filled.places(addresses), found[0], 0, found[0])
