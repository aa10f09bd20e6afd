"""正文称没有收到申请，表三“本年新收”有数；或者正文称收到若干件，表三全为零。

为什么：报告的正文和表格说的是同一件事，数据应当一致。
没有收到投诉、没有收费之类的话不算。
"""

from collections.abc import Iterator

from services.validate.prose import claims, denied, denies
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject


@rule(
    id="N-17",
    severity="E",
    tables=("3",),
    basis=("A50", "A47"),
    suggestion="请核对正文和表格，改正有误的一处，使两处一致。",
    breaks=(
        Case("称未收到申请", {"prose": {"一": "本年度未收到政府信息公开申请。"}}),
        Case("零件", {"prose": {"一": "本年度收到政府信息公开申请0件。"}}),
    ),
    silent=(
        Case("没有收到，表中也是零", {"prose": {"一": "本年度未收到政府信息公开申请。"}, "table3/本年新收": 0}),
        Case("未收到的是投诉", {"prose": {"一": "收到政府信息公开申请70件，未收到相关投诉举报。"}}),
        Case("没有的是结转", {"prose": {"一": "收到政府信息公开申请70件，没有结转到下一年度办理的申请。"}}),
        Case("没有复议", {"prose": {"一": "无政府信息公开行政复议。"}}),
    ),
)
def no_applications(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文称未收到申请，与表三不符"""
    yield from denied(subject, "statement/未收到申请", "table3/本年新收/总计")
    for claim in claims(subject, "table3/本年新收/总计"):
        if claim.value == 0 and claim.value is not True:
            yield from denies(subject, claim, "table3/本年新收/总计")
