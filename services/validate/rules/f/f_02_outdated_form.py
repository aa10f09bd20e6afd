"""报告年度与表格版本不符：2021年度及以后的报告仍用2019年试行格式（任何一张表）。

为什么：现行格式自2021年度起统一执行，旧格式缺少应报的栏目，各单位的数据无法汇总。
2019、2020年度的报告用了现行格式，只作提示。表四两版相同，不参与判断。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import FilledTable, Subject
from shared.forms import FORMS, form_of_year
from shared.forms.printed import printed_table
from shared.model.cell import FormEdition, TableNumber
from shared.model.finding import CellPlace

_MARKS: dict[tuple[TableNumber, FormEdition], str] = {
    ("2", "2019"): "表二有“本年新公开数量”等旧栏目",
    ("3", "2019"): "表三“(六)其他处理”没有分项",
    ("2", "2021"): "表二为“本年制发件数”等栏目",
    ("3", "2021"): "表三“(六)其他处理”分三项",
}


@rule(
    id="F-02",
    severity="E",
    tables=("2", "3"),
    basis=("F30",),
    suggestion="请按现行格式重新编制全部表格后替换原报告。",
    breaks=(
        Case("2024年度报告用了试行格式", {"report": {"year": 2024}}, edition="2019"),
        Case("2020年度报告用了现行格式", {"report": {"year": 2020}}),
    ),
    silent=(
        Case("2020年度报告用试行格式", edition="2019"),
        Case("表四标为另一版格式", {"table4": {"form": "2019"}}),
    ),
)
def outdated_form(subject: Subject) -> Iterator[Violation | Unchecked]:
    """表格版本与报告年度不符"""
    if subject.year is None:
        yield Unchecked("year_unknown")
        return
    ordered = form_of_year(subject.year)
    other = [
        filled
        for number, filled in subject.filled.items()
        if number != "4" and filled.table.form is not None and ordered and filled.table.form != ordered.edition
    ]
    if ordered and other:
        yield _violation(subject.year, ordered.edition, other)


def _violation(year: int, ordered: FormEdition, other: list[FilledTable]) -> Violation:
    evidence = "，".join(_MARKS.get((filled.number, filled.edition), printed_table(filled.number)) for filled in other)
    used = other[0].edition
    places = tuple(CellPlace(filled.number) for filled in other)
    if ordered == "2021":
        message = f"本报告为{year}年度，仍使用2019年试行格式（{evidence}），请按{FORMS['2021'].document}格式重新编制。"
        return Violation(message, places, used, ordered)
    message = f"本报告为{year}年度，使用了2021年起执行的格式（{evidence}），该年度的格式为{FORMS['2019'].document}。"
    return Violation(message, places, used, ordered, severity="I", suggestion="请确认报告年度是否写错。")
