"""表格只有图片，或者残缺得读不出完整数据。

为什么：读不出来不等于有错，也不等于没有错。
只列入未核验；表三或者表四读不出来的报告，结论为“无法核验”。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Unchecked, rule
from services.validate.subject import Subject
from shared.model.finding import CellPlace


@rule(
    id="F-12",
    severity=None,
    breaks=(
        Case("表三是图片", {"table3": {"state": "picture"}}),
        Case("表四残缺", {"table4": {"state": "damaged"}}, edition="2019"),
    ),
    silent=(
        Case("没有表三", {"table3": {"state": "absent"}}),
        Case("2019年以前的报告没有官方表格", {"report": {"tables": {}}}),
    ),
)
def table_unreadable(subject: Subject) -> Iterator[Unchecked]:
    """表格是图片或者残缺，未能核验"""
    for number in subject.report.tables:
        reason = subject.unread(number)
        if reason in {"table_picture", "table_damaged"}:
            yield Unchecked(reason, (CellPlace(number),))
