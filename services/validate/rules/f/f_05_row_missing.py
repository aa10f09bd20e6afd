"""表三缺少规定格式的某一行，或者多出规定格式没有的行。

为什么：各行合起来才是全部办理结果，缺一行就无法核对总数，多一行则不能汇总。
行名按相近程度辨认，错一两个字不算缺行。跨页重复的“三、本年度办理结果”、各组的标题行和小计行不算多出。
多出的行只作提示。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.rules.f.printed_rows import added_rows
from services.validate.subject import FilledTable, Subject
from services.validate.wording import quoted
from shared.forms.printed import printed_row
from shared.model.cell import PrintedRow, Printing
from shared.model.finding import CellPlace


@rule(
    id="F-05",
    severity="E",
    tables=("3",),
    basis=("F30", "F60"),
    suggestion="请按规定格式补上该行；没有发生的填“0”。",
    breaks=(
        Case("表三没有“(二)部分公开”一行", {"table3/部分公开": {"state": "missing"}}),
        Case("表三多出一行", {"table3": {"printing": Printing(rows=(PrintedRow(None, "申请人撤回", 7),))}}),
    ),
    silent=(
        Case("一行里少了一个单元格", {"table3/部分公开/总计": {"state": "missing"}}),
        Case(
            "跨页后重复印出组名，并印出小计行",
            {
                "table3": {
                    "printing": Printing(
                        rows=(PrintedRow(None, "三、本年度办理结果", 7), PrintedRow(None, "(三)不予公开小计", 7))
                    )
                }
            },
        ),
    ),
)
def row_missing(subject: Subject) -> Iterator[Violation]:
    """表三的行与规定格式不符"""
    filled = subject.filled["3"]
    for path in _missing_rows(filled):
        yield Violation(
            f"表三缺少“{printed_row(filled.edition, '3', path)}”一行。",
            (CellPlace("3", path),),
            severity=subject.deviation,
        )
    for row in added_rows(filled):
        yield Violation(
            f"表三多出规定格式没有的一行“{quoted(row.label)}”。",
            (CellPlace("3"),),
            quoted(row.label),
            severity="I",
            suggestion="请确认该行的数据应归入规定格式的哪一行。",
        )


def _missing_rows(filled: FilledTable) -> Iterator[str]:
    printed = {row.row for row in filled.table.printing.rows}
    found = {cell.row for cell in filled.table.cells if cell.state != "missing"}
    return (row.path for row in filled.form.rows if row.path not in printed and row.path not in found)
