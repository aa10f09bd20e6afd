"""The official tables as drawn on paper: rows of drawn cells with spans, the figures as read in their places."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from shared.forms import FORMS
from shared.forms.form import Column, FormTable, Row
from shared.forms.shared_tables import BALANCE_NOTE
from shared.model.cell import Cell, Table, TableNumber
from shared.output.meanings import edition_of


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label that covers `across` columns and `down` rows."""

    text: str
    across: int = 1
    down: int = 1
    caption: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """The place of a figure, `across` columns wide."""

    cell: Cell
    across: int = 1


DrawnRow = tuple[Label | Figure, ...]

_TABLE2_WIDTH = 4
_LABEL_WIDTH = 3


def draw(number: TableNumber, table: Table) -> tuple[DrawnRow, ...]:
    """Return the rows of the official table with the figures as read."""
    form = FORMS[edition_of(number, table)].tables[number]
    rows = {"2": _table2, "3": _table3, "4": _table4}[number](form, table)
    return tuple(rows)


def _figures(row: Row, table: Table, spread: tuple[int, ...] | None = None) -> DrawnRow:
    widths = spread or (1,) * len(row.columns)
    return tuple(
        Figure(table.cell(row.path, column.name), width) for column, width in zip(row.columns, widths, strict=True)
    )


def _spread(columns: tuple[Column, ...]) -> tuple[int, ...]:
    """Widths that fill table 2 behind the row label: the last column takes what is left."""
    left = _TABLE2_WIDTH - 1
    return (*(1,) * (len(columns) - 1), left - len(columns) + 1)


def _table2(form: FormTable, table: Table) -> Iterator[DrawnRow]:
    for groups, rows in groupby(form.rows, key=lambda row: row.groups):
        yield (Label(groups[0], across=_TABLE2_WIDTH, caption=True),)
        for columns, alike in groupby(rows, key=lambda row: row.columns):
            widths = _spread(columns)
            heads = (Label(column.label, across=width) for column, width in zip(columns, widths, strict=True))
            yield (Label("信息内容"), *heads)
            for row in alike:
                yield (Label(row.label), *_figures(row, table, widths))


def _table3(form: FormTable, table: Table) -> Iterator[DrawnRow]:
    natural, *legal, total = form.rows[0].columns
    yield (Label(BALANCE_NOTE, across=_LABEL_WIDTH, down=3), Label("申请人情况", across=len(form.rows[0].columns)))
    yield (
        Label(natural.label, down=2),
        Label("法人或其他组织", across=len(legal)),
        Label(total.label, down=2),
    )
    yield tuple(Label(column.label) for column in legal)
    for index, row in enumerate(form.rows):
        own = Label(row.label, across=_LABEL_WIDTH - len(row.groups))
        yield (*_groups_beginning(form.rows, index), own, *_figures(row, table))


def _groups_beginning(rows: tuple[Row, ...], index: int) -> Iterator[Label]:
    """Yield the group labels whose first row this is, each as tall as its group."""
    for depth, group in enumerate(rows[index].groups, start=1):
        path = rows[index].groups[:depth]
        if index and rows[index - 1].groups[:depth] == path:
            continue
        yield Label(group, down=sum(row.groups[:depth] == path for row in rows))


def _table4(form: FormTable, table: Table) -> Iterator[DrawnRow]:
    review, *suits = form.rows
    outcomes = [column.label for column in review.columns]
    yield (
        Label(review.label, across=len(outcomes)),
        Label(suits[0].groups[0], across=sum(len(suit.columns) for suit in suits)),
    )
    yield (
        *(Label(outcome, down=2) for outcome in outcomes),
        *(Label(suit.label, across=len(suit.columns)) for suit in suits),
    )
    yield tuple(Label(column.label) for suit in suits for column in suit.columns)
    yield tuple(figure for row in form.rows for figure in _figures(row, table))
