"""试行格式：政府集中采购有项目没有金额，或者有金额没有项目。

为什么：采购项目和采购金额总是同时发生。
"""

from collections.abc import Iterator
from decimal import Decimal

from services.validate.operands import figures
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from services.validate.wording import figure

_COUNT, _AMOUNT = ("政府集中采购", "采购项目数量"), ("政府集中采购", "采购总金额")


@rule(
    id="T2-06",
    severity="W",
    tables=("2",),
    basis=("F60",),
    editions=("2019",),
    suggestion="请核对采购项目数量和采购总金额。",
    breaks=(
        Case("有金额，没有项目", {"table2/政府集中采购/采购项目数量": 0}, edition="2019"),
        Case("有项目，没有金额", {"table2/政府集中采购/采购总金额": 0}, edition="2019"),
    ),
    silent=(
        Case("都没有", {"table2/政府集中采购": 0}, edition="2019"),
        Case("金额不足一万元", {"table2/政府集中采购/采购总金额": Decimal("0.3700")}, edition="2019"),
    ),
)
def purchase_mismatch(subject: Subject) -> Iterator[Violation | Unchecked]:
    """采购项目数量与金额不匹配"""
    filled = subject.filled["2"]
    found = figures(filled, (_COUNT, _AMOUNT))
    if isinstance(found, Unchecked):
        yield found
    elif (found[0] > 0) != (found[1] > Decimal(0)):
        faulty_first = (_COUNT, _AMOUNT) if found[0] <= 0 else (_AMOUNT, _COUNT)
        said = f"采购项目{figure(found[0])}个、金额{figure(found[1])}万元"
        yield Violation(f"表二{said}不匹配。", filled.places(faulty_first), said)
