"""A web server that answers what a test says, byte for byte: also what no server should."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field

Speak = Callable[[asyncio.StreamWriter], Awaitable[None]]
Pages = Mapping[str, bytes | Speak]


@dataclass(frozen=True)
class Website:
    """A running server: where it is, and which targets it was asked for in their order, with the request's head."""

    port: int
    scheme: str
    asked: list[str] = field(default_factory=list)
    heads: list[bytes] = field(default_factory=list)

    def address(self, target: str, host: str = "127.0.0.1") -> str:
        """Return the address of a page."""
        return f"{self.scheme}://{host}:{self.port}{target}"


def answer(body: bytes = b"", *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """Return a whole answer of HTTP/1.1; `length` is announced in place of the body's own."""
    head = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body) if length is None else length}", "", ""]
    return "\r\n".join(head).encode() + body


def redirect(location: str) -> bytes:
    """Return an answer that sends on to another address."""
    return answer(b"", f"Location: {location}", status="302 Found")


@contextlib.asynccontextmanager
async def website(pages: Pages, tls: ssl.SSLContext | None = None) -> AsyncIterator[Website]:
    """Run a server on this machine; a page is its whole answer or a function that writes it, "*" stands for every other."""
    end = asyncio.Event()
    serving: set[asyncio.Task[None]] = set()

    def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving.add(asyncio.create_task(converse(reader, writer)))

    async def converse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        speaking, ended = asyncio.create_task(_speak(site, pages, reader, writer)), asyncio.create_task(end.wait())
        await asyncio.wait({speaking, ended}, return_when=asyncio.FIRST_COMPLETED)
        speaking.cancel()
        ended.cancel()
        await asyncio.gather(speaking, ended, return_exceptions=True)
        with contextlib.suppress(OSError):
            writer.close()
            await writer.wait_closed()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    site = Website(server.sockets[0].getsockname()[1], "https" if tls else "http")
    try:
        yield site
    finally:
        end.set()
        server.close()
        await asyncio.gather(*serving, return_exceptions=True)


async def _speak(site: Website, pages: Pages, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer one request, as `pages` say."""
    head = await reader.readuntil(b"\r\n\r\n")
    target = head.split(b" ", 2)[1].decode()
    site.asked.append(target)
    site.heads.append(head)
    page = pages.get(target, pages.get("*", answer(status="404 Not Found")))
    if isinstance(page, bytes):
        writer.write(page)
        await writer.drain()
    else:
        await page(writer)
