"""正文称共若干、其中各若干，分项合计超过总数；或者分项以其他结尾、应当列全，合计却与总数不等。

为什么：分项之和不能超过总数。没有列全的“其中”，合计小于总数的不报。
"""

from collections.abc import Iterator

from services.validate.lists import added, paragraphs
from services.validate.prose import number_of, place
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from services.validate.wording import figure, quoted, size
from shared.model.claim import Claim


@rule(
    id="N-15",
    severity="W",
    tables=(
        "2",
        "3",
        "4",
    ),
    basis=("A50", "A47"),
    suggestion="请核对正文，使各项数据前后一致。",
    breaks=(
        Case("合计超过总数", {"prose": {"一": "全年发布信息100条，其中动态类60条，公告类50条。"}}),
        Case("两项数目相同，合计超过总数", {"prose": {"一": "全年发布信息100条，其中动态类60条，公告类60条。"}}),
    ),
    silent=(
        Case("没有列全", {"prose": {"一": "全年发布信息100条，其中动态类60条，公告类10条。"}}),
        Case(
            "两项数目相同", {"prose": {"一": "全年发布信息100条，其中动态类40条，公告类20条，公示类20条，其他类20条。"}}
        ),
        Case("合计相等", {"prose": {"一": "全年发布信息100条，其中动态类60条，公告类30条，其他类10条。"}}),
    ),
)
def parts(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文的分项合计与总数不符"""
    for paragraph in paragraphs(subject, scopes=("own", "region")):
        total: Claim | None = None
        listed: list[Claim] = []
        for claim in (*paragraph.of("list/total", "list/part"), None):
            if claim is not None and claim.metric == "list/part":
                listed.append(claim)
                continue
            if total is not None and listed:
                yield from _added_up(total, listed)
            total, listed = claim, []


def _added_up(total: Claim, listed: list[Claim]) -> Iterator[Violation]:
    read, expected = added(listed), number_of(total) or 0
    whole = any(word in listed[-1].quote for word in ("其他", "其它", "其余"))
    if read > expected or (whole and read != expected):
        message = f"“{quoted(total.quote)}”分项合计{figure(read)}，总数{figure(expected)}，相差{figure(size(read - expected))}。"
        yield Violation(message, tuple(place(claim) for claim in (*listed, total)), read, expected, read - expected)
