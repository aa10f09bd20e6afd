"""同一份报告的表二和表三属于不同版本的格式。

为什么：两版格式的栏目不同，混用说明有的表格取自旧模板，数据可能漏报。
表四两版相同，不参与判断；认不出版本的表不作比较。2021年度以前为请核实。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject
from shared.model.finding import CellPlace


@rule(
    id="F-03",
    severity="E",
    tables=("2", "3"),
    basis=("F30",),
    suggestion="请将两张表统一为报告年度应使用的格式。",
    breaks=(Case("表二用现行格式，表三用试行格式", {"table3": {"form": "2019"}}),),
    silent=(Case("两张表都用试行格式", edition="2019"), Case("表三没有读出", {"table3": {"state": "absent"}})),
)
def mixed_forms(subject: Subject) -> Iterator[Violation]:
    """各表不属于同一版格式"""
    forms = {number: filled.table.form for number, filled in subject.filled.items() if number != "4"}
    if len(set(forms.values()) - {None}) > 1:
        yield Violation(
            "第二部分与第三部分表格不属于同一版本格式，请统一。",
            (CellPlace("2"), CellPlace("3")),
            "、".join(f"{form}年格式" for form in forms.values()),
            severity="E" if subject.year is not None and subject.year >= 2021 else "W",
        )
