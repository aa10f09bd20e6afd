"""某一部分的标题与规定格式的说法不同。

为什么：格式统一了六个部分的名称；换了说法、意思还在的只作提示，少了一半意思的（只说复议不说诉讼、只说问题不说改进）请核实。
标点、“和”与“及”、“其它”与“其他”、繁体字不算改动。
"""

import re
from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject
from shared.forms.chapters import CHAPTERS
from shared.headings import is_official
from shared.simplified import simplify
from shared.text import fold

_HALVES = {
    4: (re.compile("复议"), re.compile("诉讼")),
    5: (re.compile("问题|不足|短板|困难"), re.compile("改进|整改|措施|打算|计划|安排|思路|下一?步|今后|方向")),
}
_FOUR, _FIVE, _SIX = "四、政府信息公开行政复议、行政诉讼情况", "五、存在的主要问题及改进情况", "六、其他需要报告的事项"


@rule(
    id="S-08",
    severity="I",
    basis=("F30", "F60"),
    breaks=(
        Case("写成存在问题及下一步打算", text=((_FIVE, "五、存在问题及下一步打算"),)),
        Case("写成其他情况", text=((_SIX, "六、其他情况"),)),
        Case("只写存在的问题", text=((_FIVE, "五、存在的主要问题"),)),
        Case("只写行政复议", text=((_FOUR, "四、政府信息公开行政复议情况"),)),
    ),
    silent=(
        Case("用“和”代替“及”", text=((_FIVE, "五、存在的主要问题和改进情况"),)),
        Case("用“和”代替顿号", text=((_FOUR, "四、政府信息公开行政复议和行政诉讼情况"),)),
        Case("写成其它", text=((_SIX, "六、其它需要报告的事项："),)),
        Case("标题断成两行", text=((_FOUR, "四、政府信息公开行政复议、\n行政诉讼情况"),)),
        Case("标题后接着写正文", text=((f"{_SIX}\n", f"{_SIX}。"),)),
    ),
)
def title_altered(subject: Subject) -> Iterator[Violation]:
    """标题与规定格式不一致"""
    for section in subject.report.sections:
        if section.chapter and subject.report.text and not is_official(section.chapter, section.title):
            lost = _half_lost(section.chapter, section.title)
            official = CHAPTERS[section.chapter][1]
            yield Violation(
                f"标题“{section.title}”与规定格式的“{official}”不一致{'，意思不全' if lost else ''}。",
                (subject.prose.place(section.start, section.body),),
                section.title,
                official,
                severity="W" if lost else "I",
                suggestion=f"请改为“{official}”。",
            )


def _half_lost(chapter: int, title: str) -> bool:
    said = simplify(fold(title))
    return any(not half.search(said) for half in _HALVES.get(chapter, ()))
