"""What page breaks do to tables: cut between rows or within one, heads again, also in another order."""

import random
from dataclasses import replace

from shared.model.cell import TableNumber
from shared.testing.layouts import Laid
from shared.testing.made import Made, each_table, replace_sheet, rows_of
from shared.testing.sheet_edits import exchanged, head_rows, own_cells, row_of, split
from shared.testing.sheets import Sheet

_COLUMNS = ("商业企业", "科研机构", "社会公益组织", "法律服务机构")
_PAGE_ENDS = (
    (),
    ("— 3 —",),
    ("3",),
    ("第3页 共9页",),
    ("样例市数据局", "- 4 -"),
    ("扫一扫在手机打开当前页", "打印本页"),
)


def over_pages(chance: random.Random, report: Made) -> Made:
    """Break tables over pages: with or without the head and the groups again, and what stands between pages."""
    parts: list[str | Laid] = []
    for part in report.parts:
        if isinstance(part, str) or chance.random() < 0.3 or (head := max(1, head_rows(part.sheet))) >= len(part.sheet):
            parts.append(part)
            continue
        upper, lower = split(part.sheet, chance.randrange(head, len(part.sheet)), again=chance.random() < 0.5)
        again = part.sheet[:head] if chance.random() < 0.5 and part.number == "3" and has_one_head(part.sheet) else []
        parts += [replace_sheet(part, upper), *chance.choice(_PAGE_ENDS), replace_sheet(part, [*again, *lower])]
    return replace(report, parts=parts)


def has_one_head(printed: Sheet) -> bool:
    """Whether one head stands over all rows of a table."""
    names = [cell.text for row in printed for cell in row if cell.text in _COLUMNS]
    return len(names) == len(set(names))


def row_over_pages(chance: random.Random, report: Made) -> Made:
    """Break a table within a row: the label goes on in a row of the next page, the figures stand in either."""
    parts: list[str | Laid] = []
    for part in report.parts:
        at = _some_row(chance, report, part) if isinstance(part, Laid) else None
        if isinstance(part, str) or at is None:
            parts.append(part)
            continue
        label, *values = own_cells(part.sheet, at)
        cut = chance.randrange(1, max(2, len(label.text)))
        upper, lower = split(part.sheet, at, again=False)
        empty = [cell._replace(text="") for cell in values]
        filled = [values, empty] if chance.random() < 0.5 else [empty, values]
        opened = [cell for cell in lower[0] if cell.rows > 1 or (not cell.text and not cell.value)]
        begins = [*opened[: len(lower[0]) - len(values) - 1], label._replace(text=label.text[:cut]), *filled[0]]
        goes_on = [
            *(cell._replace(text="") for cell in begins[: len(begins) - len(values) - 1]),
            label._replace(text=label.text[cut:]),
            *filled[1],
        ]
        first = [cell._replace(rows=1) for cell in begins]
        parts += [
            replace_sheet(part, [*upper, first]),
            *chance.choice(_PAGE_ENDS),
            replace_sheet(part, [goes_on, *lower[1:]]),
        ]
    return replace(report, parts=parts)


def _some_row(chance: random.Random, report: Made, part: Laid) -> int | None:
    """Return a row of the table that has a label of its own; None for table 4."""
    rows = [at for row in rows_of(report, part.number) if (at := row_of(part.sheet, row.label)) is not None]
    return chance.choice(rows) if rows and part.number != "4" else None


def _other_order(chance: random.Random, number: TableNumber, printed: Sheet) -> Sheet:
    """Exchange two columns of table 3."""
    if number != "3" or not {*_COLUMNS} <= {cell.text for row in printed for cell in row}:
        return printed
    first, second = chance.sample(_COLUMNS, 2)
    return exchanged(printed, first, second)


def columns_exchanged(chance: random.Random, report: Made) -> Made:
    """Exchange two columns of table 3, where it stands in one piece: a further page without a head would contradict the first."""
    pieces = sum(isinstance(part, Laid) and part.number == "3" for part in report.parts)
    return each_table(_other_order)(chance, report) if pieces == 1 else report


def second_head(chance: random.Random, report: Made) -> Made:
    """Print the head of table 3 again on the next page, with columns in another order from there on."""
    parts: list[str | Laid] = []
    for part in report.parts:
        if isinstance(part, str) or part.number != "3" or (head := head_rows(part.sheet)) + 1 >= len(part.sheet):
            parts.append(part)
            continue
        upper, lower = split(part.sheet, chance.randrange(head + 1, len(part.sheet)), again=True)
        under = _other_order(chance, "3", [*part.sheet[:head], *lower])
        tables = [replace_sheet(part, upper), replace_sheet(part, under)]
        parts += tables if chance.random() < 0.5 else [replace_sheet(part, [*upper, *under])]
    return replace(report, parts=parts)
