"""写下一步打算的句子，年份不是报告年度的下一年。

为什么：计划写成本年或者更早的年度，多半沿用了上年文稿。
中长期目标（到某年底、某年至某年）和文件名称中的年份不报；把本年工作说成“将某事作为重点”的，不是计划。
"""

import re
from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject
from services.validate.years import begins, told, year_of

_YEAR = r"(?<!\d)(?P<{}>20\d\d) ?年度?(?!以来|底|末|初|前|[至到—~-]|\d)"
_NEXT = rf"(?:下一步|下一阶段|明年|来年|下一年度?|新的一年里?|接下来)[,:、(]{{0,2}} ?(?:在)? ?{_YEAR.format('next')}"
_FURTHER = "继续|进一步|从以下|从下列|着力|着重|重点|不断|持续|努力|切实|大力|加大|加强|主要"
_SHALL = rf"(?:在 ?)?{_YEAR.format('shall')}(?:的?(?:政府信息公开|政务公开)?工作[中里])?[,、 ]{{0,2}}(?P<who>[^,。;:0-9]{{0,14}}?)(?:将|计划|拟)(?:{_FURTHER})(?P<what>[^。;]{{0,60}})"
_AHEAD = (
    rf"{_YEAR.format('ahead')}(?:政府信息公开|政务公开)?(?:工作)?(?:打算|思路|工作安排|工作计划|工作重点)(?=[:。]|$)"
)
_PLAN = re.compile(rf"{_NEXT}|{_SHALL}|{_AHEAD}")
_MADE = re.compile("作为|列为|列入|纳入|摆在|放在|定为|同比|较上年")
_MEASURES = "（二）改进措施。一是丰富政策解读的形式"


@rule(
    id="Y-05",
    severity="W",
    basis=("A47",),
    suggestion="请确认计划的年份：应为报告年度的下一年。",
    breaks=(
        Case(
            "下一步的年份是本年",
            text=((_MEASURES, "（二）改进措施。2024年，我局将从以下方面改进：一是丰富政策解读的形式"),),
        ),
        Case(
            "下一步的年份是上年",
            text=((_MEASURES, "（二）改进措施。下一步，2023年要做好公开：一是丰富政策解读的形式"),),
        ),
        Case("工作打算的年份是本年", text=((_MEASURES, "（二）改进措施。2024年工作打算：一是丰富政策解读的形式"),)),
        Case(
            "在本年的工作中将怎样",
            text=((_MEASURES, "（二）改进措施。在2024年的工作中，我局将加大公开力度，一是丰富政策解读的形式"),),
        ),
        Case("明年写成后年", text=((_MEASURES, "（二）改进措施。明年（2026年）一是丰富政策解读的形式"),)),
    ),
    silent=(
        Case("下一年", text=((_MEASURES, "（二）改进措施。2025年，我局将进一步加强培训，一是丰富政策解读的形式"),)),
        Case("下一年的工作打算", text=((_MEASURES, "（二）改进措施。2025年工作打算：一是丰富政策解读的形式"),)),
        Case(
            "本年工作计划的落实",
            text=((_MEASURES, "（二）改进措施。2024年工作计划落实还不到位：一是丰富政策解读的形式"),),
        ),
        Case("中长期目标", text=((_MEASURES, "（二）改进措施。下一步，到2027年底实现全覆盖，一是丰富政策解读的形式"),)),
        Case(
            "本年把某事作为重点",
            text=((_MEASURES, "（二）改进措施。2024年，我局将进一步规范公开目录作为重点工作，一是丰富政策解读的形式"),),
        ),
        Case(
            "下一步按文件要求",
            text=((_MEASURES, "（二）改进措施。下一步，按照《样例市2024年政务公开工作要点》，一是丰富政策解读的形式"),),
        ),
        Case("本年的不足", text=((_MEASURES, "（二）改进措施。2024年我局的不足将逐项改进，一是丰富政策解读的形式"),)),
    ),
)
def plan_year(subject: Subject) -> Iterator[Violation]:
    """下一步打算的年份不是下一年"""
    year, prose = year_of(subject), subject.prose
    if year is None:
        return
    chapter = prose.chapters.get(5)
    for sentence in prose.within(chapter, prose.sentences):
        start, said = told(prose, sentence)
        match = _PLAN.match(said)
        if match is None or not begins(prose, sentence) or _MADE.search(match["what"] or ""):
            continue
        planned = int(match["next"] or match["shall"] or match["ahead"])
        if planned != year + 1:
            place = prose.place(start, sentence.end)
            message = f"下一步打算写的是{planned}年（“{place.quote}”），报告年度为{year}年，请确认是否为{year + 1}年。"
            yield Violation(message, (place,), str(planned), str(year + 1))
            return
