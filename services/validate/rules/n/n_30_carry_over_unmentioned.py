"""正文写了申请的数据，与表三不符，又没有提到上年结转，而表三“上年结转”有数。

为什么：多半是正文漏算了上年结转，作为线索提示。
"""

from collections.abc import Iterator

from services.validate.lists import BOTH, CARRIED_IN, HANDLED, RECEIVED
from services.validate.prose import certain, claims, place, said
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from services.validate.wording import figure


@rule(
    id="N-30",
    severity="I",
    tables=("3",),
    basis=("A50", "A47"),
    suggestion="请核对正文，使各项数据前后一致。",
    breaks=(Case("没有提到上年结转", {"prose": {"一": "收到政府信息公开申请70件，办结63件。"}}),),
    silent=(
        Case("提到了", {"prose": {"一": "收到政府信息公开申请70件，上年结转5件，办结63件。"}}),
        Case("数据相符", {"prose": {"一": "年内办结政府信息公开申请68件，新收到70件。"}}),
    ),
)
def carry_over_unmentioned(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文没有提到上年结转"""
    carried = subject.figure(CARRIED_IN)
    stated = [*claims(subject, RECEIVED), *claims(subject, HANDLED)]
    if not carried or claims(subject, CARRIED_IN, BOTH, "statement/无上年结转"):
        return
    wrong = [
        claim
        for claim in stated
        if certain(claim) and claim.scope == "own" and claim.value != subject.figure(claim.metric)
    ]
    if wrong:
        message = f"正文没有提到上年结转的{figure(carried)}件，{said(wrong[0])}可能漏算了这些申请。"
        yield Violation(message, (place(wrong[0]), subject.filled["3"].place(("上年结转", "总计"))))
