"""Which printed rows are none of the form's."""

import re
from collections.abc import Iterator

from services.validate.subject import FilledTable
from shared.model.cell import PrintedRow

_NOT_LETTERS = re.compile(r"\W+|^[（(]?[一二三四五六七][）)、]?")


def _letters(label: str) -> str:
    return _NOT_LETTERS.sub("", _NOT_LETTERS.sub("", label, count=1))


def added_rows(filled: FilledTable) -> Iterator[PrintedRow]:
    """Yield the rows with figures that the form does not have; headings of groups and their sub-totals are no additions."""
    unknown = [row for row in filled.table.printing.rows if row.row is None and row.figures]
    if unknown:
        groups = {_letters(group) for row in filled.form.rows for group in row.groups}
        yield from (row for row in unknown if _letters(row.label).removesuffix("小计") not in {"", *groups})
