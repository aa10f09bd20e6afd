"""Cells that were not read for certain: a finding must not rest on them."""

from collections.abc import Iterable, Iterator

from services.validate.rule import Unchecked
from services.validate.subject import FIRM, FilledTable
from shared.model.cell import Cell


def certain(cells: Iterable[Cell]) -> list[Cell]:
    """Return the cells that were read for certain."""
    return [cell for cell in cells if cell.confidence >= FIRM]


def doubtful(filled: FilledTable, cells: Iterable[Cell]) -> Iterator[Unchecked]:
    """Yield, if any cell was not read for certain, that those were not checked."""
    addresses = [(cell.row, cell.column) for cell in cells if cell.confidence < FIRM]
    if addresses:
        yield Unchecked("low_confidence", filled.places(addresses))
