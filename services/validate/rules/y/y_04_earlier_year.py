"""叙述本年工作的句子、今年或者本年度之后的年份、小标题，写的是上一年或者更早的年度。

为什么：多半是沿用上年文稿没有改。只看说本机关做了什么的句首年份：文件名称、文号、预决算、与上年的比较、
“以来”“年底”和同一句、下一句里也说到本年度的，都不报。
"""

import re
from collections.abc import Iterator
from itertools import zip_longest

from services.validate.passages import Passage, Prose
from services.validate.rule import Case, Violation, rule
from services.validate.self_names import names_of, own_name
from services.validate.subject import Subject
from services.validate.years import begins, told, year_of, years_in

_AGO = 3  # years: one who looks further back tells history
_ACTED = re.compile(
    r"(?P<year>20\d\d) ?年度?(?:全年)?[,、 ]{0,2}"
    r"(?:(?:我|本|全)(?:[局委厅办院镇乡街区县市旗省校处站]|中心|单位|机关|部门|街道|办事处|系统)"
    r"|(?:我[^,。]{1,6})?(?:共|累计|合计)?(?:主动公开|新?收到|未收到|没有收到|受理|未受理|未收取|没有收取|未产生|未发生)|(?:共|累计|合计)(?:组织|开展|举办|召开|制作|编发|回应|更新)|(?P<named>[\u4e00-\u9fff]{3,30}))"
)
_NOW = re.compile(r"(?:今年|本年度?)[,(]? ?即? ?(?P<year>20\d\d) ?年(?!度?(?:部门|财政|预算|决算))\)?")
_HEADING = re.compile(
    r"(?P<year>20\d\d) ?年度?(?:政府|政务)?(?:信息)?(?:公开)?(?:工作)?(?:总体|主动公开|依申请|信息管理|平台|监督保障|工作开展|开展)[^ ,。:;]{0,12}(?=[ 。]|$)"
)
_HISTORY = re.compile(
    "获|评为|荣|表彰|考核|测评|评估|评议|通报|反馈|整改|成立|组建|改革|挂牌|上线|开通|建成|划转|合并|印发|制定|出台|结转|遗留|"
    "同比|环比|相比|[比较]上|上一?年|去年|往年|今年|连续|历年|近年|以来|目前|现已|截[至止]|至今|起"
)
_CARRIED_IN = re.compile("上一?年度?结转|结转[下至到]")
_PLAN = re.compile("将|计划|拟|下一步|明年|来年")
_OVERVIEW = "全年组织业务培训2次，完善考核办法"
_HANDLED = "均有专人负责。"
_FEE = "2024年度我局未收取政府信息公开信息处理费。"


