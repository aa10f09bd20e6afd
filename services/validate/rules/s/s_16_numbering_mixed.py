"""同一组条目的序号用了两种标点，例如前面是“3、”，后面是“4.”。

为什么：多半是几处材料拼在一起时留下的，作为提示。
只比较同一部分里前后相接的序号；下一层的条目另用一种标点，各层重新从1开始，小数、日期都不算。
"""

import re
from collections.abc import Iterator

from services.validate.passages import Passage
from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject

_ITEM = re.compile(r"(?P<printed>(?<!\d)(?P<number>[1-9]\d?)(?P<mark>[、.)])(?!\d))")
_BEFORE = "。;:\n"
_PROBLEMS = "一是政策解读的形式还不够丰富，二是公开专栏的更新有时不够及时。"


@rule(
    id="S-16",
    severity="I",
    suggestion="请统一这一组条目序号的标点。",
    breaks=(
        Case("2、之后是3.", text=((_PROBLEMS, "1、解读单一。\n2、更新滞后。\n3.人员较少。"),)),
        Case("写在一段里", text=((_PROBLEMS, "1.解读单一；2、更新滞后。"),)),
    ),
    silent=(
        Case("全角和半角的句点", text=((_PROBLEMS, "1．解读单一。\n2.更新滞后。"),)),
        Case("下一层用另一种标点", text=((_PROBLEMS, "1、解读单一。\n1.图表少。\n2.问答少。\n2、更新滞后。"),)),
        Case("小数和日期", text=((_PROBLEMS, "1、办结率提高。\n2.5万次浏览。\n2、2.15日更新。"),)),
        Case("另一部分用另一种标点", text=((_PROBLEMS, "1、解读单一。"), ("除上述情况外，", "\n2.除上述情况外，"))),
    ),
)
def numbering_mixed(subject: Subject) -> Iterator[Violation]:
    """同一组条目的序号标点不一致"""
    for passage in subject.prose.chapters.values():
        if passage:
            yield from _mixed(subject, passage)


def _mixed(subject: Subject, passage: Passage) -> Iterator[Violation]:
    """Yield the first item of a chapter that follows on an item with another mark, and on none with its own."""
    last: dict[str, re.Match[str]] = {}
    for item in filter(_begins_item, _ITEM.finditer(passage.text)):
        number, mark = int(item["number"]), item["mark"]
        before = last.get(mark)
        other = next(
            (each for each in last.values() if int(each["number"]) == number - 1 and each["mark"] != mark), None
        )
        if (
            number > 1
            and other
            and (before is None or (before.start() < other.start() and int(before["number"]) != number - 1))
        ):
            yield _violation(subject, passage, other, item)
            return
        last[mark] = item


def _begins_item(match: re.Match[str]) -> bool:
    """Whether a number stands where an item begins: at the start of a line or behind the end of a sentence."""
    return match.string[max(0, match.start() - 9) : match.start()].rstrip(" \t")[-1:] in _BEFORE


def _violation(subject: Subject, passage: Passage, before: re.Match[str], item: re.Match[str]) -> Violation:
    places = tuple(
        subject.prose.place(passage.start + each.start("printed"), passage.start + each.end())
        for each in (item, before)
    )
    printed = [each["printed"] for each in (before, item)]
    return Violation(f"序号“{printed[0]}”之后是“{printed[1]}”，标点不一致。", places, printed[1])
