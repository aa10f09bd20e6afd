"""Numbers of a spreadsheet as their cells show them: 3.0 under "0" is 3, 0 under an accounting format is a dash."""

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

GENERAL = "General"
_AS_STORED = frozenset({"", GENERAL, "G/通用格式", "@"})
_ACCOUNTS = '_ * #,##0{0}_ ;_ * -#,##0{0}_ ;_ * "-"??_ ;_ @_ '
BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    **dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), "yyyy-mm-dd"),
    **dict.fromkeys((5, 6, 37, 38), "#,##0"),
    **dict.fromkeys((7, 8, 39, 40), "#,##0.00"),
    **dict.fromkeys((41, 42), _ACCOUNTS.format("")),
    **dict.fromkeys((43, 44), _ACCOUNTS.format(".00")),
    48: "##0.0E+0",
    49: "@",
}
"""The formats that a workbook names by number only, as a Chinese Excel shows them."""

_PIECE = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[([^\]]*)\]|(General|[0#?.,]+)|(%)|(@)|(.)', re.IGNORECASE | re.DOTALL)
_DATE = re.compile(r"[ymdhs]", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_COLOUR = re.compile(
    r"black|blue|cyan|green|magenta|red|white|yellow|color ?\d+|[黑蓝青绿红白黄]色?|洋红|\$-[0-9a-f]+", re.IGNORECASE
)
_CURRENCY = re.compile(r"\$([^-]*)(?:-[0-9A-Fa-f]+)?")
_DIGITS = re.compile(r"(?P<whole>[0#?,]*?)(?P<scale>,*)(?:\.(?P<part>[0#?]*)(?P<more>,*))?")
_LONGEST = 200
_EXACT = Context(prec=40)
_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - sheets know no time zones
_LAST_DAY = 2_958_465


class Shown(NamedTuple):
    """What a cell shows; `known` is False where its format is beyond this reader and the stored number is given instead."""

    text: str
    known: bool = True


def stored(value: str) -> str:
    """Return a stored number as a sheet shows it in a cell without format: 15 digits, no tail of binary fractions.

    ValueError for what is no finite number.
    """
    number = Decimal(format(float(value), ".15g"))
    if not number.is_finite():
        raise ValueError(value)
    return format(number.to_integral_value() if number == number.to_integral_value() else number, "f")


def shown(value: str, code: str) -> Shown:
    """Return what a cell with this stored number and format code shows; ValueError where the value is no number."""
    plain = stored(value)
    if code in _AS_STORED:
        return Shown(plain)
    if len(code) > _LONGEST:
        return Shown(plain, known=False)
    if _DATE.search(_QUOTED.sub("", code.replace(GENERAL, ""))):
        return Shown(_moment(float(value)))
    number = Decimal(plain)
    section, signed = _section(number, _sections(code))
    pieces = _pieces(section)
    try:
        return Shown(plain, known=False) if pieces is None else Shown(_printed(number, pieces, plain, signed=signed))
    except InvalidOperation:  # more digits than any figure has
        return Shown(plain, known=False)


def _moment(days: float) -> str:
    if not 0 <= days <= _LAST_DAY:
        return "######"
    moment = _FIRST_DAY + timedelta(days=days)
    return moment.date().isoformat() if days == int(days) else moment.isoformat(" ", "seconds")


@lru_cache(maxsize=256)
def _sections(code: str) -> tuple[str, ...]:
    sections = [""]
    for piece in _PIECE.finditer(code):
        if piece[0] == ";":
            sections.append("")
        else:
            sections[-1] += piece[0]
    return tuple(sections)


def _section(number: Decimal, sections: tuple[str, ...]) -> tuple[str, bool]:
    """Return the part of a format for a number's sign, and whether that part leaves the minus to us."""
    if number < 0 and len(sections) > 1:
        return sections[1], False
    if number == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], True


class _Pieces(NamedTuple):
    before: str
    digits: str | None  # None: literal text only
    percent: int
    after: str


@lru_cache(maxsize=256)
def _pieces(section: str) -> _Pieces | None:
    """Return the parts of a section; None where it has what is not understood: conditions, exponents, fractions, scripts."""
    literal, digits, percent = ["", ""], None, 0
    for piece in _PIECE.finditer(section):
        quoted, escaped, bracketed, number, share, text, other = piece.groups()
        if number is not None:
            if digits is not None or not (_DIGITS.fullmatch(number) or number.lower() == GENERAL.lower()):
                return None
            digits = number
        elif bracketed is not None:
            if not (currency := _CURRENCY.fullmatch(bracketed)) and not _COLOUR.fullmatch(bracketed):
                return None
            literal[digits is not None] += currency[1] if currency else ""
        elif text is not None or (other is not None and other in "Ee/"):
            return None
        else:
            percent += share is not None
            literal[digits is not None] += quoted or escaped or share or other or ""
    return _Pieces(literal[0], digits, percent, literal[1])


def _printed(number: Decimal, pieces: _Pieces, plain: str, *, signed: bool) -> str:
    if pieces.digits is None:
        return (pieces.before + pieces.after).strip()
    if pieces.digits.lower() == GENERAL.lower():
        printed, negative = plain.lstrip("-"), number < 0
    else:
        printed, negative = _digits(number.scaleb(2 * pieces.percent), pieces.digits)
    minus = "-" if signed and negative else ""
    return f"{minus}{pieces.before}{printed}{pieces.after}".strip()


def _digits(number: Decimal, digits: str) -> tuple[str, bool]:
    """Return the digits that a pattern of 0, # and ? shows, and whether the rounded number is below zero."""
    pattern = _DIGITS.fullmatch(digits)
    assert pattern is not None  # `_pieces` has looked
    whole, part = pattern["whole"], pattern["part"] or ""
    scaled = number.scaleb(-3 * (len(pattern["scale"]) + len(pattern["more"] or "")))
    rounded = scaled.quantize(Decimal(1).scaleb(-len(part)), ROUND_HALF_UP, _EXACT)
    before, _, behind = format(abs(rounded), "f").partition(".")
    before = before.lstrip("0").rjust(whole.count("0"), "0")
    if "," in whole:
        before = _grouped(before)
    least = len(part.rstrip("#?"))
    behind = behind[:least] + behind[least:].rstrip("0")
    return before + ("." + behind if "." in digits else ""), rounded < 0


def _grouped(whole: str) -> str:
    head = len(whole) % 3
    return ",".join(filter(None, [whole[:head], *(whole[at : at + 3] for at in range(head, len(whole), 3))]))
