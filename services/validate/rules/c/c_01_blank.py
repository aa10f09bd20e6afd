"""应填数字的单元格没有填。每张表报一次，列出所有空格。

为什么：空白分不清是“没有发生”还是“漏填”，系统不把空白当作0。
2021年度起必须更正；2019、2020年度请核实。用到空格的等式列入未核验；
仅2019年度，把空白当作0再试一次，等式成立的只报空白。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.rules.c.doubtful import certain, doubtful
from services.validate.subject import FilledTable, Subject
from services.validate.wording import listed
from shared.forms.printed import printed_cells, printed_table


@rule(
    id="C-01",
    severity="E",
    tables=("2", "3", "4"),
    basis=("F30", "F60"),
    suggestion="没有发生的请填“0”，有数据的请补填。",
    breaks=(
        Case("表二一个单元格没填", {"table2/规章/本年制发件数": None}),
        Case("表三一行没填", {"table3/不予处理/重复申请": None}, edition="2019"),
    ),
    silent=(
        Case("填“0”", {"table2/规章/本年制发件数": 0}),
        Case("填“/”", {"table2/规章/本年制发件数": "/"}),
        Case("原文中没有这个单元格", {"table4/行政复议": {"state": "missing"}}),
    ),
)
def blank(subject: Subject) -> Iterator[Violation | Unchecked]:
    """单元格未填"""
    for number, filled in subject.filled.items():
        blanks = filled.in_state("blank")
        yield from doubtful(filled, blanks)
        cells = certain(blanks)
        if cells:
            addresses = [(cell.row, cell.column) for cell in cells]
            names = listed(list(printed_cells(filled.edition, number, addresses)))
            yield Violation(
                f"{printed_table(number)}有{len(cells)}个单元格未填（{names}），没有发生的请填“0”。",
                filled.places(addresses),
                severity="E" if _zero_demanded(subject, filled) else "W",
            )


def _zero_demanded(subject: Subject, filled: FilledTable) -> bool:
    """Whether the report falls under the form of 2021; an unknown year is told by the table."""
    return filled.edition == "2021" if subject.year is None else subject.year >= 2021
