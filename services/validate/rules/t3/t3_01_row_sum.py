"""表三一行中，六类申请人之和不等于总计栏。

为什么：总计就是各类申请人的合计，两者不等，必有一处填错。
读到的是总计栏，应为六类之和。每行报一次。
"""

from collections.abc import Iterator

from services.validate.equations import Failing, broken, row_sums
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from services.validate.wording import figure, size
from shared.forms.printed import printed_row
from shared.model.cell import FormEdition


@rule(
    id="T3-01",
    severity="E",
    tables=("3",),
    basis=("F30", "F60"),
    suggestion="请核对该行各栏后更正。",
    breaks=(
        Case("新收总计多1件", {"table3/本年新收/总计": 71}),
        Case("不掌握信息的自然人少1件", {"table3/无法提供/本机关不掌握相关政府信息/自然人": 16}, edition="2019"),
    ),
    silent=(
        Case("有一栏没填，无从核对", {"table3/本年新收/自然人": None}),
        Case("只有总数不平，各行都对", {"table3/上年结转/自然人": 5, "table3/上年结转/总计": 6}),
    ),
)
def row_sum(subject: Subject) -> Iterator[Violation | Unchecked]:
    """表三一行的合计与总计不符"""
    filled = subject.filled["3"]
    yield from broken(filled, row_sums(filled.edition), lambda failing: _message(filled.edition, failing))


def _message(edition: FormEdition, failing: Failing) -> str:
    row = printed_row(edition, "3", failing.equation.name)
    return (
        f"表三“{row}”：各类申请人合计{figure(failing.expected)}，"
        f"总计栏为{figure(failing.read)}，相差{figure(size(failing.difference))}。"
    )
