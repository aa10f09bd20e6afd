"""正文同一段所称的收到数（加上年结转）不等于办结数加结转下年度数。

为什么：收到的申请不是办结就是结转；计入与不计入上年结转都算相符。
"""

from collections.abc import Iterator

from services.validate.lists import BOTH, CARRIED_OUT, HANDLED, RECEIVED, added, arrived, paragraphs
from services.validate.prose import place
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from services.validate.wording import figure, quoted, size


@rule(
    id="N-16",
    severity="W",
    tables=("3",),
    basis=("A50", "A47"),
    suggestion="请核对正文，使各项数据前后一致。",
    breaks=(Case("差1件", {"prose": {"一": "收到政府信息公开申请60件，办结54件，结转下年度5件。"}}),),
    silent=(
        Case("没有计入上年结转也平", {"prose": {"一": "收到政府信息公开申请60件，办结54件，结转下年度6件。"}}),
        Case("计入上年结转", {"prose": {"一": "收到政府信息公开申请60件，上年结转4件，办结58件，结转下年度6件。"}}),
        Case("没有说结转下年度", {"prose": {"一": "收到政府信息公开申请60件，办结54件。"}}),
    ),
)
def flow(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文的收到、办结、结转数不平"""
    for paragraph in paragraphs(subject):
        handled, left = paragraph.of(HANDLED), paragraph.of(CARRIED_OUT)
        stated, accepted = paragraph.of(RECEIVED, BOTH), arrived(paragraph)
        if len(handled) != 1 or len(left) != 1 or not stated:
            continue
        read, expected = added((*handled, *left)), max(accepted, default=0)
        if read not in accepted:
            carried = "加上年结转" if expected not in paragraph.values(RECEIVED) else ""
            message = (
                f"“{quoted(stated[0].quote)}”{carried}共{figure(expected)}件，办结和结转下年度合计{figure(read)}件，"
                f"相差{figure(size(read - expected))}件。"
            )
            places = tuple(place(claim) for claim in (*handled, *left, stated[0]))
            yield Violation(message, places, read, expected, read - expected)
