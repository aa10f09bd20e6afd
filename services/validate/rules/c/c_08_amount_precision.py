"""试行格式的采购总金额没有保留4位小数。

为什么：栏目名规定“保留4位小数”。
没有采购、填“0”的可以。
"""

from collections.abc import Iterator
from decimal import Decimal

from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.rules.c.doubtful import doubtful
from services.validate.subject import FIRM, Subject
from services.validate.wording import decimals, quoted

_ADDRESS = ("政府集中采购", "采购总金额")
_PRECISION = 4


@rule(
    id="C-08",
    severity="I",
    tables=("2",),
    basis=("F60",),
    editions=("2019",),
    suggestion="请保留4位小数。",
    breaks=(Case("采购总金额填327.56", {"table2/政府集中采购/采购总金额": Decimal("327.56")}, edition="2019"),),
    silent=(
        Case("采购总金额填327.5600", edition="2019"),
        Case(
            "没有采购，填0",
            {"table2/政府集中采购/采购总金额": 0, "table2/政府集中采购/采购项目数量": 0},
            edition="2019",
        ),
    ),
)
def amount_precision(subject: Subject) -> Iterator[Violation | Unchecked]:
    """采购总金额没有保留4位小数"""
    filled = subject.filled["2"]
    cell = filled.cell(_ADDRESS)
    if not cell.value or decimals(cell.raw) == _PRECISION:
        return
    yield from doubtful(filled, [cell])
    if cell.confidence >= FIRM:
        raw = quoted(cell.raw)
        yield Violation(f"{filled.name(cell)}应保留4位小数，现为{raw}。", (filled.place(_ADDRESS),), raw)
