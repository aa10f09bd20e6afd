"""What the law says of the digits themselves: birth dates, check digits and sums."""

import re
from datetime import date

_PROVINCES = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_WEIGHTS = tuple(2 ** (17 - place) % 11 for place in range(17))


def born(digits: str) -> bool:
    """Whether 15 or 18 characters begin with a province code and carry a birth date that exists (GB 11643-1999)."""
    day = digits[6:14] if len(digits) == 18 else "19" + digits[6:12]
    try:
        birth = date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return False
    return _PROVINCES.match(digits) is not None and 1900 <= birth.year <= 2035


def check_digit(digits: str) -> str:
    """Return the check character of an identity number's first 17 digits (GB 11643-1999, ISO 7064 MOD 11-2)."""
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)) % 11]


def luhn(digits: str) -> bool:
    """Whether the check sum of a card number holds (ISO/IEC 7812)."""
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0
