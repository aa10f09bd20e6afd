"""The figures that a rule computes with, or what stands in their way."""

from collections.abc import Iterable, Mapping, Sequence

from services.validate.rule import Unchecked
from services.validate.subject import Address, FilledTable
from shared.model.number import Number
from shared.model.reasons import REASONS, Reason

_GRAVITY = {reason: rank for rank, reason in enumerate(REASONS)}


def obstacles(filled: FilledTable, addresses: Iterable[Address]) -> dict[Address, Reason]:
    """Return the cells that arithmetic cannot use, and why."""
    return {address: reason for address in addresses if (reason := filled.obstacle(address)) is not None}


def unchecked(filled: FilledTable, hindering: Mapping[Address, Reason]) -> Unchecked:
    """Return that these cells stand in the way, under the reason that stands first in the closed list."""
    return Unchecked(min(hindering.values(), key=_GRAVITY.__getitem__), filled.places(hindering))


def figures(filled: FilledTable, addresses: Sequence[Address]) -> list[Number] | Unchecked:
    """Return the figures of all these cells, or, if one cannot be used, what stands in the way."""
    hindering = obstacles(filled, addresses)
    return unchecked(filled, hindering) if hindering else [filled.operands[address] for address in addresses]
