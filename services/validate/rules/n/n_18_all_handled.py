"""正文称申请均已办结，或者办结率、按期答复率为百分之百，表三却有结转下年度继续办理的申请。

为什么：期限未到而结转下年度的申请尚未办结，说法应当统一；只请核实。
同一句里写明还有几件未到期限、结转下年度的，说法已经统一，不报。
"""

import re
from collections.abc import Iterator

from services.validate.operands import figures
from services.validate.prose import certain, claims, number_of, place, said
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from services.validate.wording import figure
from shared.model.claim import Claim

_RATES = ("rate/办结率", "rate/按期答复率")
_EXCEPTED = re.compile(
    r"(?:尚有|还有|另有|其余|余下|剩余)\s?\d+\s?[件宗起份条例]|除[^。;]{0,12}\d+\s?[件宗起份条例][^。;]{0,24}(?:外|以外|之外)"
)
_LEFT = "table3/结转下年度/总计"
_TOTALS = ("table3/新收加结转/总计", "table3/本年新收/总计")


@rule(
    id="N-18",
    severity="W",
    tables=("3",),
    basis=("A50", "A47"),
    suggestion="请统一表述：期限未到、结转下年度的申请不宜称为办结。",
    breaks=(
        Case("称均已办结", {"prose": {"一": "收到政府信息公开申请70件，均已按时办结。"}}),
        Case("办结率百分之百", {"prose": {"一": "收到政府信息公开申请70件，办结率100%。"}}),
    ),
    silent=(
        Case("没有结转", {"prose": {"一": "收到政府信息公开申请70件，均已按时办结。"}, "table3/结转下年度": 0}),
        Case("没有说全部", {"prose": {"一": "收到政府信息公开申请70件，办结70件。"}}),
        Case(
            "同一句写明还有未到期限的",
            {"prose": {"一": "收到政府信息公开申请70件，均按规定登记、答复，年底前尚有7件未到答复期限。"}},
        ),
        Case(
            "写明结转的几件除外",
            {"prose": {"一": "收到政府信息公开申请70件，除7件结转下年办理外，均依法答复，答复率100%。"}},
        ),
        Case(
            "先写明结转几件",
            {"prose": {"一": "收到政府信息公开申请70件，办结68件，结转下年度7件，均在法定期限内答复。"}},
        ),
        Case("别的事项全部办结", {"prose": {"一": "收到政府信息公开申请70件。建议提案5件，均已办结。"}}),
    ),
)
def all_handled(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文称全部办结，表三有结转下年度"""
    filled = subject.filled["3"]
    known = figures(filled, [("结转下年度", "总计"), ("总计", "总计")])
    stated = [*claims(subject, "statement/全部办结"), *(each for each in claims(subject, *_RATES) if each.value == 100)]
    stated = [claim for claim in stated if certain(claim) and claim.scope != "region" and not _excepted(subject, claim)]
    if not stated:
        return
    if isinstance(known, Unchecked):
        yield known
        return
    left, handled = known
    if left > 0:
        claim = stated[0]
        total = next((number_of(each) for each in claims(subject, *_TOTALS) if number_of(each) is not None), None)
        message = f"{said(claim)}，但表三结转下年度{figure(left)}件、办结{figure(handled)}件，请统一表述。"
        places = (place(claim), filled.place(("结转下年度", "总计")), filled.place(("总计", "总计")))
        difference = total - handled if total is not None else None
        yield Violation(message, places, total, handled, difference)


def _excepted(subject: Subject, claim: Claim) -> bool:
    """Whether the sentence itself says how many are not handled yet."""
    sentence = next((each for each in subject.prose.sentences if each.start <= claim.start < each.end), None)
    if sentence is None:
        return False
    left = (each for each in claims(subject, _LEFT) if sentence.start <= each.start < sentence.end and each.value)
    return next(left, None) is not None or _EXCEPTED.search(sentence.text) is not None
