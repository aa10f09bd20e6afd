"""表三一列中，本年新收加上年结转，不等于办理结果总计加结转下年度。

为什么：表头的勾稽关系就是这一条：第一项加第二项之和，等于第三项加第四项之和。
总计栏与恰好一类申请人差数相同的，是同一处错误，合报一次，列出两列。
"""

from collections.abc import Iterator

from services.validate.equations import TOTAL, Failing, balances, tried
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import FilledTable, Subject
from services.validate.wording import figure, size
from shared.forms.printed import printed_column


@rule(
    id="T3-02",
    severity="E",
    tables=("3",),
    basis=("F30", "F60"),
    suggestion="请核对新收、上年结转、办理结果总计、结转下年度四个数。",
    breaks=(
        Case("上年结转的自然人多1件", {"table3/上年结转/自然人": 5, "table3/上年结转/总计": 6}),
        Case("结转下年度少2件", {"table3/结转下年度/总计": 5}, edition="2019"),
    ),
    silent=(
        Case("新收没填，无从核对", {"table3/本年新收/总计": None}),
        Case("某一项办理结果填错，总计没错", {"table3/予以公开/总计": 23}),
    ),
)
def balance(subject: Subject) -> Iterator[Violation | Unchecked]:
    """表三收件与办理结果不平"""
    filled = subject.filled["3"]
    results = list(tried(filled, balances(filled.edition)))
    yield from (result for result in results if isinstance(result, Unchecked))
    failing = [result for result in results if isinstance(result, Failing)]
    in_total = next((each for each in failing if each.equation.name == TOTAL), None)
    same = [each for each in failing if in_total and each is not in_total and each.difference == in_total.difference]
    if in_total and len(failing) == 2 and same:
        yield _violation(filled, in_total, same[0])
        return
    yield from (_violation(filled, each) for each in failing)


def _violation(filled: FilledTable, failing: Failing, also: Failing | None = None) -> Violation:
    equation = failing.equation
    received, carried_in, handled, carried_out = (
        figure(filled.operands[address]) for address in (*equation.read, *equation.expected)
    )
    column = printed_column(filled.edition, "3", equation.name)
    same = f"“{printed_column(filled.edition, '3', also.equation.name)}”列的差数相同。" if also else ""
    message = (
        f"表三“{column}”列：新收{received}+上年结转{carried_in}={figure(failing.read)}，"
        f"办理结果总计{handled}+结转下年{carried_out}={figure(failing.expected)}，"
        f"相差{figure(size(failing.difference))}。{same}"
    )
    cells = [each for found in (failing, also) if found for each in (*found.equation.read, *found.equation.expected)]
    return Violation(message, filled.places(cells), failing.read, failing.expected, failing.difference)
