"""Personal data is masked before anything else sees the text; a mask is as long as what it hides, so offsets stay.

What stays readable: of an identity number the first 3 and last 2 characters, of a mobile number the first 3 and last 4
digits, of a bank card the last 4 digits, of a mailbox the outer thirds (at most 3 characters each) of the local part
and the domain. A number is looked for where the law tells its shape: an identity number by its birth date (GB 11643),
a bank card by its issuer digit and check sum (ISO/IEC 7812), a mobile number by 11 digits from 13 to 19.
"""

import dataclasses
import hashlib
import hmac
import re
from bisect import bisect_left
from datetime import date

from services.parse.document import Block, Content, Grid, GridCell
from services.parse.text import fold
from shared.model.report import Mark, MarkKind

_FREE_PROVIDER = re.compile(
    r"(?:vip\.)?(?:qq|foxmail|163|126|188|139|wo|sina|sohu|tom|21cn|aliyun|eyou|gmail|hotmail|outlook|live|msn|yahoo|icloud)"
    r"\.(?:com|cn|com\.cn)|yeah\.net|263\.net|189\.cn"
)
_MAILBOX = re.compile(
    r"([A-Za-z0-9](?<![A-Za-z0-9._%+-].)[A-Za-z0-9._%+-]{0,63})@((?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,24})(?![A-Za-z])"
)
_RUN = re.compile(r"([0-9]{11,}[Xx]?)")
_CALLED = re.compile(r"(?:86|0)(?=1[3-9][0-9]{9}$)")
_PART_OF_MORE = re.compile(r"[/_=&%]$|[0-9]\.$")
_DASHED_MOBILE = re.compile(r"(1(?<![0-9./_=&%-].)[3-9][0-9]-[0-9]{4}-[0-9]{4})(?![0-9-])")
_SPACED_MOBILE = re.compile(r"(?:电话|手机|联系方式|热线)[^0-9\n]{0,6}(1[3-9][0-9](?:[ -][0-9]{4}){2})(?![0-9])")
_SPACED_CARD = re.compile(
    r"(?:卡号|账号|帐号|账户)[^0-9\n]{0,6}([0-9]{4}(?:[ -][0-9]{4}){3}(?:[ -]?[0-9]{1,3})?)(?![0-9])"
)
_CODE_LABEL = re.compile(
    r"(?:索引号|索引码|统一编码|信息编码|文号|编号|信用代码|流水号|备案号|机构代码|许可证号)[^\n]{0,16}$"
)
_ISSUER = re.compile("62|60|68|69|4|5[1-5]|3[47]|35|9558")
_PROVINCES = re.compile("1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_SEEN: dict[MarkKind, tuple[int, int]] = {"identity_number": (3, 2), "mobile": (3, 4), "bank_card": (0, 4)}


def mask(content: Content, key: bytes | None = None) -> tuple[Content, tuple[Mark, ...]]:
    """Return the content with personal data masked in its text and cells, and the marks in order; linear in the text."""
    marks = find(content.folded, key)
    title = content.title and mask_text(content.title)
    agency = content.agency and mask_text(content.agency)
    if not marks and (title, agency) == (content.title, content.agency):
        return content, ()
    starts = [mark.start for mark in marks]
    blocks = tuple(_mask_block(block, starts) for block in content.blocks)
    text = _cover(content.text, marks)
    return dataclasses.replace(content, text=text, blocks=blocks, title=title, agency=agency), marks


def mask_text(text: str) -> str:
    """Return a piece of text with personal data masked."""
    return _cover(text, find(fold(text)))


def find(folded: str, key: bytes | None = None) -> tuple[Mark, ...]:
    """Return the marks of folded text in order; none overlap."""
    found = [_mailbox(match, key) for match in _MAILBOX.finditer(folded)]
    for pattern in (_RUN, _DASHED_MOBILE, _SPACED_MOBILE, _SPACED_CARD):
        found += filter(None, (_number(folded, match, key) for match in pattern.finditer(folded)))
    return _apart(found)


def _apart(found: list[Mark]) -> tuple[Mark, ...]:
    kept: list[Mark] = []
    for mark in sorted(found, key=lambda mark: (mark.start, -mark.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return tuple(kept)


def _mailbox(match: re.Match[str], key: bytes | None) -> Mark:
    local, domain = match.groups()
    seen = min(3, len(local) // 3)
    hidden = local[:seen] + "*" * (len(local) - 2 * seen) + local[len(local) - seen :]
    official = _FREE_PROVIDER.fullmatch(domain.lower()) is None
    return Mark(
        "mailbox", *match.span(), masked=f"{hidden}@{domain}", digest=_digest(match[0].lower(), key), official=official
    )


def _number(folded: str, match: re.Match[str], key: bytes | None) -> Mark | None:
    start, end = _bare(match)
    printed = folded[start:end]
    digits = re.sub("[ -]", "", printed).upper()
    kind, valid = _kind(digits)
    if kind is None or _is_code(folded, match):
        return None
    first, last = _SEEN[kind]
    masked = printed[:first] + "*" * (len(printed) - first - last) + printed[len(printed) - last :]
    return Mark(kind, start, end, masked=masked, valid=valid, digest=_digest(digits, key))


def _bare(match: re.Match[str]) -> tuple[int, int]:
    """Return the range of the number itself: without a country or trunk prefix, without a letter that is no check digit."""
    start, end = match.span(1)
    if len(match[1]) != 18 and match[1][-1] in "Xx":
        end -= 1
    called = _CALLED.match(match.string, start, end)
    return (called.end() if called else start), end


def _is_code(folded: str, match: re.Match[str]) -> bool:
    """Whether a number is part of an address or a decimal, or follows a word for codes (索引号)."""
    before = folded[max(0, match.start(1) - 24) : match.start(1)]
    behind = folded[match.end(1) : match.end(1) + 2]
    decimal = behind[:1] == "." and behind[1:].isdigit()
    return decimal or _PART_OF_MORE.search(before) is not None or _CODE_LABEL.search(before) is not None


def _kind(digits: str) -> tuple[MarkKind | None, bool | None]:
    """Return what a run of digits is, and whether its check digit holds (None: it has none)."""
    if len(digits) == 18 and _born(digits, digits[6:14]):
        return "identity_number", check_digit(digits) == digits[17]
    if len(digits) == 15 and _born(digits, "19" + digits[6:12]):
        return "identity_number", None
    if not digits.isdigit():
        return None, None
    if len(digits) == 11 and "13" <= digits[:2] <= "19":
        return "mobile", None
    if len(digits) >= 16 and _ISSUER.match(digits) and _luhn(digits):
        return "bank_card", True
    return None, None


def _born(digits: str, day: str) -> bool:
    """Whether a number begins with a province code and carries a birth date that exists."""
    try:
        born = date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return False
    return _PROVINCES.match(digits) is not None and 1900 <= born.year <= 2035


def check_digit(digits: str) -> str:
    """Return the check character of an 18-character identity number (GB 11643-1999, ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * (2 ** (17 - place) % 11) for place, digit in enumerate(digits[:17]))
    return "10X98765432"[total % 11]


def _luhn(digits: str) -> bool:
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _digest(original: str, key: bytes | None) -> str | None:
    return hmac.new(key, original.encode(), hashlib.sha256).hexdigest() if key else None


def _cover(text: str, marks: tuple[Mark, ...]) -> str:
    pieces, at = [], 0
    for mark in marks:
        pieces += [text[at : mark.start], mark.masked]
        at = mark.end
    return "".join([*pieces, text[at:]])


def _mask_block(block: Block, starts: list[int]) -> Block:
    if not isinstance(block, Grid) or bisect_left(starts, block.start) == bisect_left(starts, block.end):
        return block
    rows = tuple(tuple(_mask_cell(cell) for cell in row) for row in block.rows)
    return dataclasses.replace(block, rows=rows)


def _mask_cell(cell: GridCell) -> GridCell:
    masked = mask_text(cell.text)
    return cell if masked == cell.text else dataclasses.replace(cell, text=masked)
