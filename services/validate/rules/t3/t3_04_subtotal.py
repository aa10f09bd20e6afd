"""表三印有小计行，但小计不等于该组各项之和。

为什么：规定格式没有小计行，印了就要与各项一致，否则读者无从判断哪个数是对的。
只看(三)至(六)各组；没有印小计行的报告不受影响。读到的是小计，应为该组各项之和。每列报一次。
"""

from collections.abc import Iterator

from services.validate.operands import figures
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.rules.f.printed_rows import group_of, unknown_rows
from services.validate.subject import FilledTable, Subject
from services.validate.wording import figure, quoted, size
from shared.model.cell import PrintedRow, Printing

_SUBTOTAL = PrintedRow(None, "(五)不予处理小计", 7, (9, 0, 0, 0, 0, 0, 9))


@rule(
    id="T3-04",
    severity="E",
    tables=("3",),
    basis=(),
    suggestion="请核对小计和该组各项。",
    breaks=(Case("小计比各项之和多", {"table3": {"printing": Printing(rows=(_SUBTOTAL,))}}),),
    silent=(
        Case("没有印小计行", {}),
        Case(
            "多出的一行不是小计",
            {"table3": {"printing": Printing(rows=(PrintedRow(None, "申请人撤回", 7, (1,) * 7),))}},
        ),
    ),
)
def subtotal(subject: Subject) -> Iterator[Violation | Unchecked]:
    """表三小计与该组各项之和不符"""
    filled = subject.filled["3"]
    for row in unknown_rows(filled):
        group = group_of(filled, row.label)
        items = [item.path for item in filled.form.rows if group is not None and item.groups[1:] == (group,)]
        if items and row.values:
            yield from _columns(filled, row, items)


def _columns(filled: FilledTable, row: PrintedRow, items: list[str]) -> Iterator[Violation | Unchecked]:
    for column, read in zip(filled.form.rows[0].columns, row.values, strict=True):
        addresses = [(item, column.name) for item in items]
        parts = figures(filled, addresses)
        if isinstance(parts, Unchecked):
            yield parts
        elif read is not None and read != sum(parts):
            expected = sum(parts)
            message = (
                f"表三“{quoted(row.label)}”行“{column.label}”列为{figure(read)}，"
                f"该组各项之和为{figure(expected)}，相差{figure(size(read - expected))}。"
            )
            yield Violation(message, filled.places(addresses), read, expected, read - expected)
