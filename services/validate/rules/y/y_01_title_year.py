"""标题上的年度，与正文所说的报告年度不一致；或者正文称所编制的是另一年度的报告。

为什么：年度不符，读者不知道数据是哪一年的，也说明可能沿用了上年文稿。报告年度由标题、统计期限和正文共同判断。
引用其他文件名称中的年度，不作为报告年度。
"""

import re
from collections.abc import Iterator

from services.validate.passages import Prose
from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject
from services.validate.years import stated_periods, year_of
from shared.model.finding import TextPlace

_OF = r"[^。;!?,\n《》]{0,30}?(?<!\d)(?P<year>20\d\d) ?年度?(?!\d|以来|工作要点)"
_PRESENTED = re.compile(
    r"(?:[现特]?向社会公[布开]|现(?:将|公布|发布|编制|形成)|特(?:编制|公布))(?:并?(?:公布|发布|编制))?了?"
    rf"(?:{_OF}[^。;,\n《》]{{0,25}}(?:报告|年报)|《{_OF.replace('P<year>', 'P<titled>')}[^》\n]{{0,25}}(?:报告|年报)(?=》))"
)
_COMPILED_OF = re.compile(rf"编制(?:完成|形成)?了?{_OF}[^。;,\n《》]{{0,25}}(?:报告|年报)(?=[。,;]|如下)")
_TITLE = "样例市数据局2024年政府信息公开工作年度报告"
_COMPILED = "报告格式的要求，编制本报告。"


@rule(
    id="Y-01",
    severity="E",
    basis=("A47",),
    suggestion="请核对标题、统计期限和正文，统一为报告年度。",
    breaks=(
        Case("标题沿用了上年的年度", text=((_TITLE, _TITLE.replace("2024", "2023")),)),
        Case(
            "引言称编制的是上年的报告",
            text=((_COMPILED, "报告格式的要求，现将我局2023年度政府信息公开工作年度报告公布如下。"),),
        ),
        Case(
            "引言称编制上年的报告，没有“现将”",
            text=((_COMPILED, "报告格式的要求，编制2023年度政府信息公开工作年度报告。"),),
        ),
        Case(
            "引言中本报告的名称是上年的",
            text=((_COMPILED, "报告格式的要求，现公布《样例市数据局2023年政府信息公开工作年度报告》。"),),
        ),
    ),
    silent=(
        Case("标题、期限和正文一致", text=((_COMPILED, "报告格式的要求，现将我局2024年度政府信息公开工作报告如下。"),)),
        Case(
            "引用了上年的报告",
            text=(
                (
                    "我局通过政府网站发布",
                    "我局按时公布了《样例市数据局2023年政府信息公开工作年度报告》，通过政府网站发布",
                ),
            ),
        ),
        Case(
            "依据的通知名称含有别的年度",
            text=(
                (_COMPILED, "报告格式和《关于做好2023年政府信息公开工作年度报告编制工作的通知》的要求，编制本报告。"),
            ),
        ),
        Case(
            "年初编制了上年的报告",
            text=(("我局通过政府网站发布", "1月，我局编制2023年度政府信息公开工作年度报告，通过政府网站发布"),),
        ),
        Case("标题没有写年度", text=((_TITLE, "样例市数据局政府信息公开工作年度报告"),)),
    ),
)
def title_year(subject: Subject) -> Iterator[Violation]:
    """标题或者引言写的年度与报告年度不符"""
    report, prose, year = subject.report, subject.prose, year_of(subject)
    if year is None or not report.text:
        return
    if report.title_at and report.title_year not in {None, year}:
        title = prose.place(report.title_at.start, report.title_at.end)
        message = f"标题年度为{report.title_year}年，与统计期限和正文所述的{year}年度不符。"
        yield Violation(message, (title, *_stated(prose, year)), str(report.title_year), str(year))
    for place, said in _presented(prose):
        if said not in {year, report.title_year}:
            message = f"正文称“{place.quote}”，写的是{said}年度，与报告年度{year}年不符。"
            yield Violation(message, (place,), str(said), str(year))
            return


def _stated(prose: Prose, year: int) -> list[TextPlace]:
    """Return the place of the period that the title contradicts."""
    return [prose.place(each.start, each.end) for each in stated_periods(prose)[:1] if each.first[0] == year]


def _presented(prose: Prose) -> Iterator[tuple[TextPlace, int]]:
    """Yield where the report says before its second chapter which year's report it presents, and the year."""
    end = next((section.start for section in prose.report.sections if (section.chapter or 0) > 1), len(prose.text))
    for match in _PRESENTED.finditer(prose.text, 0, end):
        group = "year" if match["year"] else "titled"
        yield prose.place(match.start(group), match.end()), int(match[group])
    if prose.introduction:
        for match in _COMPILED_OF.finditer(prose.uncited, prose.introduction.start, prose.introduction.end):
            yield prose.place(match.start("year"), match.end()), int(match["year"])
