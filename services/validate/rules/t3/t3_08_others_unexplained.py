"""表三“(六)其他处理 3.其他”有数，正文没有说明是什么情况。

为什么：“其他”应当是个别情形，写明才看得懂；作为提示。
"""

from collections.abc import Iterator

from services.validate.operands import figures
from services.validate.prose import claims
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from services.validate.wording import figure

_OTHERS = ("其他处理/其他", "总计")
_EXPLAINING = (
    "table3/其他处理/其他/总计",
    "table3/其他处理/总计",
    "outcome/其他",
    "outcome/撤回",
    "statement/说明其他处理",
)


@rule(
    id="T3-08",
    severity="I",
    tables=("3",),
    basis=("A50", "A47"),
    suggestion="请在正文中说明“其他”是什么情况。",
    breaks=(Case("没有说明", {"prose": {"一": "收到政府信息公开申请70件。"}}),),
    silent=(
        Case("没有这一项", {"prose": {"一": "收到政府信息公开申请70件。"}, "table3/其他处理/其他": 0}),
        Case(
            "第六部分作了说明",
            {"prose": {"六": "表三“其他处理”中“其他”1件为咨询类申请，依申请公开办理结果“其他”1件。"}},
        ),
        Case("没有读到正文", {}),
    ),
)
def others_unexplained(subject: Subject) -> Iterator[Violation | Unchecked]:
    """“其他处理”中的“其他”未作说明"""
    filled = subject.filled["3"]
    if filled.edition == "2019" or not subject.report.text:
        return
    known = figures(filled, [_OTHERS])
    if isinstance(known, Unchecked):
        yield known
        return
    others = known[0]
    explained = claims(subject, *_EXPLAINING)
    if others and not explained:
        yield Violation(f"表三“(六)其他处理 3.其他”{figure(others)}件未作说明。", (filled.place(_OTHERS),), others)
