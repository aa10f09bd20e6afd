"""Places of the official tables by the short names that a clerk sees: “(三)不予公开 1.属于国家秘密”."""

import functools
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from shared.forms import FORMS, form_of_year
from shared.forms.form import Row
from shared.model.cell import FormEdition, TableNumber
from shared.model.finding import CellPlace

ORDINALS: dict[TableNumber, str] = {"2": "二", "3": "三", "4": "四"}

# "1.", "一、" and "（三）" stand before a row's label in the form; the rest of a long label is explanation.
_NUMBERING = re.compile(r"（[一二三四五六七]）|[一二三四]、|\d\.")
_NARROW = str.maketrans("（）", "()")


def printed_table(table: TableNumber) -> str:
    """Return the name of a table: "表三"."""
    return f"表{ORDINALS[table]}"


def _own_name(row: Row) -> str:
    numbering = _NUMBERING.match(row.label)
    return f"{numbering.group()}{row.path.rsplit('/', 1)[-1]}" if numbering else row.label


@functools.cache
def printed_row(edition: FormEdition, table: TableNumber, path: str) -> str:
    """Return the short printed name of a row with its group: "(五)不予处理 2.重复申请"; KeyError for an unknown row."""
    row = FORMS[edition].tables[table].row(path)
    inside_group = "/" in path or table == "4"
    group = f"{row.groups[-1]} " if row.groups and inside_group else ""
    return f"{group}{_own_name(row)}".translate(_NARROW)


@functools.cache
def printed_column(edition: FormEdition, table: TableNumber, column: str) -> str:
    """Return the printed name of a column without its unit: "本年增/减"; KeyError for an unknown column."""
    for row in FORMS[edition].tables[table].rows:
        for each in row.columns:
            if each.name == column:
                return each.label.split("（", 1)[0]
    raise KeyError(column)


def printed_cell(edition: FormEdition, table: TableNumber, path: str, column: str) -> str:
    """Return the printed name of a cell, row and column: "一、本年新收·自然人"."""
    return f"{printed_row(edition, table, path)}·{printed_column(edition, table, column)}"


def printed_cells(edition: FormEdition, table: TableNumber, addresses: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield the names of cells in quotes; a row of which all cells are among them is named once: “二、上年结转”整行."""
    among = Counter(row for row, _ in addresses)
    for path, cells in among.items():
        if 1 < cells == len(FORMS[edition].tables[table].row(path).columns):
            yield f"“{printed_row(edition, table, path)}”整行"
        else:
            columns = (column for row, column in addresses if row == path)
            yield from (f"“{printed_cell(edition, table, path, column)}”" for column in columns)


def printed_place(edition: FormEdition, place: CellPlace) -> str:
    """Return the name of a table, row, column or cell as a notice prints it: 表三“一、本年新收·自然人”."""
    table = printed_table(place.table)
    if place.row is not None and place.column is not None:
        return f"{table}“{printed_cell(edition, place.table, place.row, place.column)}”"
    if place.row is not None:
        return f"{table}“{printed_row(edition, place.table, place.row)}”行"
    if place.column is not None:
        return f"{table}“{printed_column(edition, place.table, place.column)}”列"
    return table


def edition_printing(place: CellPlace, year: int | None) -> FormEdition:
    """Return the edition that prints this row and column: the one of the report's year if it has them, else the other.

    A report in the wrong form names cells of that form, and a judgement does not say which one was used.
    KeyError for a place that no form has.
    """
    due = form_of_year(year) if year is not None else None
    for form in sorted(FORMS.values(), key=lambda form: form is not due):
        addresses = form.tables[place.table].addresses
        if any(place.row in {None, row} and place.column in {None, column} for row, column in addresses):
            return form.edition
    raise KeyError((place.table, place.row, place.column))
