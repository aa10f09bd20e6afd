"""正文所称收到的申请件数，与表三“本年新收”不同。

为什么：报告的正文和表格说的是同一件事，数据应当一致。
说明是共计、含上年结转的，与“本年新收”加“上年结转”相符的也不报。全区域口径的数据只请核实。
"""

import re
from collections.abc import Iterator

from services.validate.prose import against
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from shared.model.claim import Claim
from shared.model.number import Number

_RECEIVED = "table3/本年新收/总计"
_CARRIED_IN = "table3/上年结转/总计"
_NAMED_BEHIND = re.compile(r"[(（](?!不|另)[^()（）。]{0,12}结转")


@rule(
    id="N-01",
    severity="E",
    tables=("3",),
    basis=("A50", "A47"),
    suggestion="请核对正文和表格，改正有误的一处，使两处一致。",
    breaks=(
        Case("多写1件", {"prose": {"一": "2024年，本机关共收到政府信息公开申请71件。"}}),
        Case("含结转的合计不符", {"prose": {"一": "本年新收政府信息公开申请70件，上年结转5件，共计80件。"}}),
    ),
    silent=(
        Case("一致", {"prose": {"一": "2024年，本机关收到政府信息公开申请70件。"}}),
        Case("共计，含上年结转", {"prose": {"一": "共收到政府信息公开申请75件。"}}),
        Case("上年的数", {"prose": {"一": "2023年收到政府信息公开申请40件。"}}),
        Case("不是申请", {"prose": {"一": "全年收到群众来信336件，网民留言71件。"}}),
        Case("约数", {"prose": {"一": "收到政府信息公开申请近80件。"}}),
    ),
)
def received(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文的收到申请数与表三不符"""
    yield from against(subject, (_RECEIVED,), also=lambda claim: _with_carried(subject, claim))
    yield from against(subject, ("table3/新收加结转/总计",), also=lambda _: _only(subject, _RECEIVED))


def _with_carried(subject: Subject, claim: Claim) -> Iterator[Number]:
    """Yield received and carried over together, where the claim sums up, or names those carried over right behind it."""
    received, carried = subject.figure(_RECEIVED), subject.figure(_CARRIED_IN)
    if (
        received is not None
        and carried is not None
        and (
            any(word in claim.quote for word in ("共", "合计", "总计"))
            or _NAMED_BEHIND.match(subject.report.text, claim.end)
        )
    ):
        yield received + carried


def _only(subject: Subject, address: str) -> Iterator[Number]:
    figure = subject.figure(address)
    if figure is not None:
        yield figure
