"""正文的数据是全区域或者全系统的，表格是本机关的。

为什么：口径不统一时，两处数据无法比较，也容易误解；作为提示，不单独要求更正。
"""

from collections.abc import Iterator

from services.validate.prose import number_of, place, said, side
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject


@rule(
    id="N-27",
    severity="I",
    tables=(
        "3",
        "4",
    ),
    basis=("A50", "A47"),
    suggestion="请统一正文和表格的统计口径，或者写明各自的口径。",
    breaks=(Case("全区口径", {"prose": {"一": "全区共收到政府信息公开申请300件。"}}),),
    silent=(
        Case("数据相同", {"prose": {"一": "本区各级机关受理的政府信息公开申请有70件。"}}),
        Case("本机关口径", {"prose": {"一": "我局共收到政府信息公开申请70件。"}}),
    ),
)
def scope(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文与表格的口径不同"""
    for claim in subject.report.claims:
        if claim.scope != "region" or number_of(claim) is None or claim.year != subject.year:
            continue
        found = side(subject.editions["4" if claim.metric.startswith("table4/") else "3"], claim.metric)
        if found is None or found.table == "2" or found.table not in subject.filled:
            continue
        operands = subject.filled[found.table].operands
        values = [operands.get(address) for address in found.cells]
        known = [value for value in values if value is not None]
        if len(known) == len(values) and sum(known) != claim.value:
            name = "表三" if found.table == "3" else "表四"
            yield Violation(f"{said(claim)}，是全区域或者全系统的口径，{name}是本机关的口径，请统一。", (place(claim),))
            return
