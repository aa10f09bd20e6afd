"""A line to a server that a test can cut and mend: an outage as its clients see it."""

import asyncio
import contextlib
from asyncio import StreamReader, StreamWriter
from types import TracebackType
from urllib.parse import urlsplit, urlunsplit


class Line:
    """Carries TCP to the server of an address (URL with host and port); entered, it gives the address to use instead.

    `refused` counts the connections refused while it was cut.
    """

    def __init__(self, address: str) -> None:
        self._there = urlsplit(address)
        self._open: set[StreamWriter] = set()
        self._cut = False
        self.refused = 0

    async def __aenter__(self) -> str:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        login, at, _ = self._there.netloc.rpartition("@")
        return urlunsplit(self._there._replace(netloc=f"{login}{at}127.0.0.1:{port}"))

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cut()
        self._server.close()
        await self._server.wait_closed()

    def cut(self) -> None:
        """Cut every connection, and each new one until the line is mended."""
        self._cut = True
        for writer in self._open:
            writer.close()
        self._open.clear()

    def mend(self) -> None:
        """Carry again."""
        self._cut = False

    async def _carry(self, reader: StreamReader, writer: StreamWriter) -> None:
        if self._cut:
            self.refused += 1
            writer.close()
            return
        answers, onward = await asyncio.open_connection(self._there.hostname, self._there.port)
        self._open |= {writer, onward}
        await asyncio.gather(_copy(reader, onward), _copy(answers, writer))


async def _copy(reader: StreamReader, writer: StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(65536):
            writer.write(data)
    writer.close()
