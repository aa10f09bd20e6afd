"""试行格式：本年新公开数量大于对外公开总数量；新公开多于新制作的，只作提示。

为什么：新公开的是总数的一部分，不可能比总数多。
新公开多于新制作可能是补公开以前的文件。
"""

from collections.abc import Iterator

from services.validate.operands import figures
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import FilledTable, Subject
from services.validate.wording import figure
from shared.forms.printed import printed_row


@rule(
    id="T2-02",
    severity="E",
    tables=("2",),
    basis=("F60",),
    editions=("2019",),
    suggestion="请核对这三个数量。",
    breaks=(
        Case("新公开40，总数36", {"table2/规范性文件/本年新公开数量": 40}, edition="2019"),
        Case("新制作4，新公开6", {"table2/规范性文件/本年新公开数量": 6}, edition="2019"),
    ),
    silent=(
        Case("新制作4，新公开3", {"table2/规范性文件/本年新公开数量": 3}, edition="2019"),
        Case("公开的都是本年的，与总数量相等", {"table2/规范性文件/对外公开总数量": 4}, edition="2019"),
    ),
)
def opened_above_total(subject: Subject) -> Iterator[Violation | Unchecked]:
    """本年新公开大于对外公开总数量"""
    filled = subject.filled["2"]
    for path in ("规章", "规范性文件"):
        yield from _checked(filled, path)


def _checked(filled: FilledTable, path: str) -> Iterator[Violation | Unchecked]:
    opened, total, made = ((path, column) for column in ("本年新公开数量", "对外公开总数量", "本年新制作数量"))
    found = figures(filled, (opened, total, made))
    name = printed_row(filled.edition, "2", path)
    if isinstance(found, Unchecked):
        yield found
    elif found[0] > found[1]:
        message = f"表二{name}：本年新公开{figure(found[0])}大于对外公开总数量{figure(found[1])}。"
        yield Violation(message, filled.places((opened, total)), found[0], found[1], found[0] - found[1])
    elif found[0] > found[2]:
        message = f"表二{name}：本年新公开{figure(found[0])}多于本年新制作{figure(found[2])}，请确认含以前制作的文件。"
        places = filled.places((opened, made))
        yield Violation(message, places, found[0], found[2], found[0] - found[2], severity="I")
