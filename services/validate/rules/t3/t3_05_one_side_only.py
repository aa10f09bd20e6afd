"""表三只填了总计、各类申请人全部为0或者没填，或者反过来只填了各类申请人。

为什么：申请人类型是法定统计口径，只填一边就无法按类型汇总。
有两行以上如此才算，一行不符归T3-01。报了这一条，各行合计不符（T3-01）不再逐行报。
"""

from collections.abc import Iterable, Iterator

from services.validate.equations import TOTAL, Equation, row_sums
from services.validate.operands import obstacles, unchecked
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Address, FilledTable, Subject
from shared.model.finding import CellPlace
from shared.model.reasons import Reason

_APPLICANTS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
_SERIES = 2


@rule(
    id="T3-05",
    severity="E",
    tables=("3",),
    basis=("F30", "F60"),
    replaces=("T3-01",),
    breaks=(
        Case("各类申请人全部填0", {f"table3//{column}": 0 for column in _APPLICANTS}),
        Case("各类申请人全部没填", {f"table3//{column}": None for column in _APPLICANTS}),
        Case("总计栏全部填0", {f"table3//{TOTAL}": 0}, edition="2019"),
    ),
    silent=(
        Case(
            "只有一行的总计填错",
            {**{f"table3//{column}": 0 for column in (*_APPLICANTS, TOTAL)}, "table3/本年新收/总计": 1},
        ),
        Case("全部为0", {f"table3//{column}": 0 for column in (*_APPLICANTS, TOTAL)}),
    ),
)
def one_side_only(subject: Subject) -> Iterator[Violation | Unchecked]:
    """表三只填了总计，或者只填了各类申请人"""
    filled = subject.filled["3"]
    equations = row_sums(filled.edition)
    hindering = _unknown(filled, equations)
    if hindering:
        yield unchecked(filled, hindering)
        return
    totals = sum(any(_filled_in(filled, a) for a in equation.read) for equation in equations)
    parts = sum(any(_filled_in(filled, a) for a in equation.expected) for equation in equations)
    applicants, total = tuple(CellPlace("3", None, name) for name in _APPLICANTS), CellPlace("3", None, TOTAL)
    if totals >= _SERIES and not parts:
        yield _violation(subject, "只填了总计，未按申请人类型填写。", (*applicants, total), "请按申请人类型填写各栏。")
    elif parts >= _SERIES and not totals:
        yield _violation(subject, "只按申请人类型填写，未填总计。", (total, *applicants), "请填写总计栏。")


def _violation(subject: Subject, message: str, places: tuple[CellPlace, ...], suggestion: str) -> Violation:
    return Violation(f"表三{message}", places, severity=subject.deviation, suggestion=suggestion)


def _unknown(filled: FilledTable, equations: Iterable[Equation]) -> dict[Address, Reason]:
    """Return the cells of which it is not known whether a figure stands in them."""
    hindering = obstacles(filled, (each for equation in equations for each in (*equation.read, *equation.expected)))
    return {at: reason for at, reason in hindering.items() if reason not in {"operand_blank", "operand_placeholder"}}


def _filled_in(filled: FilledTable, address: Address) -> bool:
    return filled.operands.get(address, 0) != 0
