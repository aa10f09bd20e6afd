"""A figure or statement of the prose, bound to what it speaks of."""

from dataclasses import dataclass
from typing import Literal

from shared.model.number import Number

Scope = Literal["own", "region", "unknown"]


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure stated in prose: metric, value (True for a statement without a figure), unit, year, scope, exact span."""

    metric: str
    value: Number | Literal[True]
    unit: str | None
    year: int | None
    scope: Scope
    section: str | None
    quote: str
    start: int
    end: int
    confidence: float
