"""收取了信息处理费，却没有写发出收费通知的件数；或者写了收费通知的件数，没有写金额。

为什么：收费通知的件数和金额要一起看，才知道收费是否适当。
"""

import re
from collections.abc import Iterator

from services.validate.prose import certain, claims, number_of, place, said
from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject
from shared.model.claim import Claim

_TOLD = "2024年度我局未收取政府信息公开信息处理费。"
_COUNT = re.compile(r"[\d一二三四五六七八九十百] ?(?:件|份|宗|起|次|个|条|张|笔|名|人|户)")
_AMOUNT = re.compile(r"[\d一二三四五六七八九十百千] ?(?:元|万元)")
_FEE, _NOTICES = "fee/信息处理费", "fee/收费通知"


@rule(
    id="M-02",
    severity="W",
    basis=("FEE",),
    breaks=(
        Case("有金额，没有件数", text=((_TOLD, "2024年度收取信息处理费400元。"),)),
        Case("有件数，没有金额", text=((_TOLD, "2024年度发出信息处理费收费通知2件。"),)),
    ),
    silent=(
        Case("件数和金额都有", text=((_TOLD, "2024年度发出收费通知2件，总金额200元，实际收取信息处理费200元。"),)),
        Case("写对几件申请收取", text=((_TOLD, "2024年度对3件申请收取信息处理费400元。"),)),
        Case("写向几名申请人收取", text=((_TOLD, "2024年度向2名申请人发出收费通知，收取信息处理费240元。"),)),
        Case("没有收取", text=((_TOLD, "2024年度发出收费通知0件，收取信息处理费0元。"),)),
        Case("称未收取"),
    ),
)
def fee_half_told(subject: Subject) -> Iterator[Violation]:
    """收取信息处理费的件数或者金额没有写全"""
    amounts, notices = claims(subject, _FEE), claims(subject, _NOTICES)
    collected = [claim for claim in amounts if certain(claim) and number_of(claim)]
    sent = [claim for claim in notices if certain(claim) and number_of(claim)]
    if collected and not notices and not _COUNT.search(_around(subject, collected[0])):
        message, lacking = f"{said(collected[0])}，未写发出收费通知的件数。", "发出收费通知的件数"
        yield Violation(message, (place(collected[0]),), suggestion=f"请补充{lacking}。")
    elif sent and not amounts and not _AMOUNT.search(_around(subject, sent[0])):
        message, lacking = f"{said(sent[0])}，未写收费金额。", "收费通知的总金额和实际收取的金额"
        yield Violation(message, (place(sent[0]),), suggestion=f"请补充{lacking}。")


def _around(subject: Subject, claim: Claim) -> str:
    """Return the sentence of a claim."""
    return next((each.text for each in subject.prose.sentences if each.start <= claim.start < each.end), "")
