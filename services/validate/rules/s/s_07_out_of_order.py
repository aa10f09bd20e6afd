"""六个部分的先后与规定格式不同，或者某一部分的序号写错。

为什么：各地的报告按同一顺序汇总、比对，顺序或者序号错了容易看错部分。
没有序号的不看序号；缺了一部分、其余依次编号的，只报缺少的部分。
"""

from collections.abc import Iterator
from itertools import pairwise

from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject
from shared.forms.chapters import CHAPTERS, heading
from shared.headings import number_of
from shared.model.report import Section

_THREE, _FOUR = "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况"
_FIVE, _SIX = "五、存在的主要问题及改进情况", "六、其他需要报告的事项"


@rule(
    id="S-07",
    severity="W",
    basis=("F30", "F60"),
    breaks=(
        Case("第五、第六部分对调", text=((_FIVE, "待换"), (_SIX, _FIVE), ("待换", _SIX))),
        Case("第五部分的序号写成四", text=((_FIVE, "四、存在的主要问题及改进情况"),)),
        Case("从第五部分起序号多了一", text=((_FIVE, f"六{_FIVE[1:]}"), (_SIX, f"七{_SIX[1:]}"))),
    ),
    silent=(
        Case("缺第三部分，后面依次编号", text=((_THREE, ""), (_FOUR, f"三{_FOUR[1:]}"), (_FIVE, f"四{_FIVE[1:]}"))),
        Case("有一部分没有序号", text=((_FIVE, _FIVE[2:]),)),
        Case("序号用阿拉伯数字", text=((_FIVE, f"5.{_FIVE[2:]}"), (_SIX, f"6.{_SIX[2:]}"))),
    ),
)
def out_of_order(subject: Subject) -> Iterator[Violation]:
    """各部分的顺序或者序号与规定格式不一致"""
    if not subject.report.text:
        return
    found = _first_of_each(subject)
    for before, behind in pairwise(found):
        if (behind.chapter or 0) < (before.chapter or 0):
            yield _misplaced(subject, before, behind)
            return
    wrong = [section for rank, section in enumerate(found, 1) if _misnumbered(section, rank)]
    if wrong:
        yield _wrong_ordinal(subject, wrong[0])


def _first_of_each(subject: Subject) -> list[Section]:
    """Return the first heading of each chapter of the format, in the order of the text."""
    found: dict[int, Section] = {}
    for section in subject.report.sections:
        if section.chapter:
            found.setdefault(section.chapter, section)
    return list(found.values())


def _misnumbered(section: Section, rank: int) -> bool:
    return number_of(section.ordinal) not in {0, section.chapter, rank}


def _misplaced(subject: Subject, before: Section, behind: Section) -> Violation:
    return Violation(
        f"各部分顺序与规定格式不一致：“{behind.title}”排在“{before.title}”之后。",
        tuple(subject.prose.place(section.start, section.body) for section in (behind, before)),
        suggestion="请按规定格式的顺序调整各部分。",
    )


def _wrong_ordinal(subject: Subject, section: Section) -> Violation:
    expected = CHAPTERS[section.chapter or 0][0]
    return Violation(
        f"“{section.title}”的序号为“{section.ordinal}”，按规定格式应为“{expected}”。",
        (subject.prose.place(section.start, section.body),),
        section.ordinal,
        expected,
        suggestion=f"请改为“{heading(section.chapter or 0)}”，并检查其后各部分的序号。",
    )
