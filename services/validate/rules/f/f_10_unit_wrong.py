"""表二收费金额、采购金额的栏目没有印单位，或者单位不是万元。

为什么：规定的单位是万元，写成元会使金额差一万倍。
栏目名没有读到的不报。2019年试行格式的栏目许多单位没有印单位：金额为0、没有填，或者单元格里写了单位的，也不报。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject
from shared.forms.form import Row
from shared.forms.printed import printed_column
from shared.model.cell import Cell, Printing
from shared.model.finding import CellPlace

_NO_UNIT = Printing(units={"政府集中采购": None})


@rule(
    id="F-10",
    severity="W",
    tables=("2",),
    basis=("F30", "F60"),
    suggestion="请核对金额，并在栏目名中写明“单位：万元”。",
    breaks=(
        Case("收费金额的单位印成元", {"table2": {"printing": Printing(units={"行政事业性收费": "元"})}}),
        Case("采购总金额没有印单位", {"table2": {"printing": _NO_UNIT}}, edition="2019"),
    ),
    silent=(
        Case("单位为万元", {"table2": {"printing": Printing(units={"行政事业性收费": "万元"})}}),
        Case(
            "试行格式没有印单位，金额为0",
            {
                "table2": {"printing": _NO_UNIT},
                "table2/政府集中采购/采购总金额": 0,
                "table2/政府集中采购/采购项目数量": 0,
            },
            edition="2019",
        ),
        Case("没有读到栏目名", {"table2": {"printing": Printing(units=None)}}),
    ),
)
def unit_wrong(subject: Subject) -> Iterator[Violation]:
    """金额的单位不是万元"""
    filled = subject.filled["2"]
    units = filled.table.printing.units or {}
    for row in filled.form.rows:
        if row.path in units and units[row.path] != "万元":
            column = _amount(row)
            if units[row.path] is None and filled.edition == "2019" and not _bare(filled.cell((row.path, column))):
                continue
            yield Violation(
                f"表二“{row.label}”的“{printed_column(filled.edition, '2', column)}”单位应为万元。",
                (CellPlace("2", row.path, column),),
                units[row.path],
                "万元",
            )


def _bare(cell: Cell) -> bool:
    """Whether a cell holds an amount and no unit beside it."""
    return cell.state == "number" and cell.value != 0


def _amount(row: Row) -> str:
    return next(column.name for column in row.columns if column.kind == "amount")
