"""单元格里有两个数字，数字里夹着字母，或者内容根本不是数字。

为什么：这样的内容认不出是多少。
只在原文有真正的单元格时报；粘贴的文字里可能是读取时串行，列入未核验。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.rules.c.doubtful import certain, doubtful
from services.validate.subject import FilledTable, Subject
from services.validate.wording import quoted
from shared.model.cell import Cell, Printing


@rule(
    id="C-06",
    severity="E",
    tables=("2", "3", "4"),
    suggestion="请在该单元格只填一个数字。",
    breaks=(
        Case("一个单元格里有两个数字", {"table4/行政复议/总计": {"state": "text", "raw": "2 3"}}),
        Case("数字里夹着字母", {"table3/本年新收/总计": {"state": "text", "raw": "1O6"}}, edition="2019"),
    ),
    silent=(
        Case("“70件”", {"table3/本年新收/总计": {"state": "text", "raw": "70件", "converted": 70}}),
        Case(
            "粘贴的文字",
            {
                "table4/行政复议/总计": {"state": "text", "raw": "2 3"},
                "table4": {"printing": Printing(gridded=False)},
            },
        ),
    ),
)
def unintelligible(subject: Subject) -> Iterator[Violation | Unchecked]:
    """单元格内容无法识别"""
    for filled in subject.filled.values():
        cells = [cell for cell in filled.in_state("text") if cell.converted is None]
        yield from doubtful(filled, cells)
        yield from (_statement(filled, cell) for cell in certain(cells))


def _statement(filled: FilledTable, cell: Cell) -> Violation | Unchecked:
    places = (filled.place((cell.row, cell.column)),)
    if not filled.table.printing.gridded:
        return Unchecked("operand_text", places)
    raw = quoted(cell.raw)
    return Violation(f"{filled.name(cell)}内容无法识别：“{raw}”。", places, raw)
