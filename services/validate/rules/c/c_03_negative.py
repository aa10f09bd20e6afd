"""件数、金额为负数。

为什么：件数和金额不可能小于0。
试行格式的“本年增/减”可以是负数。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.rules.c.doubtful import certain, doubtful
from services.validate.subject import FilledTable, Subject
from services.validate.wording import figure
from shared.model.cell import Cell


@rule(
    id="C-03",
    severity="E",
    tables=("2", "3", "4"),
    suggestion="请核对后填写不小于0的数字。",
    breaks=(
        Case("行政处罚填-2", {"table2/行政处罚/本年处理决定数量": -2}),
        Case("表四填-1", {"table4/行政复议/其他结果": -1}, edition="2019"),
    ),
    silent=(
        Case("本年增/减填-6", {"table2/行政许可/本年增减": -6}, edition="2019"),
        Case(
            "本年增/减填“减3”",
            {"table2/行政许可/本年增减": {"state": "text", "raw": "减3", "converted": -3}},
            edition="2019",
        ),
    ),
)
def negative(subject: Subject) -> Iterator[Violation | Unchecked]:
    """数据为负数"""
    for filled in subject.filled.values():
        cells = [cell for cell in filled.table.cells if (cell.number or 0) < 0 and not _may_fall(filled, cell)]
        yield from doubtful(filled, cells)
        for cell in certain(cells):
            assert cell.number is not None
            message = f"{filled.name(cell)}为负数{figure(cell.number)}。"
            yield Violation(message, (filled.place((cell.row, cell.column)),), cell.number)


def _may_fall(filled: FilledTable, cell: Cell) -> bool:
    return filled.form.column(cell.row, cell.column).kind == "change"
