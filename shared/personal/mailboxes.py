"""Mailboxes, also with spaces or a word in the place of @ that is meant to keep machines from reading them."""

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass

_PROVIDERS = "qq|foxmail|163|126|188|139|wo|sina|sohu|tom|21cn|aliyun|eyou|gmail|hotmail|outlook|live|msn|yahoo|icloud"
_FREE = re.compile(rf"(?:vip\.)?(?:{_PROVIDERS})(?:\.(?:com|cn|com\.cn))?|yeah\.net|263\.net|189\.cn")
_LABEL = "(?:[A-Za-z0-9-]{1,63}|[\u4e00-\u9fff]{1,20})"
_DOT = r"(?:\.| ?[\[({【<](?:dot|点)[\])}】>] ?)"
_DOMAIN = rf"(?:{_LABEL}{_DOT}){{1,5}}(?:[A-Za-z]{{2,24}}|中国|公司|网络|政务|公益|手机)"
_AT = re.compile(
    rf"(?=[ @\[({{{{【<_#&*$☆★])(?: ?@ ?(?P<domain>{_DOMAIN}|(?:{_PROVIDERS})(?![A-Za-z0-9]))"
    rf"| ?(?:[\[({{【<]\(?(?:at|AT|At|@|艾特|圈a|圈A)\)?[\])}}】>]|_at_) ?(?P<said>{_DOMAIN})"
    rf"| ?[#&*$☆★] ?(?P<free>(?:{_PROVIDERS})\.(?:com|cn|net)(?![A-Za-z0-9]))"
    rf"|#(?P<told>{_DOMAIN})(?=[^\n]{{0,12}}#[^\n]{{0,6}}[换改替]))"
)
_LOCAL = string.ascii_letters + string.digits + "._%+-"
_LONGEST_LOCAL = 128
_LONGEST_SEEN = 3
_SAID_DOT = re.compile(r" ?[\[({【<](?:dot|点)[\])}】>] ?")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mailbox at start..end: the local part ends at `local_end`; `address` is it with @ and without spaces, in small letters."""

    start: int
    local_end: int
    end: int
    address: str
    official: bool


def mailboxes(folded: str) -> Iterator[Mailbox]:
    """Yield the mailboxes of folded text in order; linear in the text."""
    for match in _AT.finditer(folded):
        at = match.start()
        head = folded[max(0, at - _LONGEST_LOCAL) : at]
        local = head[len(head.rstrip(_LOCAL)) :].lstrip("._%+-")
        if local and not _is_masked(head[: len(head) - len(local)], local):
            domain = _SAID_DOT.sub(".", match[match.lastgroup or "domain"]).lower()
            official = _FREE.fullmatch(domain) is None
            yield Mailbox(at - len(local), at, match.end(), f"{local.lower()}@{domain}", official)


def _is_masked(before: str, local: str) -> bool:
    """Whether a local part is what a mask left of one: 001 of 100***001; in bold (**abc@…) it is whole."""
    seen = before.rstrip("*")
    outer = seen[len(seen) - len(local) :]
    return len(seen) < len(before) and len(local) <= _LONGEST_SEEN and bool(outer) and not outer.strip(_LOCAL)
