"""正文按当面、网络、信函等渠道列出的件数，合计与同一段所称的申请数不符。

为什么：每件申请只经一个渠道提出；合计等于收到数或者收到加结转的，都算相符；列出了系统不认识的渠道的，不判断。
"""

from collections.abc import Iterator

from services.validate.lists import BOTH, RECEIVED, added, has_unread, paragraphs, totals
from services.validate.prose import number_of, place
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from services.validate.wording import figure, quoted, size


@rule(
    id="N-14",
    severity="W",
    tables=("3",),
    basis=("A50", "A47"),
    suggestion="请核对正文，使各项数据前后一致。",
    breaks=(Case("少1件", {"prose": {"一": "收到政府信息公开申请31件，当面申请4件，网络申请2件，信函申请24件。"}}),),
    silent=(
        Case("合计相符", {"prose": {"一": "收到政府信息公开申请31件，当面申请4件，网络申请2件，信函申请25件。"}}),
        Case(
            "加上年结转",
            {
                "prose": {
                    "一": "新受理政府信息公开申请106件，上年结转8件，共计114件。其中网站受理20件，信函受理89件，现场受理5件。"
                }
            },
        ),
        Case(
            "还列了不认识的渠道",
            {
                "prose": {
                    "一": "收到政府信息公开申请31件，当面申请4件，网络申请2件，政务服务终端提交5件，信函申请20件。"
                }
            },
        ),
        Case("只说了一个渠道", {"prose": {"一": "收到政府信息公开申请31件，其中网络申请20件。"}}),
    ),
)
def channels(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文的申请渠道合计与申请数不符"""
    for paragraph in paragraphs(subject):
        listed = [claim for claim in paragraph.claims if claim.metric.startswith("channel/")]
        stated, accepted = paragraph.of(RECEIVED, BOTH), totals(paragraph)
        if len(listed) < 2 or not stated or added(listed) in accepted:
            continue
        read, expected = added(listed), number_of(stated[0]) or 0
        if read < expected and has_unread(subject, listed):
            continue
        message = f"申请渠道合计{figure(read)}件，与“{quoted(stated[0].quote)}”相差{figure(size(read - expected))}件。"
        yield Violation(message, tuple(place(claim) for claim in (*listed, stated[0])), read, expected, read - expected)
