"""正文所称办结、答复的申请件数，与表三“(七)总计”不同。

为什么：表三的总计包括办结的上年结转申请；正文只数本年新收的，两处就不一致。
办结数等于本年新收减去结转下年度的，附上这一可能的原因。
"""

from collections.abc import Iterator

from services.validate.prose import against
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from shared.model.claim import Claim
from shared.model.number import Number


@rule(
    id="N-03",
    severity="W",
    tables=("3",),
    basis=("A50", "A47"),
    suggestion="请核对正文和表格，改正有误的一处，使两处一致。",
    breaks=(
        Case(
            "没有计入上年结转",
            {"prose": {"一": "收到政府信息公开申请70件，办结63件，结转下年度7件。"}, "table3/总计/总计": 68},
        ),
        Case("多写1件", {"prose": {"一": "收到政府信息公开申请70件，办结71件。"}}),
    ),
    silent=(
        Case("一致", {"prose": {"一": "收到政府信息公开申请70件，办结68件。"}}),
        Case("办理未必是办结", {"prose": {"一": "全年办理政府信息公开申请75件。"}}),
        Case("别的事项的办结", {"prose": {"一": "收到政府信息公开申请70件。办结建议提案5件，工单31件。"}}),
    ),
)
def handled(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文的办结数与表三不符"""
    yield from against(
        subject, ("table3/总计/总计",), grave="W", hint=lambda claim, expected: _left_out(subject, claim, expected)
    )


def _left_out(subject: Subject, claim: Claim, expected: Number) -> str | None:
    """Return the hint that the carry-over was left out, where the figure is what was received less what is carried out."""
    received, carried, left = (subject.figure(f"table3/{row}/总计") for row in ("本年新收", "上年结转", "结转下年度"))
    if received is None or left is None or claim.value != received - left or claim.value == expected:
        return None
    return (
        f"与上年结转{carried}件相同，可能未计入" if carried == expected - claim.value else "可能只计算了本年新收的申请"
    )
