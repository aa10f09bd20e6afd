"""表三“(六)其他处理 3.其他”有数，正文没有说明是什么情况。

为什么：“其他”应当是个别情形，写明才看得懂；作为提示。
一句话里说到“其他处理”，又说是撤回、并案、咨询等情形的，就算作了说明。
"""

import re
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
_CASES = "撤回|撤销|撤诉|并案|合并|咨询|转办|协商|沟通|另行|系|属于|为申请|由于|因"
_TOLD = re.compile(rf"其[他它]处理[^。;\n]{{0,30}}?(?:{_CASES})|(?:{_CASES})[^。;\n]{{0,20}}其[他它]处理")


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
        Case("说了是撤回", {"prose": {"一": "收到政府信息公开申请70件。“其他处理”1件为申请人主动撤回。"}}),
        Case(
            "说了计入其他处理的是什么",
            {"prose": {"一": "收到政府信息公开申请70件，另有1件经沟通后申请人撤回，计入“其他处理”。"}},
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
    explained = claims(subject, *_EXPLAINING) or _TOLD.search(subject.prose.text)
    if others and not explained:
        yield Violation(f"表三“(六)其他处理 3.其他”{figure(others)}件未作说明。", (filled.place(_OTHERS),), others)
