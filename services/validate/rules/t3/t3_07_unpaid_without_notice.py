"""表三“逾期未按收费通知要求缴纳费用”有数，正文却称没有发出收费通知。

为什么：没有收费通知就不会有逾期未缴费。
"""

from collections.abc import Iterator

from services.validate.operands import figures
from services.validate.prose import certain, claims, place, said
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from services.validate.wording import figure

_UNPAID = ("其他处理/逾期未缴费", "总计")


@rule(
    id="T3-07",
    severity="W",
    tables=("3",),
    basis=("A50", "A47"),
    suggestion="请核对正文和表格，改正有误的一处，使两处一致。",
    breaks=(
        Case(
            "称未发出收费通知",
            {"prose": {"六": "本年度未发出信息处理费收费通知。"}, "table3/其他处理/逾期未缴费/总计": 1},
        ),
    ),
    silent=(
        Case("没有逾期未缴费", {"prose": {"六": "本年度未发出信息处理费收费通知。"}}),
        Case("只称未收取", {"prose": {"六": "本年度未收取信息处理费。"}, "table3/其他处理/逾期未缴费/总计": 1}),
    ),
)
def unpaid_without_notice(subject: Subject) -> Iterator[Violation | Unchecked]:
    """表三有逾期未缴费，正文称未发收费通知"""
    filled = subject.filled["3"]
    if filled.edition == "2019" or not claims(subject, "statement/未发收费通知"):
        return
    known = figures(filled, [_UNPAID])
    if isinstance(known, Unchecked):
        yield known
        return
    unpaid = known[0]
    for claim in claims(subject, "statement/未发收费通知"):
        if unpaid and certain(claim):
            message = f"表三“逾期未按收费通知要求缴纳费用”{figure(unpaid)}件，但{said(claim)}，请核实。"
            yield Violation(message, (place(claim), filled.place(_UNPAID)), 0, unpaid, -unpaid)
