"""Made reports as web pages saved in one file, as browsers and word processors save them."""

import base64
import quopri
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, get_args

from shared.testing.formats import html
from shared.testing.formats.html_markup import Variant
from shared.testing.layouts import Laid

Transfer = Literal["quoted-printable", "base64", "8bit"]
"""How the bytes of a part are written."""

TRANSFERS: tuple[Transfer, ...] = get_args(Transfer)

_WRITTEN: Mapping[Transfer, Callable[[bytes], bytes]] = {
    "quoted-printable": quopri.encodestring,
    "base64": base64.encodebytes,
    "8bit": bytes,
}
_HEAD = b'From: <Saved by a browser>\r\nSubject: =?utf-8?B?5bm05oql?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="%s"\r\n\r\n'
_FRAME = b"<html><body><a href=list.htm>report</a></body></html>"


def write(
    parts: Sequence[str | Laid],
    variant: Variant = "word",
    transfer: Transfer = "quoted-printable",
    encoding: str = "utf-8",
    address: str = "http://www.example.gov.cn/nb/2024.html",
) -> bytes:
    """Return a saved page of these lines and tables: a frame before it, a nested part with a style sheet and a picture behind."""
    page = html.write(parts, variant, encoding=encoding, head="")
    located = f"Content-Location: {address}\r\n".encode()
    inner = _multipart(
        b"inner", [_part(b"text/css", b"p{margin:0}"), _part(b"image/png", b"\x89PNG\r\n\x1a\n" * 99, "base64")]
    )
    nested = b"Content-Type: multipart/related; boundary=inner\r\n\r\n" + inner
    shown = _part(f'text/html;\r\n\tcharset="{encoding}"'.encode(), page, transfer, located)
    return _HEAD % b"----=_outer" + _multipart(b"----=_outer", [_part(b"text/html", _FRAME), shown, nested])


def _part(kind: bytes, content: bytes, transfer: Transfer = "quoted-printable", more: bytes = b"") -> bytes:
    head = b"Content-Type: %s\r\nContent-Transfer-Encoding: %s\r\n%s\r\n" % (kind, transfer.encode(), more)
    return head + _WRITTEN[transfer](content)


def _multipart(boundary: bytes, parts: Sequence[bytes]) -> bytes:
    return b"".join(b"--%s\r\n%s\r\n" % (boundary, part) for part in parts) + b"--%s--\r\n" % boundary
