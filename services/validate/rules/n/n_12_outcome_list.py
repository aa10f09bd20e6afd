"""正文列出三项以上办理结果，合计与同一段所称的申请数、办结数都不符。

为什么：每件申请有且只有一种办理结果；合计等于收到数、办结数或者收到加结转的，都算相符；列出了系统不认识的结果的，不判断。
"""

from collections.abc import Iterator

from services.validate.lists import (
    BOTH,
    HANDLED,
    RECEIVED,
    added,
    all_outcomes,
    has_unread,
    outcomes,
    paragraphs,
    totals,
)
from services.validate.prose import number_of, place
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from services.validate.wording import figure, quoted, size


@rule(
    id="N-12",
    severity="W",
    tables=("3",),
    basis=("A50", "A47"),
    suggestion="请核对正文，使各项数据前后一致。",
    breaks=(
        Case("少列4件", {"prose": {"一": "收到政府信息公开申请31件，其中予以公开4件，部分公开3件，不予公开20件。"}}),
    ),
    silent=(
        Case(
            "前一段已经说过其中一项",
            {
                "prose": {
                    "一": "予以公开30件，都已登记。\n收到政府信息公开申请70件，其中予以公开30件、部分公开20件、不予公开10件、无法提供10件。"
                }
            },
        ),
        Case("合计相符", {"prose": {"一": "收到政府信息公开申请31件，其中予以公开4件，部分公开7件，不予公开20件。"}}),
        Case(
            "逾期不补正与其他处理并列",
            {
                "prose": {
                    "一": "受理政府信息公开申请31件，其中予以公开10件，部分公开3件，逾期未补正2件，其他处理5件，结转下年度11件。"
                }
            },
        ),
        Case(
            "还列了表三没有的结果",
            {
                "prose": {
                    "一": "收到政府信息公开申请31件，其中予以公开4件，不属于政府信息7件，部分公开3件，不予公开17件。"
                }
            },
        ),
        Case("只列了两项", {"prose": {"一": "收到政府信息公开申请31件，其中予以公开4件，部分公开3件。"}}),
        Case(
            "加上年结转",
            {"prose": {"一": "新收政府信息公开申请31件，上年结转2件，予以公开10件，部分公开3件，不予公开20件。"}},
        ),
    ),
)
def outcome_list(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文所列办理结果合计与申请数不符"""
    for paragraph in paragraphs(subject):
        listed, accepted = outcomes(paragraph), totals(paragraph)
        stated = paragraph.of(RECEIVED, BOTH, HANDLED)
        if len(listed) < 3 or not accepted or {added(listed), added(all_outcomes(paragraph))} & accepted:
            continue
        read, total = added(listed), stated[0]
        expected = number_of(total) or 0
        if read < expected and has_unread(subject, listed):
            continue
        message = f"所列办理结果合计{figure(read)}件，与“{quoted(total.quote)}”相差{figure(size(read - expected))}件。"
        yield Violation(message, tuple(place(claim) for claim in (*listed, total)), read, expected, read - expected)
