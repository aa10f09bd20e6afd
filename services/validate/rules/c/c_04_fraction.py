"""件数不是整数。

为什么：件数只能是整数；收费、采购金额除外。
写成“5.0”的只作提示。
"""

from collections.abc import Iterator
from decimal import Decimal

from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.rules.c.doubtful import certain, doubtful
from services.validate.subject import FilledTable, Subject
from services.validate.wording import decimals, figure, quoted
from shared.model.cell import Cell


@rule(
    id="C-04",
    severity="E",
    tables=("2", "3", "4"),
    suggestion="请填写整数。",
    breaks=(
        Case("行政许可填12.5", {"table2/行政许可/本年处理决定数量": Decimal("12.5")}),
        Case("行政许可填1186.0", {"table2/行政许可/本年处理决定数量": Decimal("1186.0")}),
        Case("行政复议填0.5", {"table4/行政复议/其他结果": Decimal("0.5")}, edition="2019"),
    ),
    silent=(
        Case("收费金额填8.83", {"table2/行政事业性收费/本年收费金额": Decimal("8.83")}),
        Case("采购总金额填327.5600", edition="2019"),
    ),
)
def fraction(subject: Subject) -> Iterator[Violation | Unchecked]:
    """件数不是整数"""
    for filled in subject.filled.values():
        cells = [cell for cell in filled.table.cells if _has_decimals(cell) and not _is_amount(filled, cell)]
        yield from doubtful(filled, cells)
        for cell in certain(cells):
            assert cell.number is not None
            whole = cell.number == int(cell.number)
            shown = quoted(cell.raw) if whole else figure(cell.number)
            yield Violation(
                f"{filled.name(cell)}应为整数，现为{shown}。",
                (filled.place((cell.row, cell.column)),),
                cell.number,
                severity="I" if whole else "E",
            )


def _has_decimals(cell: Cell) -> bool:
    """Whether the figure is no whole number, or a bare whole number printed with decimals."""
    if isinstance(cell.number, Decimal) and cell.number != int(cell.number):
        return True
    return cell.value is not None and decimals(cell.raw) > 0


def _is_amount(filled: FilledTable, cell: Cell) -> bool:
    return filled.form.column(cell.row, cell.column).kind == "amount"
