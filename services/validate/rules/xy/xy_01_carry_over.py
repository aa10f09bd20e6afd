"""表三本年“上年结转”的总计，不等于同一机关上一年度报告“结转下年度”的总计。

为什么：上一年没有办完的申请，就是本年从上年接过来的申请，是同一批件。
问题记在后一年的报告上；读到的是本年的数，应为上一年度的数。两份报告任何一份有更正，都重新核验。
上一年度的报告没有收到，或者其中这个数没有读准的，不作核验。
"""

from collections.abc import Iterator

from services.validate.equations import TOTAL
from services.validate.operands import figures
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from services.validate.wording import figure, size
from shared.forms.printed import printed_place

_CARRIED_IN = ("上年结转", TOTAL)
_CARRIED_OUT = f"table3/结转下年度/{TOTAL}"


@rule(
    id="XY-01",
    severity="E",
    tables=("3",),
    basis=("F30", "F60"),
    suggestion="请对照上一年度报告核对；如果是上一年度填错，请更正上一年度报告。",
    looks_back=(_CARRIED_OUT,),
    breaks=(
        Case("上一年度结转下年度多1件", earlier={_CARRIED_OUT: 6}),
        Case("本年上年结转少1件", {"table3/上年结转/自然人": 3, "table3/上年结转/总计": 4}, "2019", earlier={}),
    ),
    silent=(
        Case("两年衔接", earlier={}),
        Case("没有上一年度的报告", {"table3/上年结转/总计": 9}),
        Case("上一年度没填", {"table3/上年结转/总计": 9}, earlier={_CARRIED_OUT: None}),
        Case("本年没填", {"table3/上年结转/总计": None}, earlier={}),
        Case("只有各类申请人不衔接", earlier={"table3/结转下年度/自然人": 3, "table3/结转下年度/商业企业": 2}),
    ),
)
def carry_over(subject: Subject) -> Iterator[Violation | Unchecked]:
    """与上一年度的结转不衔接"""
    carried_out = subject.earlier.get(_CARRIED_OUT)
    if subject.year is None or carried_out is None:
        yield Unchecked("year_unknown" if subject.year is None else "no_prior_year")
        return
    filled = subject.filled["3"]
    known = figures(filled, [_CARRIED_IN])
    if isinstance(known, Unchecked):
        yield known
        return
    (carried_in,) = known
    if carried_in != carried_out:
        difference = carried_in - carried_out
        place = filled.place(_CARRIED_IN)
        then = printed_place(filled.edition, filled.place(("结转下年度", TOTAL)))
        message = (
            f"本年{printed_place(filled.edition, place)}{figure(carried_in)}件，"
            f"上一年度（{subject.year - 1}年）报告{then}{figure(carried_out)}件，相差{figure(size(difference))}。"
        )
        yield Violation(message, (place,), carried_in, carried_out, difference)
