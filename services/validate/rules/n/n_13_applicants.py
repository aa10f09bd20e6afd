"""正文所称某类申请人的件数，与表三“本年新收”该栏不同；或者称申请人均为自然人，表三别的栏有数。

为什么：报告的正文和表格说的是同一件事，数据应当一致。
正文的总数含上年结转的，申请人类型与该栏“本年新收”加“上年结转”相符的也不报。
"""

from collections.abc import Iterator

from services.validate.prose import against, claims, denied, number_of, side
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from shared.model.claim import Claim
from shared.model.number import Number

_ROWS = ("本年新收", "上年结转")
_WHOLES = ("table3/本年新收/总计", "table3/新收加结转/总计")


@rule(
    id="N-13",
    severity="E",
    tables=("3",),
    basis=("A50", "A47"),
    suggestion="请核对正文和表格，改正有误的一处，使两处一致。",
    breaks=(
        Case("自然人多写1件", {"prose": {"一": "收到政府信息公开申请70件，其中自然人61件。"}}),
        Case("称均为自然人", {"prose": {"一": "收到政府信息公开申请70件，申请人均为自然人。"}}),
        Case(
            "总数含结转，自然人多写1件",
            {"prose": {"一": "办理政府信息公开申请75件（含上年结转5件），其中自然人66件。"}},
        ),
    ),
    silent=(
        Case("一致", {"prose": {"一": "收到政府信息公开申请70件，其中自然人60件，商业企业7件。"}}),
        Case(
            "总数含上年结转",
            {"prose": {"一": "接收政府信息公开申请75件（含上年结转5件），其中自然人64件，法人和其他组织11件。"}},
        ),
        Case("几类申请人合在一起说", {"prose": {"一": "共收到公民和企业提出的政府信息公开申请70件。"}}),
        Case(
            "均为自然人，表中也是",
            {
                "prose": {"一": "收到政府信息公开申请70件，申请人均为自然人。"},
                "table3/本年新收/商业企业": 0,
                "table3/本年新收/社会公益组织": 0,
                "table3/本年新收/法律服务机构": 0,
            },
        ),
        Case("公民、法人泛指", {"prose": {"一": "受理公民、法人和其他组织政府信息公开申请70件。"}}),
    ),
)
def applicants(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文的申请人类型与表三不符"""
    columns = [column.name for column in subject.filled["3"].form.rows[0].columns if column.name != "总计"]
    yield from against(
        subject,
        [f"table3/本年新收/{column}" for column in (*columns, "法人或其他组织")],
        also=lambda claim: _with_carried(subject, claim),
    )
    yield from denied(subject, "statement/均为自然人", "table3/本年新收/法人或其他组织")
    yield from denied(subject, "statement/均为法人或其他组织", "table3/本年新收/自然人")


def _with_carried(subject: Subject, claim: Claim) -> Iterator[Number]:
    """Yield received and carried over together of these applicants, where that is what the prose gives as the whole."""
    whole = _both(subject, _WHOLES[0])
    if whole is not None and whole in {number_of(each) for each in claims(subject, *_WHOLES)}:
        both = _both(subject, claim.metric)
        yield from () if both is None else (both,)


def _both(subject: Subject, metric: str) -> Number | None:
    """Return the sum of a metric of 本年新收 and of the same one of 上年结转; None where a cell cannot be used."""
    found = side(subject.editions["3"], metric)
    cells = [(row, column) for _, column in found.cells for row in _ROWS] if found else []
    figures = [subject.filled["3"].operands.get(cell) for cell in cells]
    return None if None in figures or not figures else sum(each for each in figures if each is not None)
