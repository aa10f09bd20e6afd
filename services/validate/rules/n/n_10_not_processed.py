"""正文所称不予处理、其他处理的申请件数，与表三“(五)不予处理”“(六)其他处理”不同。

为什么：报告的正文和表格说的是同一件事，数据应当一致。
先单独列出逾期不补正、逾期未缴费，再说“其他处理”的，“其他处理”是其余的件数，与“3.其他”相符的也不报。
"""

from collections.abc import Iterator

from services.validate.prose import against, claims
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from shared.model.claim import Claim
from shared.model.number import Number

_OTHERWISE, _THE_REST = "table3/其他处理/总计", "table3/其他处理/其他/总计"
_APART = ("table3/其他处理/逾期不补正/总计", "table3/其他处理/逾期未缴费/总计")


@rule(
    id="N-10",
    severity="E",
    tables=("3",),
    basis=("A50", "A47"),
    suggestion="请核对正文和表格，改正有误的一处，使两处一致。",
    breaks=(
        Case("不予处理多写1件", {"prose": {"一": "收到政府信息公开申请70件，其中不予处理4件。"}}),
        Case("其他处理少写1件", {"prose": {"一": "收到政府信息公开申请70件，其中其他处理1件。"}}, edition="2019"),
    ),
    silent=(
        Case("一致", {"prose": {"一": "收到政府信息公开申请70件，其中不予处理3件，其他处理2件。"}}),
        Case(
            "逾期不补正单独列出",
            {
                "prose": {"一": "收到政府信息公开申请70件，其中逾期不补正2件，其他处理5件。"},
                "table3/其他处理/逾期不补正": 2,
                "table3/其他处理/逾期未缴费": 0,
                "table3/其他处理/其他": 5,
            },
        ),
        Case("试行格式", {"prose": {"一": "收到政府信息公开申请70件，其中其他处理2件。"}}, edition="2019"),
    ),
)
def not_processed(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文的不予处理、其他处理数与表三不符"""
    yield from against(subject, ("table3/不予处理/总计",))
    yield from against(subject, (_OTHERWISE,), also=lambda claim: _rest(subject, claim))


def _rest(subject: Subject, claim: Claim) -> Iterator[Number]:
    """Yield what is left of 其他处理 where its other items were told before, on their own."""
    rest = subject.figure(_THE_REST)
    if rest is not None and any(each.start < claim.start for each in claims(subject, *_APART)):
        yield rest
