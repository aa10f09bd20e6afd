"""Personal data in a text is found and masked; a mask is as long as what it hides, so offsets stay.

What stays readable: of an identity number the first 3 and last 2 characters, of a mobile number the first 3 and last 4
digits, of a bank card the last 4 digits, of a mailbox the outer thirds (at most 3 characters each) of the local part
and the domain, of an applicant's name the surname. A number is looked for where the law tells its shape: an identity number by its birth date (GB 11643),
a bank card by its issuer digit and check sum (ISO/IEC 7812), a mobile number by 11 digits from 13 to 19.
"""

import hashlib
import hmac
import re
from collections.abc import Sequence

from shared.model.report import Mark, MarkKind
from shared.personal.applicants import Applicant, applicants
from shared.personal.mailboxes import Mailbox, mailboxes
from shared.personal.numbers import Number, numbers
from shared.text import fold, normalise

_SEEN: dict[MarkKind, tuple[int, int]] = {"identity_number": (3, 2), "mobile": (3, 4), "bank_card": (0, 4)}
_PERHAPS = re.compile(  # nearly every cell is neither a mailbox nor has eleven digits near each other, and tells of nobody
    r"[@\uff20#\uff03&*$☆★_]|[\[({【<\uff08\uff3b\uff5b\uff1c]|(?:[0-9\uff10-\uff19][^0-9\uff10-\uff19]{0,5}){11}"
    "|[请請访訪报報诉訴]人|原告|申[请請](?:公[开開]|[获獲]取|查[询詢閱阅])|[诉訴]|不服|(?:向|收到|接到|受理|答[复復]|[办辦][结結]).{1,40}(?:提[出交]|[递遞]交|[邮郵]寄|寄[来來]|申[请請])"
)


def find(folded: str, key: bytes | None = None) -> tuple[Mark, ...]:
    """Return the marks of folded text in order, none overlap; `key` is that of their digests. Linear in the text."""
    found = [_mailbox(folded, each, key) for each in mailboxes(folded)]
    found += [_number(folded, each, key) for each in numbers(folded)]
    found += [_name(folded, each, key) for each in applicants(folded)]
    return _apart(found)


def cover(text: str, marks: Sequence[Mark]) -> str:
    """Return the text with its marks in the place of what they hide."""
    pieces, at = [], 0
    for mark in marks:
        pieces += [text[at : mark.start], mark.masked]
        at = mark.end
    return "".join([*pieces, text[at:]])


def mask_text(text: str) -> str:
    """Return a piece of text with personal data masked; invisible characters between digits are gone as well."""
    if _PERHAPS.search(text) is None:
        return text
    plain = normalise(text)
    marks = find(fold(plain))
    return cover(plain, marks) if marks else text


def _apart(found: list[Mark]) -> tuple[Mark, ...]:
    kept: list[Mark] = []
    for mark in sorted(found, key=lambda mark: (mark.start, -mark.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return tuple(kept)


def _mailbox(folded: str, found: Mailbox, key: bytes | None) -> Mark:
    local = folded[found.start : found.local_end]
    seen = min(3, len(local) // 3)
    hidden = local[:seen] + "*" * (len(local) - 2 * seen) + local[len(local) - seen :]
    masked = hidden + folded[found.local_end : found.end]
    digest = _digest(found.address, key)
    return Mark("mailbox", found.start, found.end, masked=masked, digest=digest, official=found.official)


def _number(folded: str, found: Number, key: bytes | None) -> Mark:
    printed = folded[found.start : found.end]
    first, last = _SEEN[found.kind]
    hidden = "".join("\n" if each == "\n" else "*" for each in printed[first : len(printed) - last])
    masked = printed[:first] + hidden + printed[len(printed) - last :]
    return Mark(found.kind, found.start, found.end, masked=masked, valid=found.valid, digest=_digest(found.digits, key))


def _name(folded: str, found: Applicant, key: bytes | None) -> Mark:
    surname, name = folded[found.start : found.surname_end], folded[found.start : found.end]
    masked = surname + "*" * (found.end - found.surname_end)
    return Mark("applicant", found.start, found.end, masked=masked, digest=_digest(name, key))


def _digest(original: str, key: bytes | None) -> str | None:
    return hmac.new(key, original.encode(), hashlib.sha256).hexdigest() if key else None
