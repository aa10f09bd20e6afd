"""第一部分的文字很少。

为什么：总体情况要写五个方面，字数很少的往往没有写实；空白不算字数，只作提示。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject
from services.validate.threshold import Threshold
from services.validate.wording import figure

_CHARACTERS = Threshold("Q-08", "characters", 200, "第一部分少于多少字（含标点）的，提示文字很少")
_LEAST = 10
_MEASURES = (
    (
        "（一）主动公开。我局通过政府网站发布各类政府信息326条，及时公开机构职能、财政预算和决算、行政执法事项，对重要政策同步发布文字解读和图表解读。\n",
        "主动公开政府信息326条。",
    ),
    ("受理、登记、审核、答复各环节均有专人负责。\n", ""),
    (
        "（三）政府信息管理。严格执行公开前的保密审查和三审三校制度，定期清理已经公开的规范性文件，保证信息准确、有效。\n",
        "信息管理、",
    ),
    (
        "（四）政府信息公开平台建设。优化政府网站公开专栏的检索功能，加强政务新媒体的日常维护，方便公众查询和下载。\n",
        "平台建设、",
    ),
    (
        "（五）监督保障。全年组织业务培训2次，完善考核办法，开展社会评议，主动接受群众监督，未发生责任追究的情形。",
        "监督保障都已落实。",
    ),
)


@rule(
    id="Q-08",
    severity="I",
    basis=("A47", "F30"),
    suggestion="请按五个方面补充本年度实际做的工作。",
    thresholds=(_CHARACTERS,),
    breaks=(Case("五个方面各写一句", text=_MEASURES),),
    silent=(
        Case("短了一段，仍不算少", text=_MEASURES[:1]),
        Case("没有写，由别的规则提示", {"prose": {"一": ""}}),
        Case("没有读到正文", {}),
    ),
)
def short_overview(subject: Subject) -> Iterator[Violation]:
    """总体情况文字很少"""
    least = subject.limit(_CHARACTERS)
    written = _characters(subject)
    if _LEAST <= written < least:
        message = f"总体情况只有{written}字，少于{figure(least)}字。"
        yield Violation(message, (subject.prose.heading(1),), written, least, written - least)


def _characters(subject: Subject) -> int:
    """Return how many characters stand between the headings of chapters 1 and 2, also under headings of other chapters."""
    found = 0
    for section in subject.report.sections:
        if section.chapter == 1 or (found and section.chapter is None):
            found += len("".join(subject.prose.text[section.body : section.end].split()))
        elif found:
            break
    return found
