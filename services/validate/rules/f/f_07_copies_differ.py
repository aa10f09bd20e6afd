"""同一张表在报告里出现两次，数据不同；数据相同的只作提示。

为什么：两处数据不同，公众无从知道以哪一处为准。
网页的电脑版和手机版各印一次、数据相同的，不影响核验。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import FIRM, FilledTable, Subject
from services.validate.wording import figure, listed
from shared.forms.printed import printed_table
from shared.model.cell import Cell, Printing
from shared.model.finding import CellPlace
from shared.model.number import Number


@rule(
    id="F-07",
    severity="E",
    tables=("2", "3", "4"),
    basis=("A47",),
    suggestion="请核对后只保留一张正确的表。",
    breaks=(
        Case(
            "表二印了两次，行政强制一处为3、一处为4",
            {"table2": {"printing": Printing(copies=((Cell("行政强制", "本年处理决定数量", 4, state="number"),),))}},
        ),
        Case(
            "表二印了两次，数据相同",
            {"table2": {"printing": Printing(copies=((Cell("行政强制", "本年处理决定数量", 3, state="number"),),))}},
        ),
    ),
    silent=(
        Case("只印一次"),
        Case(
            "另一处的数据识别把握不足",
            {
                "table2": {
                    "printing": Printing(
                        copies=((Cell("行政强制", "本年处理决定数量", 4, state="number", confidence=0.8),),)
                    )
                }
            },
        ),
    ),
)
def copies_differ(subject: Subject) -> Iterator[Violation | Unchecked]:
    """同一张表出现两次"""
    for filled in subject.filled.values():
        for copy in filled.table.printing.copies:
            yield _compared(filled, copy)


def _compared(filled: FilledTable, copy: tuple[Cell, ...]) -> Violation | Unchecked:
    table = CellPlace(filled.number)
    differing = [pair for cell in copy if (pair := _pair(filled, cell)) and pair[1] != pair[2]]
    if differing:
        places = filled.places((cell.row, cell.column) for cell, _, _ in differing)
        names = listed([f"{filled.name(cell)}一处为{figure(a)}、一处为{figure(b)}" for cell, a, b in differing])
        read = "、".join(figure(a) for _, a, _ in differing)
        expected = "、".join(figure(b) for _, _, b in differing)
        return Violation(f"{printed_table(filled.number)}出现两次且数据不同：{names}。", places, read, expected)
    if any(cell.confidence < FIRM for cell in copy):
        return Unchecked("low_confidence", (table,))
    return Violation(
        f"{printed_table(filled.number)}出现两次，数据相同。", (table,), severity="I", suggestion="请只保留一张。"
    )


def _pair(filled: FilledTable, cell: Cell) -> tuple[Cell, Number, Number] | None:
    """Return a cell of the copy with both figures, if both were read for certain."""
    first = filled.operands.get((cell.row, cell.column))
    if first is None or cell.number is None or cell.confidence < FIRM:
        return None
    return cell, first, cell.number
