"""正文写明的统计期限，不是报告年度的1月1日至12月31日。

为什么：年度报告的数据应当是报告年度全年的。期限写成别的年度，多半沿用了上年文稿，必须更正；
年度写对而起止日期不是全年、或者跨年统计的，请核实；下半年才成立的机关从成立之日起算，只作提示。
日期残缺不全的不判断。
"""

from collections.abc import Iterator

from services.validate.passages import Prose
from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject
from services.validate.years import Period, stated_periods, year_of
from shared.model.finding import Severity

_TITLE = "样例市数据局2024年政府信息公开工作年度报告"
_PERIOD = "自2024年1月1日起至2024年12月31日止"


@rule(
    id="Y-02",
    severity="E",
    basis=("A47",),
    suggestion="请将统计期限更正为报告年度的1月1日至12月31日；如系机构设立或者撤并，请在报告中说明。",
    breaks=(
        Case("期限是上年的", text=((_PERIOD, "自2023年1月1日起至2023年12月31日止"),)),
        Case("上年的期限用汉字书写", text=((_PERIOD, "自二〇二三年一月一日起至二〇二三年十二月三十一日止"),)),
        Case("起止年度不同", text=((_PERIOD, "自2023年1月1日起至2024年12月31日止"),)),
        Case(
            "标题没有年度，期限与正文不符",
            text=(
                (_TITLE, "样例市数据局政府信息公开工作年度报告"),
                (_PERIOD, "自2023年1月1日起至2023年12月31日止"),
                ("全年新收政府信息公开申请", "2024年新收政府信息公开申请"),
            ),
        ),
        Case("期限跨了两年", text=((_PERIOD, "自2023年12月1日起至2024年11月30日止"),)),
        Case("期限没有到年底", text=((_PERIOD, "为2024年1月1日至12月21日"),)),
        Case("期限从下半年开始", text=((_PERIOD, "自2024年7月1日起至2024年12月31日止"),)),
    ),
    silent=(
        Case("后一个日期省略了年度", text=((_PERIOD, "为2024年1月1日至12月31日"),)),
        Case("用短横线和点书写", text=((_PERIOD, "为2024.1.1—2024.12.31"),)),
        Case("用汉字书写", text=((_PERIOD, "自二〇二四年一月一日起至十二月三十一日止"),)),
        Case("写作全年", text=((_PERIOD, "为2024年全年"),)),
        Case("只写到月", text=((_PERIOD, "为2024年1月至12月"),)),
        Case("日期残缺", text=((_PERIOD, "自202311日起至20231231日止"),)),
        Case(
            "某项工作自己的期限",
            text=(("全年组织业务培训2次", "2023年10月1日至2024年3月31日开展专项清理，全年组织业务培训2次"),),
        ),
    ),
)
def period_not_the_year(subject: Subject) -> Iterator[Violation]:
    """统计期限不是报告年度全年"""
    year = year_of(subject)
    if year is None:
        return
    for period in stated_periods(subject.prose):
        severity = _severity(period, year)
        if severity:
            yield _violation(subject.prose, period, year, severity)
            return


def _severity(period: Period, year: int) -> Severity | None:
    """Return how grave a period is for a report on a year; an academic year is not judged."""
    if (period.first, period.last) == ((year, 1, 1), (year, 12, 31)) or period.first[1:] == (9, 1):
        return None
    if {period.first[0], period.last[0]} != {year}:
        return "E" if period.first[1:] == (1, 1) or year not in {period.first[0], period.last[0]} else "W"
    return "I" if period.last[1:] == (12, 31) else "W"


def _violation(prose: Prose, period: Period, year: int, severity: Severity) -> Violation:
    place = prose.place(period.start, period.end)
    printed = " ".join(prose.report.text[period.start : period.end].split())
    message = f"统计期限写作“{printed}”，与{year}年度不符。"
    if severity != "E":
        message = f"统计期限写作“{printed}”，不是{year}年全年。"
    return Violation(message, (place,), printed, f"{year}年1月1日至{year}年12月31日", severity=severity)
