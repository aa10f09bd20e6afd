"""结转下年度的申请多于10件，并且超过收件总数（本年新收加上年结转）的25%（本单位可以另定）。

为什么：申请应当在法定期限内答复，结转过多可能是逾期，也可能是把数字填错了行。
"""

from collections.abc import Iterator

from services.validate.equations import TOTAL
from services.validate.operands import figures
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from services.validate.threshold import Threshold
from services.validate.wording import figure

_ADDRESSES = (("结转下年度", TOTAL), ("本年新收", TOTAL), ("上年结转", TOTAL))
_CASES = Threshold("T3-09", "cases", 10, "结转下年度的申请多于它才提示")
_PERCENT = Threshold("T3-09", "percent", 25, "结转下年度的申请超过收件总数的这个百分比才提示")


@rule(
    id="T3-09",
    severity="I",
    tables=("3",),
    basis=("A33",),
    suggestion="请确认结转的申请是否都在答复期限之内。",
    thresholds=(_CASES, _PERCENT),
    breaks=(Case("收件75件，结转下年40件", {"table3/结转下年度/总计": 40}),),
    silent=(
        Case("收件75件，结转下年18件", {"table3/结转下年度/总计": 18}),
        Case("收件8件，结转下年8件", {"table3//总计": 0, "table3/本年新收/总计": 8, "table3/结转下年度/总计": 8}),
    ),
)
def large_carry_over(subject: Subject) -> Iterator[Violation | Unchecked]:
    """结转下年度的申请过多"""
    filled = subject.filled["3"]
    found = figures(filled, _ADDRESSES)
    if isinstance(found, Unchecked):
        yield found
        return
    carried, received = found[0], found[1] + found[2]
    many = carried > subject.limit(_CASES) and carried * 100 > received * subject.limit(_PERCENT)
    if many and received > 0:
        percent = round(carried * 100 / received)
        yield Violation(f"结转下年{figure(carried)}件，占比{percent}%，请确认。", filled.places(_ADDRESSES), carried)
