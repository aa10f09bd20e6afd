"""正文所称某一项办理结果的件数，与表三该行不同。

为什么：报告的正文和表格说的是同一件事，数据应当一致。
不掌握、不存在、不属于本机关的，相加后与“本机关不掌握相关政府信息”比较。
"""

from collections.abc import Iterator

from services.validate.operands import figures
from services.validate.prose import against, certain, claims, number_of, place, said
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from services.validate.wording import figure, size

_NOT_HELD = "无法提供/本机关不掌握相关政府信息"
_WORDS = ("outcome/不掌握", "outcome/不存在", "outcome/不属于本机关")


@rule(
    id="N-11",
    severity="W",
    tables=("3",),
    basis=("A50", "A47"),
    suggestion="请核对正文和表格，改正有误的一处，使两处一致。",
    breaks=(
        Case("重复申请多写1件", {"prose": {"一": "收到政府信息公开申请70件，其中重复申请2件。"}}),
        Case(
            "不存在和不属于本机关的相加",
            {"prose": {"一": "收到政府信息公开申请70件，其中信息不存在6件，不属于本机关公开5件。"}},
        ),
    ),
    silent=(
        Case("一致", {"prose": {"一": "收到政府信息公开申请70件，其中重复申请1件，信访举报投诉类申请2件。"}}),
        Case("相加后一致", {"prose": {"一": "收到政府信息公开申请70件，其中信息不存在12件，不属于本机关公开7件。"}}),
        Case(
            "表中没有的说法",
            {"prose": {"一": "收到政府信息公开申请70件，其中告知通过其他途径办理7件，告知作出更改补充1件。"}},
        ),
    ),
)
def single_outcome(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文的单项办理结果与表三不符"""
    rows = [row.path for row in subject.filled["3"].form.rows if "/" in row.path]
    yield from against(subject, [f"table3/{row}/总计" for row in rows if row != _NOT_HELD], grave="W")
    yield from _not_held(subject)


def _not_held(subject: Subject) -> Iterator[Violation | Unchecked]:
    """Hold the sum of 不掌握, 不存在 and 不属于本机关 against their one row."""
    stated = [claim for claim in claims(subject, *_WORDS) if number_of(claim) is not None]
    if not stated:
        return
    filled = subject.filled["3"]
    address = (_NOT_HELD, "总计")
    known = figures(filled, [address])
    if isinstance(known, Unchecked):
        yield known
        return
    if not all(certain(claim) for claim in stated):
        yield Unchecked("low_confidence", tuple(place(claim) for claim in stated))
        return
    read, expected = sum(number_of(claim) or 0 for claim in stated), known[0]
    if read != expected:
        summed = (
            f"{'、'.join(said(claim) for claim in stated[:1])}等，合计{figure(read)}件"
            if len(stated) > 1
            else said(stated[0])
        )
        message = f"{summed}，{filled.name(filled.cell(address))}为{figure(expected)}件，相差{figure(size(read - expected))}件。"
        yield Violation(message, (*map(place, stated), filled.place(address)), read, expected, read - expected)
