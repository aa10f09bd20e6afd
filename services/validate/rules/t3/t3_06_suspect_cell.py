"""在表三不成立的等式中，找出唯一一个单元格：只改它一个数，所有不成立的等式都成立，成立的等式都不受影响。

为什么：一个数填错，往往使行、列几个等式同时不成立；指出最可能填错的一格，经办人可以直接核对。
不单独成为问题，附在T3-01、T3-02、T3-03的问题上。这样的单元格不止一个的，不作建议；改成负数才能成立的不算。
系统只提示，从不代为更正。
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from services.validate.equations import Equation, Failing, balances, outcome_sums, row_sums, tried
from services.validate.rule import Case, Diagnosis, rule
from services.validate.subject import Address, FilledTable, Subject
from services.validate.wording import figure
from shared.forms.printed import printed_cell
from shared.model.finding import Suspect
from shared.model.number import Number

_EXPLAINS = ("T3-01", "T3-02", "T3-03")


@rule(
    id="T3-06",
    severity=None,
    tables=("3",),
    basis=("F30", "F60"),
    breaks=(
        Case("新收总计多1件", {"table3/本年新收/总计": 71}),
        Case("重复申请的自然人少1件", {"table3/不予处理/重复申请/自然人": 0}, edition="2019"),
    ),
    silent=(
        Case("等式都成立"),
        Case("两行各有一处填错", {"table3/本年新收/总计": 71, "table3/予以公开/自然人": 20}),
    ),
)
def suspect_cell(subject: Subject) -> Iterator[Diagnosis]:
    """最可能填错的单元格"""
    filled = subject.filled["3"]
    edition = filled.edition
    equations = (*row_sums(edition), *balances(edition), *outcome_sums(edition))
    results = list(tried(filled, equations))
    failing = [result for result in results if isinstance(result, Failing)]
    if failing:
        yield from _diagnosed(filled, list(_suspects(filled, failing, _assessable(filled, equations))))


def _assessable(filled: FilledTable, equations: Iterable[Equation]) -> list[Equation]:
    known = filled.operands.keys()
    return [equation for equation in equations if known >= {*equation.read, *equation.expected}]


def _suspects(
    filled: FilledTable, failing: list[Failing], assessable: list[Equation]
) -> Iterator[tuple[Address, Number]]:
    """Yield each cell that stands in all failing equations and in no other, where one value settles them all."""
    uses: defaultdict[Address, int] = defaultdict(int)
    for equation in assessable:
        for address in (*equation.read, *equation.expected):
            uses[address] += 1
    for address in (*failing[0].equation.read, *failing[0].equation.expected):
        changes = {_change(each, address) for each in failing}
        if len(changes) == 1 and None not in changes and uses[address] == len(failing):
            should_be = filled.operands[address] + (changes.pop() or 0)
            if should_be >= 0:
                yield address, should_be


def _change(failing: Failing, address: Address) -> Number | None:
    """Return by how much the cell must change for the equation to hold; None if it is not part of it."""
    if address in failing.equation.read:
        return -failing.difference
    return failing.difference if address in failing.equation.expected else None


def _diagnosed(filled: FilledTable, suspects: list[tuple[Address, Number]]) -> Iterator[Diagnosis]:
    if len(suspects) > 1:
        yield Diagnosis(_EXPLAINS, "ambiguous", None)
    for address, should_be in suspects if len(suspects) == 1 else ():
        value = filled.operands[address]
        name = printed_cell(filled.edition, "3", *address)
        suggestion = f"最可能有误的单元格：“{name}”，现为{figure(value)}，按勾稽关系应为{figure(should_be)}。"
        yield Diagnosis(_EXPLAINS, Suspect("3", *address, value, should_be), suggestion)
