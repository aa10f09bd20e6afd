"""通篇没有写明是哪一年的报告，或者报告年度在标题和正文中一次也没有出现。

为什么：没有年度，数据无从对照；网页以外保存的副本更看不出是哪一年的。
只在网页标题中写有年度的，也作提示。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject

_TITLE = "样例市数据局2024年政府信息公开工作年度报告"
_NO_TITLE_YEAR = (_TITLE, "样例市数据局政府信息公开工作年度报告")
_NO_PERIOD = ("本报告所列数据的统计期限自2024年1月1日起至2024年12月31日止。", "本报告所列数据为全年数据。")
_NO_FEE_YEAR = ("2024年度我局未收取政府信息公开信息处理费。", "我局未收取政府信息公开信息处理费。")
_NOWHERE = (_NO_TITLE_YEAR, _NO_PERIOD, _NO_FEE_YEAR)
_OVERVIEW = "2024年，样例市数据局认真"


@rule(
    id="Y-06",
    severity="I",
    basis=("A47",),
    suggestion="请在标题和正文中写明报告年度。",
    breaks=(
        Case("标题和正文都没有年度", text=(*_NOWHERE, (_OVERVIEW, "样例市数据局认真"))),
        Case("只有网页标题写有年度", {"report": {"year": 2024}}, text=(*_NOWHERE, (_OVERVIEW, "样例市数据局认真"))),
    ),
    silent=(
        Case("只有正文写了年度", text=_NOWHERE),
        Case(
            "年度用汉字书写", {"report": {"year": 2024}}, text=(*_NOWHERE, (_OVERVIEW, "二〇二四年，样例市数据局认真"))
        ),
        Case("年度和“年”字之间有空格", text=(*_NOWHERE, (_OVERVIEW, "2024 年，样例市数据局认真"))),
    ),
)
def year_unsaid(subject: Subject) -> Iterator[Violation]:
    """没有写明报告年度"""
    text, prose = subject.prose.text, subject.prose
    if not subject.report.sections or _names(text, subject.year):
        return
    at = prose.title or prose.introduction or next(iter(prose.lines), None)
    if at:
        said = f"没有出现报告年度{subject.year}年" if subject.year else "没有写明是哪一年的报告"
        yield Violation(f"标题和正文{said}。", (prose.place(at.start, at.end),))


def _names(text: str, year: int | None) -> bool:
    """Whether the prose names the year, or any year where none is known."""
    return (str(year) if year else "20") in text
