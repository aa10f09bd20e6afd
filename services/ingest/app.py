"""The ingest service: watched folders, the upload server and the attachments of pages, until told to stop."""

import asyncio
import pathlib
import socket
from collections.abc import Sequence

import structlog

from services.ingest.attachments import Attachments
from services.ingest.bearer import token_or_new
from services.ingest.server import application
from services.ingest.settings import IngestSettings
from services.ingest.sources.folder import Watcher
from services.ingest.sources.serving import DOCUMENTS
from services.ingest.sources.url import Visits
from shared.ops import http
from shared.stream.stage import Connection

_log = structlog.get_logger("nianbao.ingest")


async def run(
    pool: Connection, settings: IngestSettings, stop: asyncio.Event, *, folders: Sequence[pathlib.Path]
) -> None:
    """Watch the folders, serve uploads and fetch attachments until `stop` is set; raise UsageError for a missing folder or a taken port."""
    watchers = [Watcher(folder, pool) for folder in folders]
    visits = Visits(settings)
    uploads = application(pool, token_or_new(settings), visits)
    listener = listen(settings)
    _log.info("uploads_served", address=http.address_of(listener), path=DOCUMENTS)
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(http.serve(uploads, listener, stop))
        tasks.create_task(Attachments(pool, settings, visits).run(stop))
        for watcher in watchers:
            tasks.create_task(watcher.watch(stop, settings.watch_poll_seconds))


def listen(settings: IngestSettings) -> socket.socket:
    """Return the listening socket of the upload server; raise UsageError where its address cannot be had."""
    return http.listen(settings.upload_host, settings.upload_port, setting="NIANBAO_UPLOAD_PORT")
