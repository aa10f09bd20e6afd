"""正文在不同的段落对同一事项给出不同的数据。

为什么：同一年度、同一口径的同一数据只有一个。一处称共计、含上年结转的不比较。
"""

from collections.abc import Iterator

from services.validate.lists import CARRIED_IN, CARRIED_OUT, HANDLED, RECEIVED, paragraphs
from services.validate.prose import number_of, place, said
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from shared.model.claim import Claim
from shared.model.number import Number

_SINGLE = frozenset({RECEIVED, CARRIED_IN, CARRIED_OUT, HANDLED, "table4/行政复议/总计", "table4/行政诉讼/总计"})


@rule(
    id="N-29",
    severity="W",
    tables=(
        "2",
        "3",
        "4",
    ),
    basis=("A50", "A47"),
    suggestion="请核对正文，使各项数据前后一致。",
    breaks=(
        Case("两段的收到数不同", {"prose": {"一": "收到政府信息公开申请70件。\n依申请公开方面，全年收到申请72件。"}}),
    ),
    silent=(
        Case("两段相同", {"prose": {"一": "收到政府信息公开申请70件。\n依申请公开方面，全年收到申请70件。"}}),
        Case("分段说明的分项", {"prose": {"一": "线上收到政府信息公开申请65件，线下收到政府信息公开申请5件。"}}),
        Case("一处含上年结转", {"prose": {"一": "收到政府信息公开申请70件。\n共计收到政府信息公开申请75件。"}}),
    ),
)
def told_twice(subject: Subject) -> Iterator[Violation | Unchecked]:
    """同一数据前后不一致"""
    seen: dict[str, Claim] = {}
    for paragraph in paragraphs(subject):
        for claim in paragraph.claims:
            if claim.metric not in _SINGLE or len(paragraph.of(claim.metric)) > 1:
                continue
            first = seen.setdefault(claim.metric, claim)
            read, expected = number_of(claim), number_of(first)
            if read is None or expected is None or claim.unit != first.unit or _with_carried(subject, read, expected):
                continue
            if read != expected:
                message = f"{said(first)}，{said(claim)}，前后不一致。"
                yield Violation(message, (place(claim), place(first)), read, expected, read - expected)


def _with_carried(subject: Subject, one: Number, other: Number) -> bool:
    """Whether one figure is the other and those carried in: 共计收到75件 of 70 that came in."""
    carried = subject.figure(CARRIED_IN)
    return carried is not None and abs(one - other) == carried != 0
