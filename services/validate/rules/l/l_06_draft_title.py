"""标题或者报告开头写着送审稿、征求意见稿、草稿、初稿等。

为什么：公布的应当是定稿；可能发错了文件。正文里说到征求意见稿、草案的不报。
"""

import re
from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject
from shared.model.finding import TextPlace
from shared.simplified import simplify
from shared.text import fold

_DRAFT = "(?P<draft>(?:送审|征求意见|征求|讨论|审议|代拟|修改|审核|校对|报批|会签)稿|草[稿案]|初稿|第[一二三四五六1-6]稿|未?定稿|终稿)"
_IN_TITLE = re.compile(_DRAFT)
_BEHIND_TITLE = re.compile(rf" *[(\[【]? ?{_DRAFT}")
_ALONE = re.compile(rf"(?<!\S)[(\[【]?{_DRAFT}[)\]】]?[ 0-9.年月日()vV-]{{0,14}}(?!\S)")
_TITLED = re.compile(rf"(?:报告|年报) *[(\[【]?{_DRAFT}[)\]】]?(?!\S)")
_TITLE = "样例市数据局2024年政府信息公开工作年度报告\n"
_BEGIN = "根据《中华人民共和国政府信息公开条例》和"
_END = "除上述情况外，没有其他需要报告的事项。"


@rule(
    id="L-06",
    severity="W",
    suggestion="请确认公布的是定稿，并删去标题和报告开头的稿次。",
    breaks=(
        Case("标题写着送审稿", text=((_TITLE, f"{_TITLE.strip()}（送审稿）\n"),)),
        Case("标题写着草稿", text=((_TITLE, f"{_TITLE.strip()}草稿\n"),)),
        Case("开头单独一行", text=((_BEGIN, f"（征求意见稿）\n{_BEGIN}"),)),
    ),
    silent=(
        Case("正文说到征求意见稿", text=((_END, f"公布规范性文件征求意见稿3件，草案说明2件。{_END}"),)),
        Case("开头说到初稿", text=((_BEGIN, f"本报告初稿经局务会讨论通过。\n{_BEGIN}"),)),
        Case("没有稿次", text=((_END, f"{_END}稿件审核12次。"),)),
    ),
)
def draft_title(subject: Subject) -> Iterator[Violation]:
    """标题或者报告开头写着送审稿、草稿"""
    prose, title = subject.prose, subject.prose.title
    behind = _BEHIND_TITLE.match(prose.text, title.end) if title else None
    named = _IN_TITLE.search(title.text if title else simplify(fold(subject.report.title or ""))) or behind
    if named:
        place = prose.place(title.start, title.end) if title else TextPlace("title", "", 0, 0)
        yield Violation(f"标题写着“{named['draft']}”，请确认公布的是定稿。", (place,), named["draft"])
    alone = [_ALONE] if title else [_ALONE, _TITLED]
    for match in (match for pattern in alone for match in pattern.finditer(prose.opening)):
        if not behind or match.end() <= behind.start() or behind.end() <= match.start():
            place = prose.place(*match.span())
            yield Violation(f"报告开头写着“{match['draft']}”，请确认公布的是定稿。", (place,), match["draft"])
