"""The ingest service: watched folders and the upload server, until told to stop."""

import asyncio
import contextlib
import pathlib
import socket
from collections.abc import Sequence

import structlog
import uvicorn
from starlette.applications import Starlette

from services.ingest.bearer import token_or_new
from services.ingest.settings import IngestSettings
from services.ingest.sources.folder import Watcher
from services.ingest.sources.upload import PATH, application
from shared.ops.errors import UsageError
from shared.stream.stage import Connection

_log = structlog.get_logger("nianbao.ingest")

_CONNECTIONS = 512


async def run(
    pool: Connection, settings: IngestSettings, stop: asyncio.Event, *, folders: Sequence[pathlib.Path]
) -> None:
    """Watch the folders and serve uploads until `stop` is set; raise UsageError for a missing folder or a taken port."""
    watchers = [Watcher(folder, pool) for folder in folders]
    uploads = application(pool, token_or_new(settings))
    listener = listen(settings)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(serve(uploads, listener, stop))
        for watcher in watchers:
            tasks.create_task(watcher.watch(stop, settings.watch_poll_seconds))


def listen(settings: IngestSettings) -> socket.socket:
    """Return the listening socket of the upload server; raise UsageError where its address cannot be had."""
    address = (settings.upload_host, settings.upload_port)
    family = socket.AF_INET6 if ":" in settings.upload_host else socket.AF_INET
    try:
        return socket.create_server(address, family=family)
    except OSError as fault:
        place = f"{settings.upload_host}:{settings.upload_port}"
        raise UsageError(
            f"收件地址 {place} 不可用（{fault.strerror}）：可用设置 NIANBAO_UPLOAD_PORT 换一个端口"
        ) from fault


async def serve(uploads: Starlette, listener: socket.socket, stop: asyncio.Event) -> None:
    """Serve on a listening socket until `stop` is set; what is being received then is finished first."""
    config = uvicorn.Config(
        uploads,
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
    # Signals belong to the process that ingest runs in.
    server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment]
    host, port = listener.getsockname()[:2]
    _log.info("uploads_served", address=f"{host}:{port}", path=PATH)
    stopped = asyncio.create_task(stop.wait())
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await asyncio.wait((stopped, serving), return_when=asyncio.FIRST_COMPLETED)
    finally:
        stopped.cancel()
        server.should_exit = True
        await serving
