"""The equations of tables 3 and 4, and how one of them is tried on what is filled in."""

import functools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from services.validate.operands import obstacles, unchecked
from services.validate.rule import Unchecked, Violation
from services.validate.subject import Address, FilledTable
from shared.forms import FORMS
from shared.model.cell import FormEdition
from shared.model.number import Number

TOTAL = "总计"


@dataclass(frozen=True, slots=True)
class Equation:
    """The sum of the `read` cells equals the sum of the `expected` cells; `name` is its row or column."""

    name: str
    read: tuple[Address, ...]
    expected: tuple[Address, ...]


@dataclass(frozen=True, slots=True)
class Failing:
    """An equation that does not hold, with the sums of its two sides."""

    equation: Equation
    read: Number
    expected: Number

    @property
    def difference(self) -> Number:
        """What is read less what is expected."""
        return self.read - self.expected


@functools.cache
def row_sums(edition: FormEdition) -> tuple[Equation, ...]:
    """Return T3-01: in each row of table 3 the total is the sum of the six applicant columns."""
    return tuple(
        Equation(
            row.path,
            ((row.path, TOTAL),),
            tuple((row.path, column.name) for column in row.columns if column.name != TOTAL),
        )
        for row in FORMS[edition].tables["3"].rows
    )


@functools.cache
def balances(edition: FormEdition) -> tuple[Equation, ...]:
    """Return T3-02: in each column of table 3, received and carried in are handled and carried out."""
    return tuple(
        Equation(
            column.name,
            (("本年新收", column.name), ("上年结转", column.name)),
            ((TOTAL, column.name), ("结转下年度", column.name)),
        )
        for column in FORMS[edition].tables["3"].row(TOTAL).columns
    )


@functools.cache
def outcome_sums(edition: FormEdition) -> tuple[Equation, ...]:
    """Return T3-03: in each column of table 3 the total is the sum of the 21 (2019: 19) outcomes."""
    form = FORMS[edition].tables["3"]
    outcomes = [row.path for row in form.rows if row.path not in {"本年新收", "上年结转", TOTAL, "结转下年度"}]
    return tuple(
        Equation(column.name, ((TOTAL, column.name),), tuple((path, column.name) for path in outcomes))
        for column in form.row(TOTAL).columns
    )


@functools.cache
def case_sum(edition: FormEdition, path: str) -> tuple[Equation, ...]:
    """Return T4: in a group of table 4 the total is the sum of the four results."""
    row = FORMS[edition].tables["4"].row(path)
    results = tuple((path, column.name) for column in row.columns if column.name != TOTAL)
    return (Equation(path, ((path, TOTAL),), results),)


def tried(filled: FilledTable, equations: Iterable[Equation]) -> Iterator[Failing | Unchecked]:
    """Try equations and yield those that fail and those that cannot be checked."""
    operand = filled.operands.__getitem__
    for equation in equations:
        try:
            read, expected = sum(map(operand, equation.read)), sum(map(operand, equation.expected))
        except KeyError:
            yield from _without_operands(filled, equation)
        else:
            if read != expected:
                yield Failing(equation, read, expected)


def _without_operands(filled: FilledTable, equation: Equation) -> Iterator[Unchecked]:
    """Say what stands in the way, unless blanks read as 0 make the equation hold (report year 2019 only)."""
    hindering = obstacles(filled, (*equation.read, *equation.expected))
    only_blanks = set(hindering.values()) == {"operand_blank"}
    if not (filled.blank_may_be_zero and only_blanks and _holds_with_zeros(filled, equation)):
        yield unchecked(filled, hindering)


def _holds_with_zeros(filled: FilledTable, equation: Equation) -> bool:
    read, expected = (sum(filled.operands.get(a, 0) for a in side) for side in (equation.read, equation.expected))
    return read == expected


def broken(
    filled: FilledTable, equations: Iterable[Equation], message: Callable[[Failing], str]
) -> Iterator[Violation | Unchecked]:
    """Yield a violation for each equation that fails, the side that is read first among its places."""
    for result in tried(filled, equations):
        if isinstance(result, Unchecked):
            yield result
        else:
            places = filled.places((*result.equation.read, *result.equation.expected))
            yield Violation(message(result), places, result.read, result.expected, result.difference)
