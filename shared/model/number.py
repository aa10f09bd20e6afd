"""Numbers as printed: whole counts are int, amounts are Decimal; JSON numbers outside."""

from decimal import Decimal
from typing import Annotated

from pydantic import PlainSerializer


def as_json(number: int | Decimal) -> int | float:
    """Return the JSON number of a printed number: 5 stays 5, Decimal("8.83") becomes 8.83."""
    if isinstance(number, int):
        return number
    return int(number) if number == number.to_integral_value() else float(number)


Number = Annotated[int | Decimal, PlainSerializer(as_json, return_type=int | float, when_used="json")]
