"""正文列出的行政复议或者行政诉讼各种结果，合计与所称总数不符。

为什么：每件案件有一种结果或者尚未审结。列了一部分、其余没有说明的，只作提示。
"""

from collections.abc import Iterator

from services.validate.lists import added, paragraphs
from services.validate.prose import number_of, place
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from services.validate.wording import figure
from shared.model.claim import Claim

_RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结")


@rule(
    id="N-23",
    severity="W",
    tables=("4",),
    basis=("A50", "A47"),
    suggestion="请核对正文，使各项数据前后一致。",
    breaks=(
        Case("合计超过总数", {"prose": {"一": "政府信息公开行政复议3件，维持2件，纠正2件。"}}),
        Case("其余未说明", {"prose": {"一": "政府信息公开行政复议5件，维持2件，纠正1件。"}}),
    ),
    silent=(
        Case("合计相符", {"prose": {"一": "政府信息公开行政复议3件，维持2件，纠正1件。"}}),
        Case("只说了总数", {"prose": {"一": "政府信息公开行政复议3件。"}}),
    ),
)
def case_list(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文的复议、诉讼结果合计与总数不符"""
    for paragraph in paragraphs(subject, scopes=("own", "region")):
        for kind in ("行政复议", "行政诉讼"):
            total = paragraph.of(f"table4/{kind}/总计")
            listed = paragraph.of(*(f"table4/{kind}/{result}" for result in _RESULTS))
            if len(total) == 1 and len(listed) > 1 and added(listed) != number_of(total[0]):
                yield _unlike(kind, total[0], listed)


def _unlike(kind: str, total: Claim, listed: list[Claim]) -> Violation:
    read, expected = added(listed), number_of(total) or 0
    rest = read < expected and len({claim.metric for claim in listed}) < len(_RESULTS)
    tail = "，其余未说明" if rest else ""
    message = f"{kind}{figure(expected)}件，所列结果合计{figure(read)}件{tail}。"
    places = tuple(place(claim) for claim in (*listed, total))
    return Violation(message, places, read, expected, read - expected, severity="I" if rest else None)
