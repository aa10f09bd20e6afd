"""Web addresses: one spelling for each, so that the same address is the same source wherever it is met."""

import re
from typing import Literal, NamedTuple
from urllib.parse import quote, urljoin, urlsplit

PORTS = {"http": 80, "https": 443}

_LONGEST = 2000  # characters; a source's name is kept whole up to here
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9.])?|[0-9a-f:.]{2,45}")
_WRITTEN = "/%:@!$&'()*+,;=~-._"
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")

Fault = Literal["address_invalid", "address_credentials"]


class NoWebAddress(ValueError):  # noqa: N818 - it says what the text is
    """The text is no address that a document may be fetched from; `fault` says why, as in shared.documents.PROBLEMS."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault: Fault = fault


class WebAddress(NamedTuple):
    """An http or https address without fragment: host in lower case and ASCII, target (path and query) percent-encoded."""

    scheme: str
    host: str
    port: int
    target: str

    def __str__(self) -> str:
        """Return the address as it is written, without a port that its scheme implies."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{'' if self.port == PORTS[self.scheme] else f':{self.port}'}{self.target}"


def is_web(text: str) -> bool:
    """Whether a person means a web address by this and not a path: it names a scheme."""
    return "://" in text


def web_address(text: str, base: str = "") -> WebAddress:
    """Return the address that a text names, seen from the address `base`; NoWebAddress where it names none."""
    try:
        if len(text) > _LONGEST or _CONTROL.search(text.strip()):
            raise NoWebAddress("address_invalid")
        parts = urlsplit(urljoin(base, text.strip()))
        if "@" in parts.netloc:
            raise NoWebAddress("address_credentials")
        address = WebAddress(
            parts.scheme,
            _host(parts.hostname or ""),
            PORTS.get(parts.scheme, 0) if parts.port is None else parts.port,
            _target(parts.path, parts.query),
        )
    except (ValueError, UnicodeError) as fault:
        raise fault if isinstance(fault, NoWebAddress) else NoWebAddress("address_invalid") from None
    if address.scheme not in PORTS or not _HOST.fullmatch(address.host) or len(str(address)) > _LONGEST:
        raise NoWebAddress("address_invalid")
    return address


def _host(printed: str) -> str:
    """Return a host in ASCII: an internationalised name by IDNA, which also makes full-width digits and dots plain."""
    return printed if printed.isascii() else printed.encode("idna").decode("ascii").lower()


def _target(path: str, query: str) -> str:
    return quote(path or "/", safe=_WRITTEN) + (f"?{quote(query, safe=_WRITTEN + '?')}" if query else "")
