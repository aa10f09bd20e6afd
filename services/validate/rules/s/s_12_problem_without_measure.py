"""第五部分列出的问题多于改进措施，而且有的问题在措施中完全没有提到。

为什么：每个问题都应当看得出怎样改进；按用词比较，不一定准确，只作提示。
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject

_PROBLEMS = "二是公开专栏的更新有时不够及时。"
_MEASURES = "；二是明确公开专栏的更新时限，由专人每周检查"
_TURN = re.compile(
    r"改进(?:情况|措施|方向|工作|意见)|整改|下一步|下步|今后|接下来|针对(?:上述|以上|存在|这些)|将(?:采取|从|通过|继续|进一步)|20\d\d年,?[我将]"
)
_ITEM = re.compile(r"[一二三四五六七八九十]是")
_TWO = re.compile(r"(?=([\u4e00-\u9fff]{2}))")
_COMMON = (
    "政府信息公开工作中存在的主要问题是 政务公开工作内容方面 政府信息公开的 有待进一步加强 还需进一步提高 不够高 不强 不足 需要提升 "
    "部分 个别 有时 尚未 较少 人员 不够及时 及时性不强"
)


@rule(
    id="S-12",
    severity="I",
    basis=("A50", "F30"),
    suggestion="请补充这个问题的改进措施。",
    breaks=(
        Case(
            "三个问题、两条措施",
            text=((_PROBLEMS, f"{_PROBLEMS[:-1]}，三是基层单位业务骨干流动频繁。"),),
        ),
        Case("两个问题、一条措施", text=((_MEASURES, ""),)),
    ),
    silent=(
        Case("问题与措施一样多"),
        Case(
            "一条措施管两个问题",
            text=((_MEASURES, ""), ("多用图表和问答", "多用图表和问答，并由专人维护公开专栏")),
        ),
        Case("措施不分条", text=(("一是丰富政策解读的形式", "丰富政策解读的形式"), (_MEASURES, ""))),
        Case("只有一条措施的标题", text=(("（二）改进措施。一是", "（二）改进措施。"), (_MEASURES, ""))),
    ),
)
def problem_without_measure(subject: Subject) -> Iterator[Violation]:
    """有的问题没有对应的改进措施"""
    passage = subject.prose.chapters.get(5)
    first = _ITEM.search(passage.text) if passage else None
    turn = _TURN.search(passage.text, first.end()) if passage and first else None
    if passage is None or turn is None:
        return
    problems = _items(passage.text[: turn.start()])
    measures = passage.text[turn.start() :]
    if not len(problems) > len(_items(measures)) > 0:
        return
    known = _content(measures)
    for start, problem in problems:
        if _content(problem) and not _content(problem) & known:
            begin = passage.start + start
            place = subject.prose.place(begin, begin + len(problem.rstrip(";,")))
            message = (
                f"第五部分列出{len(problems)}个问题、{len(_items(measures))}条措施，“{place.quote}”未见对应改进措施。"
            )
            yield Violation(message, (place,), len(problems), len(_items(measures)))
            return


def _items(text: str) -> list[tuple[int, str]]:
    """Return the items of a list 一是…二是… with where they begin, each up to the end of its sentence or the next item."""
    starts = [match.start() for match in _ITEM.finditer(text)]
    return [(start, text[start:end].partition("。")[0].rstrip()) for start, end in pairwise([*starts, len(text)])]


def _content(text: str) -> set[str]:
    """Return the pairs of characters that say what a text is about."""
    return {pair for pair in _TWO.findall("".join(text.split())) if pair not in _COMMON and not _ITEM.match(pair)}
