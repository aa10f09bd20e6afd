"""表三一列中，各项办理结果之和不等于“(七)总计”。

为什么：“(七)总计”是(一)到(六)各分项的合计（现行格式21项，试行格式19项）。
读到的是“(七)总计”，应为各项之和。每列报一次。
"""

from collections.abc import Iterator

from services.validate.equations import Failing, broken, outcome_sums
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from services.validate.wording import figure, size
from shared.forms.printed import printed_column
from shared.model.cell import FormEdition


@rule(
    id="T3-03",
    severity="E",
    tables=("3",),
    basis=("F30", "F60"),
    suggestion="请核对该列各项办理结果和“(七)总计”。",
    breaks=(
        Case("予以公开的总计多1件", {"table3/予以公开/总计": 23}),
        Case("其他处理少1件", {"table3/其他处理/自然人": 1}, edition="2019"),
    ),
    silent=(
        Case("有一项没填，无从核对", {"table3/不予公开/属于国家秘密/总计": None}),
        Case("只有新收填错", {"table3/本年新收/总计": 71}),
    ),
)
def outcome_sum(subject: Subject) -> Iterator[Violation | Unchecked]:
    """表三各项办理结果之和与总计不符"""
    filled = subject.filled["3"]
    yield from broken(filled, outcome_sums(filled.edition), lambda failing: _message(filled.edition, failing))


def _message(edition: FormEdition, failing: Failing) -> str:
    column = printed_column(edition, "3", failing.equation.name)
    return (
        f"表三“{column}”列：各项办理结果之和{figure(failing.expected)}，"
        f"“(七)总计”为{figure(failing.read)}，相差{figure(size(failing.difference))}。"
    )
