"""The official tables laid out as they are printed, spans and all: what every rendering of a made report starts from."""

from collections.abc import Mapping
from typing import NamedTuple

from shared.forms import FORMS
from shared.forms.form import FormTable, Row
from shared.model.cell import FormEdition, TableNumber

Figures = Mapping[tuple[TableNumber, str, str], str]
"""(table, row path, column name) -> what is printed there; a cell that is not named prints 0."""


class Printed(NamedTuple):
    """A printed cell and how many columns and rows it spans."""

    text: str
    columns: int = 1
    rows: int = 1
    value: bool = False


Sheet = list[list[Printed]]

WIDTHS: dict[TableNumber, int] = {"2": 4, "3": 10, "4": 15}
_OUTCOMES = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")


def sheet(number: TableNumber, edition: FormEdition, figures: Figures) -> Sheet:
    """Return an official table as rows of printed cells; a covered position has no cell."""
    table = FORMS[edition].tables[number]
    if number == "2":
        return _sheet2(table, figures)
    return _sheet3(table, figures) if number == "3" else _sheet4(table, figures)


def _values(table: FormTable, row: Row, figures: Figures, width: int) -> list[Printed]:
    """Return the value cells of a row; the last one spans what is left of the width."""
    values = [Printed(figures.get((table.number, row.path, column.name), "0"), value=True) for column in row.columns]
    spare = width - len(values)
    return [*values[:-1], values[-1]._replace(columns=1 + spare)]


def _sheet2(table: FormTable, figures: Figures) -> Sheet:
    rows: Sheet = []
    caption: tuple[str, ...] = ()
    for row in table.rows:
        if row.groups != caption:
            caption = row.groups
            heads = [Printed(column.label) for column in row.columns]
            heads[-1] = heads[-1]._replace(columns=4 - len(heads))
            rows += [[Printed(caption[0], 4)], [Printed("信息内容"), *heads]]
        rows.append([Printed(row.label), *_values(table, row, figures, 3)])
    return rows


def _sheet3(table: FormTable, figures: Figures) -> Sheet:
    names = [column.label for column in table.rows[0].columns]
    rows: Sheet = [
        [Printed(table.captions[0], 3, 3), Printed("申请人情况", 7)],
        [Printed(names[0], 1, 2), Printed("法人或其他组织", 5), Printed(names[-1], 1, 2)],
        [Printed(name) for name in names[1:-1]],
    ]
    before: tuple[str, ...] = ()
    for row in table.rows:
        opened = [
            Printed(group, 1, sum(other.groups[: depth + 1] == row.groups[: depth + 1] for other in table.rows))
            for depth, group in enumerate(row.groups)
            if before[: depth + 1] != row.groups[: depth + 1]
        ]
        rows.append([*opened, Printed(row.label, 3 - len(row.groups)), *_values(table, row, figures, 7)])
        before = row.groups
    return rows


def _sheet4(table: FormTable, figures: Figures) -> Sheet:
    return [
        [Printed("行政复议", 5), Printed("行政诉讼", 10)],
        [*(Printed(name, 1, 2) for name in _OUTCOMES), Printed("未经复议直接起诉", 5), Printed("复议后起诉", 5)],
        [Printed(name) for name in _OUTCOMES * 2],
        [value for row in table.rows for value in _values(table, row, figures, 5)],
    ]


class Place(NamedTuple):
    """What stands at a position of a row: a cell in its first row, or (`above`) the continuation of one that began above."""

    column: int
    cell: Printed
    above: bool = False


def places(printed: Sheet) -> list[list[Place]]:
    """Return for each row its cells and the continuations of cells from above, by their columns, without gaps."""
    rows: list[list[Place]] = []
    going_on: dict[int, tuple[Printed, int]] = {}  # column -> a cell, and how many rows it still fills
    for row in printed:
        begun, column, placed, left = iter(row), 0, list[Place](), dict(going_on)
        while True:
            cell, above = (left.pop(column)[0], True) if column in left else (next(begun, None), False)
            if cell is None:
                break
            placed.append(Place(column, cell, above))
            going_on[column] = (cell, (going_on[column][1] if above else cell.rows) - 1)
            column += cell.columns
        going_on = {column: (cell, rows_left) for column, (cell, rows_left) in going_on.items() if rows_left > 0}
        rows.append(placed)
    return rows


def width(printed: Sheet) -> int:
    """Return how many columns a table has."""
    return max(row[-1].column + row[-1].cell.columns for row in places(printed) if row)


def full_rows(printed: Sheet, width: int) -> list[list[Printed]]:
    """Return the rows with every position filled: covered ones as empty cells."""
    rows: list[list[Printed | None]] = [[None] * width for _ in printed]
    for number, row in enumerate(printed):
        for cell in row:
            column = rows[number].index(None)
            for below in range(cell.rows):
                rows[number + below][column : column + cell.columns] = [Printed("")] * cell.columns
            rows[number][column] = cell
    return [[cell or Printed("") for cell in row] for row in rows]
