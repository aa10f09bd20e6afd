"""Documents by their web address: fetched over HTTP/1.1 within limits of bytes and time, through the guard of `guard.py`.

No proxy of the environment, no cookies, no credentials; at most five redirects, each checked like the first address.
"""

import asyncio
import functools
import pathlib
import ssl
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from urllib.parse import urlsplit

import httpcore2

from services.ingest.settings import IngestSettings
from services.ingest.sources.guard import GuardedNetwork, NotFetched, Resolve, resolve
from services.ingest.sources.inflating import Inflating
from shared.documents import LIMIT, Problem
from shared.ops.errors import UsageError
from shared.web import NoWebAddress, WebAddress, web_address

REDIRECTS = 5
PAUSE_SECONDS = 1.0
"""Between two documents of one host, so that no server is pressed."""

_TIMEOUTS = {"timeout": {"connect": 10.0}}  # seconds to one address of a host; the next one may answer
_REDIRECT = frozenset({301, 302, 303, 307, 308})
_AS_IT_IS = frozenset({b"", b"identity"})
_COMPRESSED = frozenset({b"gzip", b"x-gzip", b"deflate"})
_HEADERS = (
    (b"User-Agent", f"nianbao/{version('nianbao')}".encode()),
    (b"Accept", b"*/*"),
    (b"Accept-Language", b"zh-CN,zh;q=0.9"),
    (b"Accept-Encoding", b"gzip, deflate"),
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What asking for an address came to: the document and the address it was found at, or why there is none."""

    source: str
    address: str
    data: bytes | None = None
    problem: Problem | None = None


class Visits:
    """Visits to web servers: one at a time to each host, with a pause between two."""

    def __init__(self, settings: IngestSettings) -> None:
        self._settings = settings
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._left: dict[str, float] = {}

    async def fetch(self, asked: str) -> Fetched:
        """Return the document at a web address, as `fetch` does, when it is this host's turn."""
        host, clock = urlsplit(asked).netloc.lower(), asyncio.get_running_loop().time
        async with self._turns[host]:
            await asyncio.sleep(max(0.0, self._left.get(host, -PAUSE_SECONDS) + PAUSE_SECONDS - clock()))
            try:
                return await fetch(asked, self._settings)
            finally:
                self._left[host] = clock()


async def fetch_each(asked: Sequence[str], settings: IngestSettings) -> list[Fetched]:
    """Return what asking for several addresses came to, in their order, one after the other."""
    visits = Visits(settings)
    return [await visits.fetch(address) for address in asked]


async def fetch(asked: str, settings: IngestSettings, resolve: Resolve = resolve) -> Fetched:
    """Return the document at a web address; never raises for what the address is or its server does.

    UsageError where the file of trusted certificates cannot be read.
    """
    try:
        address = web_address(asked)
    except NoWebAddress as no:
        return Fetched(asked, asked, problem=no.fault)
    network = GuardedNetwork(settings.fetch_allow, resolve)
    trusted = _trusted(settings.fetch_ca_file)
    try:
        async with (
            asyncio.timeout(settings.fetch_seconds),
            httpcore2.AsyncConnectionPool(trusted, network_backend=network) as pool,
        ):
            return await _follow(pool, address, frozenset(settings.fetch_ports))
    except NotFetched as no:
        return Fetched(str(address), str(address), problem=no.problem)
    except (TimeoutError, httpcore2.TimeoutException):
        return Fetched(str(address), str(address), problem="too_slow")
    except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
        return Fetched(str(address), str(address), problem=_fault(error))


@functools.cache
def _trusted(ca_file: pathlib.Path | None) -> ssl.SSLContext:
    """Return what certificates are checked with; reading a system's roots takes longer than fetching a page."""
    try:
        return ssl.create_default_context(cafile=ca_file)
    except OSError as fault:  # also ssl.SSLError
        raise UsageError(f"根证书文件无法读取：{ca_file}（设置 fetch_ca_file）") from fault


def _fault(error: Exception) -> Problem:
    causes = error, error.__cause__, error.__context__
    if any(isinstance(cause, ssl.SSLCertVerificationError) for cause in causes):
        return "certificate"
    return "unreachable" if isinstance(error, httpcore2.ConnectError) else "broken_off"


async def _follow(pool: httpcore2.AsyncConnectionPool, asked: WebAddress, ports: frozenset[int]) -> Fetched:
    """Ask for an address and for what it redirects to."""
    address = asked
    for _ in range(REDIRECTS + 1):
        if address.port not in ports:
            raise NotFetched("address_port")
        async with pool.stream("GET", _url(address), headers=[*_HEADERS], extensions=_TIMEOUTS) as answer:
            if answer.status == 200:
                return Fetched(str(asked), str(address), await _body(answer))
            if answer.status not in _REDIRECT:
                raise NotFetched("not_served")
            address = _target(answer, address)
    raise NotFetched("redirected")


def _url(address: WebAddress) -> httpcore2.URL:
    return httpcore2.URL(
        scheme=address.scheme.encode(), host=address.host.encode(), port=address.port, target=address.target.encode()
    )


def _header(answer: httpcore2.Response, name: bytes) -> list[bytes]:
    return [value.strip() for field, value in answer.headers if field.lower() == name]


def _target(answer: httpcore2.Response, address: WebAddress) -> WebAddress:
    """Return where a redirect leads; servers write Chinese paths as UTF-8, percent-encoded or not."""
    location = next(iter(_header(answer, b"location")), b"")
    try:
        return web_address(location.decode("utf-8"), str(address))
    except (UnicodeDecodeError, NoWebAddress):
        raise NotFetched("redirected") from None


async def _body(answer: httpcore2.Response) -> bytes:
    announced = _header(answer, b"content-length")
    if any(length.isdigit() and int(length[:20]) > LIMIT for length in announced):
        raise NotFetched("too_large")
    encodings = [each.strip().lower() for value in _header(answer, b"content-encoding") for each in value.split(b",")]
    encodings = [each for each in encodings if each not in _AS_IT_IS]
    if len(encodings) > 1 or not _COMPRESSED.issuperset(encodings):
        raise NotFetched("content_encoding")
    unpacking = Inflating() if encodings else None
    data, came = bytearray(), 0
    async for part in answer.aiter_stream():
        came += len(part)
        for piece in unpacking.pieces(part) if unpacking else (part,):
            data += piece
            if max(came, len(data)) > LIMIT:
                raise NotFetched("too_large")
    if unpacking and not unpacking.ended:
        raise NotFetched("broken_off")
    return bytes(data)
