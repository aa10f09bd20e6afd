"""Mobile, identity and card numbers, in one run of digits or in groups parted by spaces, dashes or points."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from shared.personal.checks import born, check_digit, luhn
from shared.personal.surroundings import (
    is_amount,
    is_called,
    is_card,
    is_code,
    is_identity,
    is_in_address,
    is_in_hash,
    is_row_of_figures,
)

NumberKind = Literal["identity_number", "mobile", "bank_card"]


@dataclass(frozen=True, slots=True)
class Number:
    """A number at start..end of the text; `digits` are its own, without what parts them; `valid`: its check holds."""

    kind: NumberKind
    start: int
    end: int
    digits: str
    valid: bool | None


_RUN = re.compile(r"[0-9]{11,}[Xx]?")
_CALLED = re.compile(r"(?:(?:00)?86|0)(?=1[3-9][0-9]{9}$)")
_DASH = r" {0,2}[-\u2010-\u2015\u2212·] {0,2}"
_PART = rf"(?:{_DASH}| {{1,3}})"
_OR_POINT = rf"(?:{_DASH}|\.| {{1,3}})"
_GROUPED = re.compile(rf"(?<![0-9])[0-9]{{3,17}}(?={_OR_POINT}[0-9Xx])")
_BIRTH = rf"(?:19|20)[0-9]{{2}}{_PART}?[0-9]{{2}}{_PART}?[0-9]{{2}}"
_FOURS = rf"[0-9]{{3}}(?:{_PART}[0-9]{{4}}){{3}}"
_GROUPS: tuple[tuple[NumberKind, str], ...] = (
    ("identity_number", rf"[1-8][0-9]{{2}}{_PART}?[0-9]{{3}}{_PART}?{_BIRTH}{_PART}?[0-9]{{3}}{_PART}?[0-9Xx]"),
    ("identity_number", rf"[1-8]{_FOURS}{_PART}[0-9][0-9Xx]"),
    ("bank_card", rf"[3-69]{_FOURS}{_PART}?[0-9]{{1,3}}"),
    ("bank_card", rf"[3-69]{_FOURS}"),
    ("mobile", rf"1[3-9][0-9]{_OR_POINT}[0-9]{{4}}{_OR_POINT}[0-9]{{4}}"),
    ("mobile", rf"1[3-9][0-9]{_PART}(?:[0-9]{{3}}{_PART}[0-9]{{5}}|[0-9]{{5}}{_PART}[0-9]{{3}}|[0-9]{{8}})"),
    ("mobile", rf"1[3-9][0-9]{{2}}{_PART}(?:[0-9]{{3}}{_PART}[0-9]{{4}}|[0-9]{{4}}{_PART}[0-9]{{3}})"),
    ("mobile", r"1[3-9][0-9]{5} {1,3}[0-9]{4}"),
)
_SHAPES = tuple((kind, re.compile(rf"{shape}(?![0-9])")) for kind, shape in _GROUPS)
_ISSUER = re.compile("62|60|68|69|4|5[1-5]|3[47]|35|9558")
_BROKEN = re.compile(r"(?<![0-9])(?=([0-9]{1,18} ?\n ?(?:[0-9]{1,17}[Xx]?|[Xx]))(?![0-9A-Za-z]))")
_SAID = {"identity_number": is_identity, "mobile": is_called, "bank_card": is_card}
_SEPARATORS = re.compile("[^0-9Xx]")
_LONGER = re.compile(r"[0-9]-$")
_DIALLED = re.compile(r"(?<![0-9-])(?:(?:00)?86|0[0-9]{2,3}-[0-9]{7,8})-$")


def numbers(folded: str) -> Iterator[Number]:
    """Yield what is found in folded text, in no order, and perhaps twice; linear in the text."""
    for run in _RUN.finditer(folded):
        if (number := _run(folded, run)) is not None:
            yield number
    for group in _GROUPED.finditer(folded):
        if (number := _grouped(folded, group.start())) is not None:
            yield number
    for broken in _BROKEN.finditer(folded):
        if (number := _over_two_lines(folded, *broken.span(1))) is not None:
            yield number


def _run(folded: str, run: re.Match[str]) -> Number | None:
    start, end = run.span()
    if end - start != 18 and run[0][-1] in "Xx":
        end -= 1
    called = _CALLED.match(folded, start, end)
    start = called.end() if called else start
    number = _read(folded, start, end)
    return None if number is None or _is_something_else(folded, number) else number


def _read(folded: str, start: int, end: int) -> Number | None:
    """Return what the digits of a range are by their shape, or by what they are said to be."""
    digits = _SEPARATORS.sub("", folded[start:end]).upper()
    if len(digits) in {15, 18} and (born(digits) or is_identity(folded, start)):
        valid = None if len(digits) == 15 else born(digits) and check_digit(digits) == digits[17]
        return Number("identity_number", start, end, digits, valid)
    if not digits.isdigit():
        return None
    if len(digits) == 11 and "13" <= digits[:2] <= "19":
        return Number("mobile", start, end, digits, None)
    if 16 <= len(digits) <= 19 and ((_ISSUER.match(digits) and luhn(digits)) or is_card(folded, start)):
        return Number("bank_card", start, end, digits, luhn(digits))
    return None


def _is_something_else(folded: str, number: Number) -> bool:
    """Whether the number is a code, an amount or part of an address; an identity number whose checks hold is none of these."""
    if number.kind == "identity_number" and number.valid:
        return is_in_hash(folded, number.start, number.end)
    return (
        is_code(folded, number.start)
        or is_amount(folded, number.start, number.end)
        or is_in_address(folded, number.start, number.end)
        or is_in_hash(folded, number.start, number.end)
    )


def _grouped(folded: str, start: int) -> Number | None:
    """Return the number in groups that begins here: its own groups hold it together, or what stands around it."""
    before = folded[max(0, start - 16) : start]
    if _LONGER.search(before) and not _DIALLED.search(before):
        return None
    for kind, shape in _SHAPES:
        match = shape.match(folded, start)
        number = _read(folded, *match.span()) if match else None
        if number is not None and number.kind == kind:
            return None if _is_figures(folded, number) or _is_something_else(folded, number) else number
    return None


def _over_two_lines(folded: str, start: int, end: int) -> Number | None:
    """Return the number that a line's end broke: it is said to be one, or its birth date and check digit hold."""
    number = _read(folded, start, end)
    if number is None or not (_SAID[number.kind](folded, start) or (number.kind == "identity_number" and number.valid)):
        return None
    return None if _is_something_else(folded, number) else number


def _is_figures(folded: str, number: Number) -> bool:
    # A birth date and a check digit that hold are no three figures that happen to stand beside each other.
    told_by_itself = number.kind == "identity_number" and number.valid
    spaced = " " in folded[number.start : number.end]
    return spaced and not told_by_itself and is_row_of_figures(folded, number.start, number.end)
