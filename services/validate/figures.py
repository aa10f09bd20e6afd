"""The figures of some cells together, or why they cannot be had."""

from collections.abc import Sequence

from services.validate.reasons import gravest
from services.validate.rule import Unchecked
from services.validate.subject import Address, FilledTable
from shared.model.number import Number


def figures(filled: FilledTable, addresses: Sequence[Address]) -> list[Number] | Unchecked:
    """Return the figures of all these cells, or, if one cannot be used, what stands in the way."""
    obstacles = {address: reason for address in addresses if (reason := filled.obstacle(address)) is not None}
    if obstacles:
        return Unchecked(gravest(list(obstacles.values())), filled.places(obstacles))
    return [filled.operands[address] for address in addresses]
