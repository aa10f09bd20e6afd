"""Web pages saved as one file (MHT, also named .doc): the page among the parts of a mail."""

import email
import re
from email.message import Message

from services.parse.document import Content, Unreadable
from services.parse.readers import html

_MULTIPART = re.compile(rb"content-type:\s{0,9}multipart/", re.IGNORECASE)
_MOST_NESTED = 20
_MOST_PARTS = 2000
_MOST_LINES = 1_000_000
_LARGEST = 8 * 1024 * 1024  # bytes of the page itself, as for a page alone
_PAGES = frozenset({"text/html", "application/xhtml+xml"})


def read(data: bytes) -> Content:
    """Return the content of the page in an MHT file; Unreadable where there is none, or more parts than any page has."""
    if (
        len(_MULTIPART.findall(data)) > _MOST_NESTED
        or data.count(b"\n--") > _MOST_PARTS
        or data.count(b"\n") > _MOST_LINES
    ):
        raise Unreadable("more parts than a page has")
    part, page = _page(email.message_from_bytes(data))
    if len(page) > _LARGEST:
        raise Unreadable("a page larger than any report's", "text_too_large")
    address = str(part.get("Content-Location", "")).strip()
    return html.read(page, part.get_content_charset(), address)


def _page(mail: Message) -> tuple[Message, bytes]:
    """Return the largest page of a mail: others are frames and banners."""
    pages = [(part, _bytes(part)) for part in mail.walk() if part.get_content_type() in _PAGES]
    if not pages:
        raise Unreadable("a mail without a page", "unsupported_format")
    return max(pages, key=lambda each: len(each[1]))


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
