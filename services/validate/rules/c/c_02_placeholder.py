"""应填数字的单元格填了“/”“—”“无”“不涉及”等。

为什么：这些写法不能汇总，也分不清是没有发生还是没有统计。
系统不把它当作0，用到它的等式列入未核验。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.rules.c.doubtful import certain, doubtful
from services.validate.subject import Subject
from services.validate.wording import quoted


@rule(
    id="C-02",
    severity="W",
    tables=("2", "3", "4"),
    basis=("F30", "F60"),
    suggestion="没有发生的请填“0”。",
    breaks=(
        Case("填“/”", {"table3/本年新收/科研机构": "/"}),
        Case("填“无”", {"table2/规章/本年新制作数量": "无"}, edition="2019"),
    ),
    silent=(Case("没填", {"table3/本年新收/科研机构": None}), Case("填“0”", {"table3/本年新收/科研机构": 0})),
)
def placeholder(subject: Subject) -> Iterator[Violation | Unchecked]:
    """用符号或文字代替数字"""
    for filled in subject.filled.values():
        cells = filled.in_state("placeholder")
        yield from doubtful(filled, cells)
        for cell in certain(cells):
            raw = quoted(cell.raw)
            message = f"{filled.name(cell)}填写为“{raw}”，请填写数字。"
            yield Violation(message, (filled.place((cell.row, cell.column)),), raw)
