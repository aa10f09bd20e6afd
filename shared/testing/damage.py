"""What spoils published reports, as data: a report is altered before it is written in any format (`PUBLISHED`).

Each takes what a report consists of and what is printed in its cells, and returns both: where two printings contradict each
other or a row is gone, nothing is printed for certain. What copying and extraction do to text alone is in `extraction.py`.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import replace

from shared.model.cell import TableNumber
from shared.testing.damaged_labels import (
    HEADS,
    broken,
    groups_in_every_row,
    in_two_cells,
    letter_by_letter,
    lost_letters,
    lost_line,
    on_labels,
    spaced,
    wrong_letter,
)
from shared.testing.damaged_pages import columns_exchanged, has_one_head, over_pages, row_over_pages, second_head
from shared.testing.layouts import Laid
from shared.testing.made import Made, Published, each_table, replace_sheet, rows_of
from shared.testing.sheet_edits import head_rows, inserted, moved, own_cells, relabelled, row_of, with_column, without
from shared.testing.sheets import Printed, Sheet, width
from shared.testing.traditional import in_traditional, in_words_of_taiwan

_BY_ROWS: tuple[TableNumber, ...] = ("2", "3")


def _on_rows(change: Callable[[random.Random, Sheet, int], Sheet], times: int, *, gone: bool = False) -> Published:
    """Return the damage to a few rows of tables 2 and 3; `gone`: nothing is certain of them then."""

    def damage(chance: random.Random, report: Made) -> Made:
        figures, parts = dict(report.figures), list[str | Laid]()
        chosen = {number: chance.sample(rows_of(report, number), times) for number in _BY_ROWS}
        for part in report.parts:
            for row in () if isinstance(part, str) else chosen.get(part.number, ()):
                assert isinstance(part, Laid)
                at = row_of(part.sheet, row.label)
                if at is not None:
                    part = replace_sheet(part, change(chance, part.sheet, at))  # noqa: PLW2901 - the table as it is by now
                    for column in row.columns if gone else ():
                        figures.pop((part.number, row.path, column.name), None)
            parts.append(part)
        return replace(report, parts=parts, figures=figures)

    return damage


def _without(_: random.Random, printed: Sheet, at: int) -> Sheet:
    return without(printed, at)


def _again(_: random.Random, printed: Sheet, at: int) -> Sheet:
    return inserted(printed, at, own_cells(printed, at)) if at > head_rows(printed) else printed


def _otherwise_again(chance: random.Random, printed: Sheet, at: int) -> Sheet:
    """Print a row again with other figures, before or behind it, near or far."""
    cells = [
        cell._replace(text=str(chance.randrange(90, 99))) if cell.value else cell for cell in own_cells(printed, at)
    ]
    there = chance.randrange(head_rows(printed) + 1, len(printed))
    return inserted(printed, chance.choice((at, there)) if at > head_rows(printed) else there, cells)


def _foreign_row(chance: random.Random, printed: Sheet, at: int) -> Sheet:
    """Put a row in that the form does not have: a sum, a note, or what a portal writes on a page."""
    wide = width(printed)
    values = [Printed(str(chance.randrange(99)), value=True) for _ in range(min(7, wide - 1))]
    rows = (
        [Printed("小计", wide - len(values)), *values],
        [Printed("合计", wide - 1), Printed("12", value=True)],
        [Printed("备注：以上数据截至12月31日", wide)],
        [Printed("3", wide)],
        [Printed("第 3 页", wide)],
        [Printed("字号：大 中 小", wide)],
        [Printed("", wide)],
    )
    return inserted(printed, at, chance.choice(rows))


def _moved(chance: random.Random, printed: Sheet, at: int) -> Sheet:
    other = chance.randrange(head_rows(printed), len(printed)) if has_one_head(printed) else at
    labels = [cell.text for cell in own_cells(printed, other) if not cell.value]
    return moved(printed, at, other) if other != at and len(labels) == 1 and labels[0] not in HEADS else printed


def _more_columns(chance: random.Random, number: TableNumber, printed: Sheet) -> Sheet:
    """Add a column: a serial number before the labels, a sum before the total, a remark at the end, or nothing at all."""
    wide, head = width(printed), head_rows(printed)
    at, name = chance.choice(((0, "序号"), (wide, "备注"), (wide, ""), (wide - 1, "小计")))
    if number == "4" and at == 0:
        return printed
    filled = at == 0 or chance.random() < 0.6
    values = iter([str(chance.randrange(60)) if filled else "" for _ in printed])
    named = [row > 0 and len(cells) > 1 and row >= head - 2 for row, cells in enumerate(printed)]
    texts = [
        next(values) if any(cell.value for cell in cells) else name * named[row] for row, cells in enumerate(printed)
    ]
    return with_column(printed, at, texts)


def _traditional(chance: random.Random, report: Made) -> Made:
    return _translated(report, lambda text: in_traditional(chance, text))


def _of_taiwan(chance: random.Random, report: Made) -> Made:
    return _translated(report, lambda text: in_traditional(chance, in_words_of_taiwan(text)))


def _translated(report: Made, change: Callable[[str], str]) -> Made:
    parts = [
        change(part)
        if isinstance(part, str)
        else replace_sheet(part, relabelled(part.sheet, lambda _, text: change(text)))
        for part in report.parts
    ]
    return replace(report, parts=parts)


def _twice(chance: random.Random, report: Made) -> Made:
    """Print the whole report twice, for desktops and for telephones, with its title again or without."""
    begin = chance.choice((0, 1))
    return replace(report, parts=[*report.parts, *report.parts[begin:]])


PUBLISHED: Mapping[str, Published] = {
    "nothing": lambda _, report: report,
    "wrong letters in row labels": on_labels(wrong_letter, 0.3, heads=False),
    "wrong letters in most row labels": on_labels(wrong_letter, 0.7, heads=False),
    "letters lost from row labels": on_labels(lost_letters, 0.3, heads=False),
    "wrong letters in heads": on_labels(wrong_letter, 0.4, heads=True),
    "letters lost from heads": on_labels(lost_letters, 0.4, heads=True),
    "heads without their second line": on_labels(lost_line, 0.6, heads=True),
    "heads broken over lines": on_labels(broken, 0.6, heads=True),
    "heads letter by letter": on_labels(letter_by_letter, 0.4, heads=True),
    "row labels broken over lines": on_labels(broken, 0.5, heads=False),
    "row labels spaced": on_labels(spaced, 0.5, heads=False),
    "row labels in two cells": each_table(in_two_cells),
    "group labels in every row": each_table(groups_in_every_row),
    "tables broken over pages": over_pages,
    "rows broken over pages": row_over_pages,
    "traditional characters": _traditional,
    "words of Taiwan": _of_taiwan,
    "columns in another order": columns_exchanged,
    "a second head in another order": second_head,
    "a column more": each_table(_more_columns),
    "rows missing": _on_rows(_without, 3, gone=True),
    "rows twice": _on_rows(_again, 2),
    "rows twice, otherwise": _on_rows(_otherwise_again, 2, gone=True),
    "rows of others": _on_rows(_foreign_row, 2),
    "rows in another order": _on_rows(_moved, 2),
    "the whole report twice": _twice,
}
"""Name -> what it does to a report before it is written."""
