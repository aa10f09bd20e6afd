"""正文所称予以公开的申请件数，与表三“(一)予以公开”不同。

为什么：报告的正文和表格说的是同一件事，数据应当一致。
已主动公开的计入与否都可以。2019、2020年度，以及沿用同意公开等旧说法的，只请核实。
"""

from collections.abc import Iterator

from services.validate.prose import against, claims, number_of
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from shared.model.claim import Claim
from shared.model.number import Number


@rule(
    id="N-05",
    severity="E",
    tables=("3",),
    basis=("A50", "A47"),
    suggestion="请核对正文和表格，改正有误的一处，使两处一致。",
    breaks=(Case("少写1件", {"prose": {"一": "收到政府信息公开申请70件，其中予以公开21件。"}}),),
    silent=(
        Case("一致", {"prose": {"一": "收到政府信息公开申请70件，其中予以公开22件。"}}),
        Case("已主动公开的另列", {"prose": {"一": "收到政府信息公开申请70件，其中已主动公开2件，予以公开20件。"}}),
    ),
)
def disclosed(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文的予以公开数与表三不符"""
    yield from against(
        subject,
        ("table3/予以公开/总计",),
        grave=lambda claim: "W" if subject.year in {2019, 2020} or "同意" in claim.quote else "E",
        also=lambda claim: _with_published(subject, claim),
    )


def _with_published(subject: Subject, claim: Claim) -> Iterator[Number]:
    """Yield the figure that would be right if those published before are counted in the table and not in the claim."""
    for published in claims(subject, "outcome/已主动公开"):
        figure, more = subject.figure("table3/予以公开/总计"), number_of(published)
        if figure is not None and more is not None and claim.section == published.section:
            yield figure - more
