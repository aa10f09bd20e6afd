"""What may be fetched from: public addresses of the web, and the networks that an operator allows.

A name is resolved once, every address it has is checked, and the connection goes to the address that was checked: a name that
resolves otherwise the second time (DNS rebinding) is never asked a second time.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence

import httpcore2

from shared.documents import Problem

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""Returns every address of a host, as text; OSError where it has none."""

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: the IPv4 address stands in the last 32 bits
_UNICAST = ipaddress.IPv6Network("2000::/3")  # RFC 4291 2.4: what is in use of the public IPv6 addresses
_INTERNAL_USE: tuple[Network, ...] = (  # beside what the standard library knows, which differs by its version
    ipaddress.IPv4Network("192.0.0.0/24"),  # RFC 6890: protocol assignments, also clouds' metadata
    ipaddress.IPv4Network("168.63.129.16/32"),  # a public number under which Azure serves its machines' secrets
    ipaddress.IPv6Network("2002::/16"),  # 6to4 leads to any IPv4 address
)


class NotFetched(Exception):  # noqa: N818 - it says what came of it
    """A document could not be fetched; `problem` says why, as in shared.documents.PROBLEMS."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem: Problem = problem


def is_allowed(printed: str, allowed: Iterable[Network] = ()) -> bool:
    """Whether an address may be connected to: it is in an allowed network, or public."""
    address = ipaddress.ip_address(printed)
    return any(address.version == network.version and address in network for network in allowed) or _is_public(address)


def _is_public(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            return _is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        if address not in _UNICAST or address.scope_id is not None:
            return False
    internal = any(address.version == network.version and address in network for network in _INTERNAL_USE)
    return address.is_global and not address.is_multicast and not address.is_reserved and not internal


async def resolve(host: str, port: int) -> list[str]:
    """Return every address of a host by the system's resolver, which also reads odd forms of numbers (127.1, 0x7f.1)."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(place[0]) for *_, place in found))


class GuardedNetwork(httpcore2.AsyncNetworkBackend):
    """Opens connections for HTTP, to checked addresses only; TLS above it still asks for the host's own certificate."""

    def __init__(self, allowed: Iterable[Network], resolve: Resolve = resolve) -> None:
        self._allowed = tuple(allowed)
        self._resolve = resolve
        self._network = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """Connect to the first address of a host that answers; NotFetched where one of them is internal or there is none."""
        failure: Exception | None = None
        for address in await self._checked(host, port):
            try:
                return await self._network.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
        raise NotFetched("unreachable") from failure

    async def _checked(self, host: str, port: int) -> Sequence[str]:
        try:
            addresses = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:
            raise NotFetched("host_unknown") from error
        if not all(is_allowed(address, self._allowed) for address in addresses):
            raise NotFetched("address_internal")
        if not addresses:
            raise NotFetched("host_unknown")
        return addresses
