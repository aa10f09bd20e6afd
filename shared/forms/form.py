"""What an official form edition is made of: tables, rows and columns with their official labels."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from shared.model.cell import FormEdition, TableNumber

Kind = Literal["count", "change", "amount"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: short name (the address), official printed label, kind of figure, unit of an amount."""

    name: str
    label: str
    kind: Kind = "count"
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row: path (the address), official printed label, the group labels printed before it, its columns."""

    path: str
    label: str
    columns: tuple[Column, ...]
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class FormTable:
    """One official table: number, chapter title, the caption lines that head its parts, rows in order. There is one of each."""

    number: TableNumber
    title: str
    rows: tuple[Row, ...]
    captions: tuple[str, ...] = ()

    @cached_property
    def addresses(self) -> tuple[tuple[str, str], ...]:
        """All (row, column) addresses in the official order."""
        return tuple((row.path, column.name) for row in self.rows for column in row.columns)

    @cached_property
    def _rows(self) -> dict[str, Row]:
        return {row.path: row for row in self.rows}

    def row(self, path: str) -> Row:
        """Return the row with this path; KeyError if the form has none."""
        return self._rows[path]

    def column(self, path: str, name: str) -> Column:
        """Return a column of a row; KeyError if the form has none."""
        for column in self.row(path).columns:
            if column.name == name:
                return column
        raise KeyError((path, name))


@dataclass(frozen=True)
class Form:
    """A form edition: the document that ordered it and the report years it is for (last None: still in force)."""

    edition: FormEdition
    document: str
    first_year: int
    last_year: int | None
    tables: dict[TableNumber, FormTable]

    def covers(self, year: int) -> bool:
        """Whether reports for this year use this edition."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)
