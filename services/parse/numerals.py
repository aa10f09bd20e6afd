"""Numbers as they are printed: a strict reader of Arabic and Chinese numerals, and of one cell of an official table."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from shared.forms.form import Column, Kind
from shared.model.cell import CellState
from shared.model.number import Number
from shared.simplified import simplify

Reading = tuple[CellState, Number | None, Number | None]

_LONGEST_CELL = 40  # characters
_LONGEST_COUNT = 9  # longer strings of digits are index codes, telephone numbers, cards
_ARABIC = re.compile(r"(?P<sign>[-+]?) *(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?P<rest>\.[0-9]+)?")
_SCALED = re.compile(r"([0-9]+(?:\.[0-9]+)?)([亿万千百]?)")
_DIGITS = {
    character: value
    for value, printed in enumerate(
        ("零〇○", "一壹", "二两贰貳", "三叁參", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
    )
    for character in printed
}
_UNITS = {
    **dict.fromkeys("十拾", 10),
    **dict.fromkeys("百佰", 100),
    **dict.fromkeys("千仟", 1000),
    **dict.fromkeys("万萬", 10_000),
    **dict.fromkeys("亿億", 100_000_000),
}
_MINUS = str.maketrans("\u2212\u2013", "--")
_TENS = str.maketrans({"廿": "二十", "卅": "三十"})


def parse_number(text: str) -> Number | None:
    """Return the number that the whole text states (12, 1,234 in any width, 十五, 二〇二四, 三万六千, 12.5万), else None.

    Strict: approximate words (数十, 百余), ordinals, shares, units and index codes of more than 9 digits give None.
    """
    if len(text) > _LONGEST_CELL:
        return None
    plain = unicodedata.normalize("NFKC", text).strip().translate(_MINUS)
    for read in (_arabic, _scaled, _chinese):
        if (number := read(plain)) is not None:
            return number
    return None


def _arabic(text: str) -> Number | None:
    match = _ARABIC.fullmatch(text)
    if match is None:
        return None
    whole = match["whole"].replace(",", "")
    if len(whole) > _LONGEST_COUNT:
        return None
    printed = match["sign"] + whole + (match["rest"] or "")
    return Decimal(printed) if match["rest"] else int(printed)


def _scaled(text: str) -> Number | None:
    """Read Arabic figures with 万 and the like: 12.5万, 3万6千, 1亿2000万, 3万6000; "3万6" is doubtful and refused."""
    parts = _SCALED.findall(text)
    if not parts or "".join(map("".join, parts)) != text or not parts[0][1]:
        return None
    total, above = Decimal(0), None
    for figure, unit in parts:
        scale = _UNITS.get(unit, 1)
        if above is not None and (scale >= above or "." in figure or Decimal(figure) * scale >= above):
            return None
        if not unit and len(figure) != len(str(above)) - 1:
            return None
        total, above = total + Decimal(figure) * scale, scale
    return int(total) if total == total.to_integral_value() else total.normalize()


def _chinese(text: str) -> int | None:
    text = text.translate(_TENS)
    if not text or any(character not in _DIGITS and character not in _UNITS for character in text):
        return None
    if any(character in _UNITS for character in text):
        return _by_units(text)
    return _by_places(text)


def _by_places(text: str) -> int | None:
    """Read digits without units: one digit, or a year-like row of them; "三五" (three to five) is refused."""
    places = [_DIGITS[character] for character in text]
    if len(places) > _LONGEST_COUNT or (1 < len(places) < 4 and 0 not in places):
        return None
    return int("".join(map(str, places)))


def _by_units(text: str) -> int | None:
    """Read 三万六千五百二十 and its short forms (一百二 is 120); units must fall, digits may not stand side by side."""
    total = section = 0
    digit: int | None = None
    zero, ceiling, section_ceiling, unit = False, 10**12, 10**4, 1
    for character in text:
        if character in _DIGITS:
            if digit is not None or (zero and _DIGITS[character] == 0):
                return None
            zero, digit = (True, None) if _DIGITS[character] == 0 else (zero, _DIGITS[character])
            continue
        unit = _UNITS[character]
        if unit < 10**4:
            if digit is None and unit == 10 and section == 0:
                digit = 1
            if digit is None or unit >= section_ceiling:
                return None
            section, section_ceiling = section + digit * unit, unit
        else:
            section += digit or 0
            if section == 0 or unit >= ceiling:
                return None
            total, section, ceiling, section_ceiling = total + section * unit, 0, unit, 10**4
        digit, zero = None, False
    shortened = digit is not None and not zero and unit > 10
    return total + section + (digit or 0) * (unit // 10 if shortened else 1)


_SMALL = "\u2460-\u2473\u24ea-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf\u00b2\u00b3\u00b9\u2070-\u2079\u2080-\u2089"
_MARKS = re.compile(rf"^[{_SMALL}]+|[{_SMALL}*\uff0a※†‡]+$|[\[\uff3b【][0-9]{{1,2}}[\]\uff3d】]$")
_MARK_INSIDE = re.compile(f"[{_SMALL}]")
_PLACEHOLDER = re.compile(
    r"[-/\\\u2010-\u2015\u2212\u2215\u2500\u2501\ufe58\ufe63\uff0d\uff0f]{1,8}|\(?[无空]\)?|\(?空白\)?|不涉及|无此项|n\.?/?a\.?"
)
_COUNT_UNIT = re.compile(r"(?:共计|合计|共)?(?P<number>.{1,20}?)[( ]?(?:件次|[件个宗起例条份项次部封笔])\)?")
_AMOUNT_UNIT = re.compile(r"(?:共计|合计|共)?(?P<number>.{1,20}?)[( ]?(?P<unit>亿元|万元|元|万|亿)\)?")
_IN_YUAN = {"亿元": 10**8, "亿": 10**8, "万元": 10**4, "万": 10**4, "元": 1}
_ZERO_LIKE = frozenset("Oo○◯\uff2f\uff4f")


def read_cell(raw: str, column: Column) -> Reading:
    """Return (state, value, converted) of a cell as published, under its column; nothing is repaired or guessed.

    `value` only for a bare number; `converted` where it carries a unit, a word or a footnote mark that leaves one number
    in the column's unit ("70487元" under 万元 is 7.0487); neither for two numbers or a letter among digits.
    """
    text = raw if len(raw) <= _LONGEST_CELL else raw.strip()
    return ("text", None, None) if len(text) > _LONGEST_CELL else _read_cell(text, column.kind, column.unit)


@lru_cache(maxsize=4096)
def _read_cell(raw: str, kind: Kind, unit: str | None) -> Reading:
    text = raw.strip()
    if not text:
        return "blank", None, None
    plain = simplify(unicodedata.normalize("NFKC", text)).strip()
    if _PLACEHOLDER.fullmatch(text) or _PLACEHOLDER.fullmatch(plain.lower()):
        return "placeholder", None, None
    if text in _ZERO_LIKE:  # a letter or a circle typed for the digit
        return "text", None, 0
    marked = _MARKS.sub("", text).strip()  # before NFKC, which turns ② into 2 and 58② into 582
    if marked != text or _MARK_INSIDE.search(text):
        return "text", None, None if _MARK_INSIDE.search(marked) else _bare(marked, kind)
    value = _bare(plain, kind)
    if value is not None and not (plain[0] == "+" and kind != "change"):
        return ("text", None, value) if plain[-1] in "万亿" else ("number", value, None)
    return "text", None, _converted(plain, kind, unit)


def _bare(plain: str, kind: Kind) -> Number | None:
    if plain[-1:] in {"万", "亿"} and kind == "amount":
        return None
    return parse_number(plain)


def _converted(plain: str, kind: Kind, unit: str | None) -> Number | None:
    if plain[0] == "+":
        return parse_number(plain[1:])
    if kind == "change" and plain[0] in "减增":
        number = parse_number(plain[1:].removesuffix("件").removesuffix("项").removesuffix("个"))
        return None if number is None or number < 0 else (-number if plain[0] == "减" else number)
    if kind == "amount":
        return _amount(plain, unit)
    match = _COUNT_UNIT.fullmatch(plain)
    return parse_number(match["number"]) if match else None


def _amount(plain: str, unit: str | None) -> Number | None:
    match = _AMOUNT_UNIT.fullmatch(plain)
    number = parse_number(match["number"]) if match else None
    if match is None or number is None or unit is None:
        return None
    amount = Decimal(number) * _IN_YUAN[match["unit"]] / _IN_YUAN[unit]
    return int(amount) if amount == amount.to_integral_value() else amount.normalize()
