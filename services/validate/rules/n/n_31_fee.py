"""正文既称未收取信息处理费，又写了金额；或者金额不是按收费标准可能得出的数。

为什么：收费标准按件、按页计收，金额都是十元的整数倍；不是整数倍的只作提示。
"""

from collections.abc import Iterator

from services.validate.prose import certain, claims, number_of, place, said
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from services.validate.wording import figure, quoted


@rule(
    id="N-31",
    severity="E",
    tables=(
        "2",
        "3",
        "4",
    ),
    basis=("A50", "A47"),
    suggestion="请写明是否收取信息处理费、发出收费通知的件数和金额。",
    breaks=(
        Case("既称未收取又有金额", {"prose": {"六": "本年度未收取信息处理费。本年度收取信息处理费200元。"}}),
        Case("不是十元的整数倍", {"prose": {"六": "本年度发出收费通知2件，收取信息处理费205元。"}}),
    ),
    silent=(
        Case("未收取", {"prose": {"六": "本年度未收取信息处理费。"}}),
        Case("收取200元", {"prose": {"六": "本年度发出收费通知2件，收取信息处理费200元。"}}),
        Case("零元", {"prose": {"六": "本年度未收取信息处理费，金额0元。"}}),
    ),
)
def fee(subject: Subject) -> Iterator[Violation | Unchecked]:
    """信息处理费的说法自相矛盾"""
    amounts = [claim for claim in claims(subject, "fee/信息处理费") if certain(claim) and number_of(claim)]
    for claim in amounts:
        amount = number_of(claim) or 0
        for none in claims(subject, "statement/未收取信息处理费"):
            yield Violation(
                f"{said(none)}，又称“{quoted(claim.quote)}”。", (place(none), place(claim)), 0, amount, -amount
            )
        if amount % 10:
            message = f"{said(claim)}，收费标准按件、按页计收，{figure(amount)}元不是十元的整数倍，请核对。"
            yield Violation(message, (place(claim),), amount, severity="I")
