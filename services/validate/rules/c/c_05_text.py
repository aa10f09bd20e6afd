"""单元格里的数字带有单位、文字或者注释号，例如“251000元”。

为什么：栏目已规定单位，再写单位容易造成重复换算，也不能直接汇总。
系统按栏目的单位换算后仍用于等式核验。
"""

from collections.abc import Iterator
from decimal import Decimal

from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.rules.c.doubtful import certain, doubtful
from services.validate.subject import Subject
from services.validate.wording import quoted

_WITH_UNIT = {"state": "text", "raw": "88300元", "converted": Decimal("8.83")}


@rule(
    id="C-05",
    severity="W",
    tables=("2", "3", "4"),
    suggestion="请只填数字，并核对单位。",
    breaks=(
        Case("收费金额填“88300元”", {"table2/行政事业性收费/本年收费金额": _WITH_UNIT}),
        Case("新收填“70件”", {"table3/本年新收/总计": {"state": "text", "raw": "70件", "converted": 70}}),
    ),
    silent=(
        Case("看不懂的内容", {"table4/行政复议/总计": {"state": "text", "raw": "2 3"}}),
        Case("本年增/减填“+208”", {"table2/行政许可/本年增减": {"value": 208, "raw": "+208"}}, edition="2019"),
    ),
)
def text(subject: Subject) -> Iterator[Violation | Unchecked]:
    """数字单元格含文字"""
    for filled in subject.filled.values():
        cells = [cell for cell in filled.in_state("text") if cell.converted is not None]
        yield from doubtful(filled, cells)
        for cell in certain(cells):
            raw = quoted(cell.raw)
            message = f"{filled.name(cell)}含文字“{raw}”。"
            yield Violation(message, (filled.place((cell.row, cell.column)),), raw)
