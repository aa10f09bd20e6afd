"""报告里没有第二、第三或者第四部分的表格。

为什么：三张表是年度报告的法定内容，没有发生的也应填“0”报告。
表格是图片的归F-12，不算缺表。缺了的表，其余规则列入未核验，不再逐条报。
2019年度的格式为鼓励采用，缺表为请核实；2019年以前没有官方表格，不适用。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject
from shared.forms.printed import ORDINALS
from shared.model.finding import CellPlace


@rule(
    id="F-04",
    severity="E",
    basis=("A50", "F30", "F60"),
    suggestion="请补上该表；没有发生的填“0”。",
    breaks=(
        Case("没有表三", {"table3": {"state": "absent"}}),
        Case("没有表二", {"table2": {"state": "absent"}}, edition="2019"),
    ),
    silent=(Case("表三是图片", {"table3": {"state": "picture"}}), Case("2019年以前的报告", {"report": {"tables": {}}})),
)
def table_absent(subject: Subject) -> Iterator[Violation]:
    """缺少表格"""
    for number, table in subject.report.tables.items():
        if table.state == "absent":
            yield Violation(
                f"未见第{ORDINALS[number]}部分表格，请补充。",
                (CellPlace(number),),
                severity=subject.deviation,
            )
