"""正文称申请人均为自然人，表三自然人栏为零，法人或者其他组织的某一栏却与总计相同。

为什么：多半是数据填错了一栏。
"""

from collections.abc import Iterator

from services.validate.operands import figures
from services.validate.prose import claims, place, said
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from services.validate.wording import figure

_LEGAL_PERSONS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")


@rule(
    id="T3-10",
    severity="W",
    tables=("3",),
    basis=("A50", "A47"),
    suggestion="请核对正文和表格，改正有误的一处，使两处一致。",
    breaks=(
        Case(
            "自然人填在商业企业栏",
            {
                "prose": {"一": "收到政府信息公开申请70件，申请人均为自然人。"},
                "table3/本年新收": 0,
                "table3/本年新收/商业企业": 70,
                "table3/本年新收/总计": 70,
            },
        ),
    ),
    silent=(
        Case("自然人栏有数", {"prose": {"一": "收到政府信息公开申请70件，申请人均为自然人。"}}),
        Case(
            "没有说均为自然人",
            {
                "prose": {"一": "收到政府信息公开申请70件。"},
                "table3/本年新收": 0,
                "table3/本年新收/商业企业": 70,
                "table3/本年新收/总计": 70,
            },
        ),
    ),
)
def column_shift(subject: Subject) -> Iterator[Violation | Unchecked]:
    """申请人栏似乎错列"""
    stated = claims(subject, "statement/均为自然人")
    if not stated:
        return
    filled = subject.filled["3"]
    row = [("本年新收", column) for column in ("总计", "自然人", *_LEGAL_PERSONS)]
    known = figures(filled, row)
    if isinstance(known, Unchecked):
        yield known
        return
    total, natural, *others = known
    for column, value in zip(_LEGAL_PERSONS, others, strict=True):
        if total and natural == 0 and value == total:
            message = f"{said(stated[0])}，表三“{column}”栏为{figure(total)}件、“自然人”栏为0件，似乎错列。"
            yield Violation(message, (filled.place(("本年新收", column)), place(stated[0])), value, 0, value)
