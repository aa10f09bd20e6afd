"""执法机关的行政许可、行政处罚、行政强制处理决定数量全部为0。

为什么：承担执法职责的机关全年没有一件处理决定，值得确认是否漏报。
机关的类型以机关名录为准；没有名录的，列入未核验。
"""

from collections.abc import Iterator

from services.validate.operands import figures
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from shared.model.agency import Agency

_ENFORCEMENT = Agency("1", "样例市城市管理行政执法局", level="市", type="执法")
_OFFICE = Agency("2", "样例市人民政府办公室", level="市", type="政府办公室")
_ROWS = ("行政许可", "行政处罚", "行政强制")
_ZEROS = dict.fromkeys((f"table2/{row}/本年处理决定数量" for row in _ROWS), 0)


@rule(
    id="T2-08",
    severity="I",
    tables=("2",),
    suggestion="请确认本年确实没有作出处理决定。",
    breaks=(
        Case("执法局三项全部为0", _ZEROS, agency=_ENFORCEMENT),
        Case("执法局三项全部为0", dict.fromkeys((f"table2/{row}" for row in _ROWS), 0), "2019", agency=_ENFORCEMENT),
    ),
    silent=(
        Case("办公室三项全部为0", _ZEROS, agency=_OFFICE),
        Case("执法局有处罚", agency=_ENFORCEMENT),
        Case("没有机关名录", _ZEROS),
    ),
)
def enforcement_all_zero(subject: Subject) -> Iterator[Violation | Unchecked]:
    """执法机关没有任何处理决定"""
    if subject.agency is None or subject.agency.type is None:
        yield Unchecked("no_directory")
    elif subject.agency.type == "执法":
        filled = subject.filled["2"]
        addresses = [(row, filled.form.row(row).columns[-1].name) for row in _ROWS]
        found = figures(filled, addresses)
        if isinstance(found, Unchecked):
            yield found
        elif not any(found):
            yield Violation("行政许可、行政处罚、行政强制处理决定数量均为0，请确认。", filled.places(addresses), 0)
