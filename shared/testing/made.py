"""A made report before it is written in any format: its parts, and what is printed in its cells."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from shared.forms import FORMS
from shared.forms.form import Row
from shared.model.cell import FormEdition, TableNumber
from shared.testing.layouts import Laid, outline
from shared.testing.sheets import Figures, Sheet


@dataclass(frozen=True)
class Made:
    """A made report: its edition, its parts in order, and what is printed in each cell."""

    edition: FormEdition
    parts: Sequence[str | Laid]
    figures: Figures


Published = Callable[[random.Random, Made], Made]


def made(figures: Figures, edition: FormEdition) -> Made:
    """Return an undamaged report."""
    return Made(edition, outline(figures, edition), figures)


def each_table(change: Callable[[random.Random, TableNumber, Sheet], Sheet]) -> Published:
    """Return the damage that changes every table, and no figure."""

    def damage(chance: random.Random, report: Made) -> Made:
        parts = [
            part if isinstance(part, str) else replace_sheet(part, change(chance, part.number, part.sheet))
            for part in report.parts
        ]
        return replace(report, parts=parts)

    return damage


def replace_sheet(laid: Laid, printed: Sheet) -> Laid:
    """Return a table laid out otherwise."""
    return laid._replace(sheet=printed)


def rows_of(report: Made, number: TableNumber) -> Sequence[Row]:
    """Return the rows of a table of this report's form."""
    return FORMS[report.edition].tables[number].rows
