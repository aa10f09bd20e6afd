"""辨认表格是哪一版格式：看表二的栏目（制发、废止、现行有效，或者新制作、新公开、对外公开总数量），看表三“(六)其他处理”的行数。

为什么：2019、2020年度用试行格式，2021年度起用现行格式，应填的栏目和应成立的等式不同。
辨认不出的表，只列入未核验，不作为问题。正文引用哪一份通知不作为依据。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Unchecked, rule
from services.validate.subject import Subject
from shared.model.finding import CellPlace


@rule(
    id="F-01",
    severity=None,
    tables=("2", "3"),
    basis=("F30", "F60"),
    breaks=(Case("表二的栏目名都认不出", {"table2": {"form": None}}),),
    silent=(Case("现行格式"), Case("2019年试行格式", edition="2019")),
)
def form_unrecognised(subject: Subject) -> Iterator[Unchecked]:
    """看不出表格是哪一版格式"""
    for number, filled in subject.filled.items():
        if number != "4" and filled.table.form is None:
            yield Unchecked("form_unknown", (CellPlace(number),))
