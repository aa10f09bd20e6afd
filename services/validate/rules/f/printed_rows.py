"""Which printed rows are none of the form's: sub-totals of its groups, and additions."""

import re
from collections.abc import Iterator

from services.validate.subject import FilledTable
from shared.model.cell import PrintedRow

_NOT_LETTERS = re.compile(r"\W+|^[（(]?[一二三四五六七][）)、]?")


def _letters(label: str) -> str:
    return _NOT_LETTERS.sub("", _NOT_LETTERS.sub("", label, count=1))


def group_of(filled: FilledTable, label: str) -> str | None:
    """Return the group of the form's rows that a label names, alone or as its sub-total; None where it names none."""
    groups = {_letters(group): group for row in filled.form.rows for group in row.groups}
    return groups.get(re.sub("[小合]计$", "", _letters(label)))


def unknown_rows(filled: FilledTable) -> tuple[PrintedRow, ...]:
    """Return the printed rows with figures that are no rows of the form."""
    return tuple(row for row in filled.table.printing.rows if row.row is None and row.figures)


def added_rows(filled: FilledTable) -> Iterator[PrintedRow]:
    """Yield the rows with figures that the form does not have; headings of groups and their sub-totals are no additions."""
    yield from (
        row
        for row in unknown_rows(filled)
        if _letters(row.label) not in {"", "小计", "合计"} and not group_of(filled, row.label)
    )
