"""How findings print figures, quotations and lists."""

from collections.abc import Sequence
from decimal import Decimal

from shared.model.number import Number

_QUOTED = 20
_LISTED = 5


def figure(number: Number) -> str:
    """Return a number as a clerk writes it: 5, -3, 8.83."""
    return format(number.normalize(), "f") if isinstance(number, Decimal) else str(number)


def size(number: Number) -> Number:
    """Return a number without its sign."""
    return -number if number < 0 else number


def quoted(raw: str | None) -> str:
    """Return what is printed in a cell on one line, at most 20 characters."""
    line = " ".join((raw or "").split())
    return line if len(line) <= _QUOTED else f"{line[: _QUOTED - 1]}…"


def listed(names: Sequence[str]) -> str:
    """Return the first five names and, if there are more, how many in all."""
    shown = "、".join(names[:_LISTED])
    return shown if len(names) <= _LISTED else f"{shown}等{len(names)}处"


def decimals(raw: str | None) -> int:
    """Return how many decimals a figure is printed with; a JSON number would no longer tell 5.0 from 5."""
    _, point, digits = (raw or "").strip().replace("．", ".").partition(".")
    return len(digits) if point else 0
