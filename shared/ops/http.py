"""HTTP servers: a socket, and an application served on it until told to stop."""

import asyncio
import contextlib
import socket

import uvicorn
from starlette.types import ASGIApp

from shared.ops.errors import UsageError, system_said

_CONNECTIONS = 512


def listen(host: str, port: int, *, setting: str) -> socket.socket:
    """Return a listening socket, port 0 for a free one; UsageError names the setting where the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as fault:
        raise UsageError(f"地址 {host}:{port} 不可用（{system_said(fault)}）：可用设置 {setting} 换一个端口") from fault


def address_of(listener: socket.socket) -> str:
    """Return host and port of a listening socket."""
    host, port = listener.getsockname()[:2]
    return f"{host}:{port}"


async def serve(application: ASGIApp, listener: socket.socket, stop: asyncio.Event) -> None:
    """Serve on a listening socket until `stop` is set; what is being received then is finished first, for 10 s."""
    config = uvicorn.Config(
        application,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        proxy_headers=False,
        server_header=False,
        limit_concurrency=_CONNECTIONS,
        timeout_graceful_shutdown=10,
    )
    server = uvicorn.Server(config)
    # Signals belong to the process, not to one of its servers.
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment]
    stopped = asyncio.create_task(stop.wait())
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await asyncio.wait((stopped, serving), return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopped.cancel()
        server.should_exit = True
        await serving
