"""发布日期不晚于报告年度的最后一天。

为什么：一年没有过完，全年的数据还不可能有；可能是年度或者发布日期写错，也可能是网页沿用了旧地址。
早于报告年度的发布日期不可信，不作判断。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject
from shared.model.finding import TextPlace


@rule(
    id="Y-07",
    severity="W",
    basis=("A49",),
    suggestion="请核对报告年度、发布日期和数据的截止日期。",
    breaks=(
        Case("当年12月发布", {"report": {"published": "2024-12-18"}}, text=(("编制本报告", "编制本年度报告"),)),
        Case("最后一天发布", {"report": {"published": "2024-12-31"}}, text=(("编制本报告", "编制本年度报告"),)),
    ),
    silent=(
        Case("次年1月1日发布", {"report": {"published": "2025-01-01"}}, text=(("编制本报告", "编制本年度报告"),)),
        Case("次年年底才发布", {"report": {"published": "2025-11-20"}}, text=(("编制本报告", "编制本年度报告"),)),
        Case("网页栏目的建立日期", {"report": {"published": "2019-05-06"}}, text=(("编制本报告", "编制本年度报告"),)),
        Case("没有发布日期", {"report": {"published": None}}, text=(("编制本报告", "编制本年度报告"),)),
    ),
)
def published_early(subject: Subject) -> Iterator[Violation]:
    """报告年度未结束就已发布"""
    year, published = subject.year, subject.report.published
    if year is None or published is None or not published.startswith(f"{year}-"):
        return
    at = subject.prose.title
    place = subject.prose.place(at.start, at.end) if at else TextPlace(None, "", 0, 0)
    yield Violation(
        f"发布日期{published}不晚于{year}年12月31日，全年数据尚未产生。", (place,), published, f"{year + 1}-01-01"
    )
