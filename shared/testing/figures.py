"""Figures drawn by chance for made reports, and whether a reading of them says what was printed."""

import random
from collections.abc import Mapping, Sequence

from shared.forms import FORMS
from shared.model.cell import Cell, FormEdition, Table, TableNumber
from shared.testing.sheets import Figures

Misread = tuple[TableNumber, str, Cell]

COUNTS = tuple(map(str, (0, 0, 0, *range(1, 40), 117, 1186, 20_000)))
"""What an orderly report prints."""
ODD = (
    *("", "", "/", "—", "无", "\uff15", "1,234", "0件", "12 3", "十五", "58①", "+3", "-2", "8.83", "251000元"),
    *COUNTS,
)
"""What stands in cells besides: blanks, strokes, words, full width, units, marks."""


def drawn(chance: random.Random, edition: FormEdition = "2021", printed: Sequence[str] = COUNTS) -> Figures:
    """Return something printed in every cell of an edition's tables."""
    return {
        (number, *address): chance.choice(printed)
        for number, table in FORMS[edition].tables.items()
        for address in table.addresses
    }


def misread(tables: Mapping[TableNumber, Table], figures: Figures) -> list[Misread]:
    """Return the cells that say something else than was printed there, each with that."""
    return [
        (number, figures.get((number, cell.row, cell.column), "0"), cell)
        for number, table in tables.items()
        for cell in table.cells
        if cell.state not in {"missing", "unplaced"}
        and (cell.raw or "").strip() != figures.get((number, cell.row, cell.column), "0").strip()
    ]


def unread(tables: Mapping[TableNumber, Table]) -> list[tuple[TableNumber, str, str]]:
    """Return the addresses of cells that were refused or lost."""
    return [
        (number, cell.row, cell.column)
        for number, table in tables.items()
        for cell in table.cells
        if cell.state in {"missing", "unplaced"}
    ]