@rule(
    id="Y-04",
    severity="W",
    basis=("A47",),
    suggestion="请确认年份是否写错；如是沿用上年文稿，请按本年度实际情况重写。",
    breaks=(
        Case("总体情况说的是上年", text=(("2024年，样例市数据局认真落实", "2023年，样例市数据局认真落实"),)),
        Case("本机关写作市数据局", text=(("2024年，样例市数据局认真落实", "2023年，市数据局认真落实"),)),
        Case("句首的年份没有改", text=(("全年新收政府信息公开申请70件", "2023年收到政府信息公开申请70件"),)),
        Case("今年写成上年", text=((_OVERVIEW, "今年（2023年）组织业务培训2次，完善考核办法"),)),
        Case("小标题的年份没有改", text=(("（五）监督保障。全年", "（五）2023年度监督保障情况。全年"),)),
        Case("部分标题的年份没有改", text=(("一、总体情况", "一、2023年度总体情况"),)),
        Case("省略主语的年份没有改", text=((_HANDLED, "均有专人负责。2023年，共组织业务座谈3场。"),)),
        Case("收费情况的年份没有改", text=((_FEE, "2023年度我局未收取政府信息公开信息处理费。"),)),
    ),
    silent=(
        Case(
            "上年文件的名称", text=((_OVERVIEW, "按照《样例市2023年政务公开工作要点》组织业务培训2次，完善考核办法"),)
        ),
        Case(
            "与上年比较",
            text=(
                ("政府网站发布各类政府信息326条", "政府网站发布各类政府信息326条。2023年我局发布300条，同比增长8.7%"),
            ),
        ),
        Case("接着说到本年度", text=((_OVERVIEW, "完善考核办法。2023年我局培训1次。2024年培训2次"),)),
        Case("自上年以来", text=((_OVERVIEW, "2023年以来，我局组织业务培训2次，完善考核办法"),)),
        Case("上年度决算", text=(("财政预算和决算", "2023年度部门决算、2024年度部门预算"),)),
        Case("上年问题的整改", text=((_OVERVIEW, "2023年我局在测评中被指出的问题已全部整改，完善考核办法"),)),
        Case("以前的荣誉和机构沿革", text=((_OVERVIEW, "2022年，我局被评为先进单位。完善考核办法"),)),
        Case(
            "行末折断的句子",
            text=(
                (
                    _OVERVIEW,
                    "办好政务公开的日常工作，不断提高工作人员的业务水平和服务意识，全年培训的次数多于\n2023年我局的次数",
                ),
            ),
        ),
        Case(
            "上级的同名部门",
            text=(
                ("样例市数据局2024年政府信息公开工作年度报告", "样例县数据局2024年政府信息公开工作年度报告"),
                (_OVERVIEW, "完善考核办法。2023年，市数据局组织业务培训2次"),
            ),
        ),
        Case("规划的起止年份", text=((_OVERVIEW, "落实2021年至2025年规划，完善考核办法"),)),
    ),
)
def earlier_year(subject: Subject) -> Iterator[Violation]:
    """叙述本年工作的文字写的是以前的年度"""
    year, prose = year_of(subject), subject.prose
    if year is None or not any(str(year - ago) in prose.text for ago in range(1, _AGO + 1)):
        return
    found: dict[tuple[str | None, str], Violation] = {}
    for start, end, said in _earlier(prose, _own_names(subject), year):
        place = prose.place(start, end)
        message = f"“{place.quote}”出现{said}年，请确认是否为{year}年。"
        found.setdefault((place.section, place.quote), Violation(message, (place,), str(said), str(year)))
    yield from found.values()


def _earlier(prose: Prose, own: tuple[str, ...], year: int) -> Iterator[tuple[int, int, int]]:
    """Yield where the prose tells of an earlier year as if it were the report's: start, end, year."""
    for section in prose.report.sections:
        title = prose.text[section.start : section.body]
        former = [named for named in years_in(title) if year - _AGO <= named < year]
        if former and not _HISTORY.search(title) and not _PLAN.search(title):
            yield section.start, section.body, former[0]
    for sentence, following in zip_longest(prose.sentences, prose.sentences[1:]):
        start, said = told(prose, sentence)
        match = _NOW.search(said) or (_acted(said, own) if _is_told(prose, sentence, said) else None)
        named = int(match["year"]) if match else year
        if match and year - _AGO <= named < year and year not in (*years_in(said), *_continued(prose, following)):
            yield start + match.start(), sentence.end, named


def _own_names(subject: Subject) -> tuple[str, ...]:
    """Return the agency's names, also the short one behind the level of its region: 市数据局 of 样例市数据局."""
    own = own_name(subject)
    levelled = (own.region[-1] + own.short,) if own and own.proper and own.region else ()
    return (*names_of(subject), *levelled)


def _acted(said: str, own: tuple[str, ...]) -> re.Match[str] | None:
    """Return the year that begins a sentence and what the agency did in it."""
    match = _HEADING.match(said) or _ACTED.match(said)
    named = match.groupdict().get("named") if match else None
    if (named and not named.startswith(own)) or _HISTORY.search(_CARRIED_IN.sub("", said)):
        return None
    return match


def _continued(prose: Prose, following: Passage | None) -> list[int]:
    """Return the years of the next sentence where it goes on with the matter: an earlier year may be told to compare."""
    if following is None:
        return []
    start, said = told(prose, following)
    return years_in(said) if start == following.start else []


def _is_told(prose: Prose, sentence: Passage, said: str) -> bool:
    """Whether a whole sentence tells what was done: in chapter 五 and 六 plans of an earlier year may be told too."""
    return begins(prose, sentence) and (sentence.section not in {"五", "六"} or not _PLAN.search(said))
