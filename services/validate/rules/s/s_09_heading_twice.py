"""同一部分的标题出现两次，两处之间另有内容。

为什么：多半是复制时留下的旧内容，读者不知道以哪一处为准。
表格跨页时重复的标题、目录、紧接着重印的标题和标题下的“（续）”不算。
"""

import re
from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject
from shared.model.report import Section

_ONE, _FOUR = "一、总体情况", "四、政府信息公开行政复议、行政诉讼情况"
_FIVE, _SIX = "五、存在的主要问题及改进情况", "六、其他需要报告的事项"
_BETWEEN = re.compile(r"[\W_\d]+")


@rule(
    id="S-09",
    severity="W",
    basis=("F30", "F60"),
    suggestion="请删去重复的部分，只保留一处。",
    breaks=(
        Case("第二部分误用了第五部分的标题", text=(("二、主动公开政府信息情况", _FIVE),)),
        Case("第六部分误用了第五部分的标题", text=((_SIX, _FIVE),)),
        Case("第一部分的标题又出现", text=((_SIX, f"{_ONE}\n2024年我局推进公开工作。\n{_SIX}"),)),
    ),
    silent=(
        Case("标题紧接着重印", text=((_FIVE, f"{_FIVE}\n{_FIVE}"),)),
        Case("表格跨页后重印标题", text=((_FIVE, f"{_FOUR}\n{_FIVE}"),)),
        Case("注明续表", text=((_FIVE, f"{_FOUR}（续）\n{_FIVE}"),)),
        Case(
            "前面有目录",
            text=(
                (
                    _ONE,
                    f"{_ONE}\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n{_FOUR}\n{_FIVE}\n{_SIX}\n{_ONE}",
                ),
            ),
        ),
        Case("第一部分有同名的小标题", text=(("（一）主动公开。", "（一）主动公开政府信息情况。"),)),
    ),
)
def heading_twice(subject: Subject) -> Iterator[Violation]:
    """同一部分的标题出现两次"""
    first: dict[int, Section] = {}
    for section in subject.report.sections if subject.report.text else ():
        if (
            section.chapter
            and section.chapter in first
            and _something_between(subject, first[section.chapter], section)
        ):
            yield Violation(
                f"“{section.title}”的标题出现了两次。",
                tuple(subject.prose.place(each.start, each.body) for each in (section, first[section.chapter])),
            )
        elif section.chapter:
            first.setdefault(section.chapter, section)


def _something_between(subject: Subject, first: Section, again: Section) -> bool:
    """Whether there is prose or another chapter between two headings of a chapter; tables and page numbers are not enough."""
    if any(
        first.start < other.start < again.start and other.chapter != first.chapter for other in subject.report.sections
    ):
        return True
    return _BETWEEN.sub("", subject.prose.text[first.body : again.start]) != ""
