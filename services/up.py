"""`nianbao up`: the whole pipeline in one process, on the local bus; it goes on where it was, however it ended."""

import asyncio
import pathlib
import socket
from collections.abc import Sequence
from typing import Annotated

import structlog
import typer

from services import measures
from services.ingest.app import run as ingest
from services.ingest.settings import IngestSettings
from services.ingest.sources.folder import refuse_missing
from services.notify.app import NotifyStage
from services.notify.sender import Sender
from services.notify.settings import NotifySettings
from services.notify.smtp import open_mailbox
from services.parse.app import ParseStage
from services.parse.settings import ParseSettings
from services.parse.worker import Workers
from services.telling import sentence
from services.validate.app import ValidateStage
from services.validate.configuration import Configuration
from services.validate.ruleset_file import configuration_of
from services.validate.settings import ValidateSettings
from shared.database.pool import Pool, database
from shared.ops import http, logs
from shared.ops.health import Health, HttpSettings, Watch, application
from shared.ops.metrics import STAGES
from shared.ops.running import stop_on_signals, together
from shared.stream.bus.local import LocalBus

_log = structlog.get_logger("nianbao.up")


def up(
    watch: Annotated[
        list[pathlib.Path] | None, typer.Option(metavar="DIR", help="监视的文件夹，可以有多个；放进去的报告自动处理。")
    ] = None,
) -> None:
    """在一个进程里运行全部四个服务（内置数据库，不需要Kafka），直到按Ctrl-C。

    通知邮件先等待放行：nianbao notices list、show、release。
    """
    logs.configure(sentence)
    asked, settings = HttpSettings(), (IngestSettings(), ParseSettings(), NotifySettings())
    folders = (*settings[0].watch, *(watch or ()))
    refuse_missing(folders)
    configuration = configuration_of(ValidateSettings().ruleset)
    listener = http.listen(asked.http_host, asked.http_port, setting="NIANBAO_HTTP_PORT")
    with listener, measures.shown(STAGES, configuration):
        asyncio.run(_up(settings, folders, configuration, listener))


async def _up(
    settings: tuple[IngestSettings, ParseSettings, NotifySettings],
    folders: Sequence[pathlib.Path],
    configuration: Configuration,
    listener: socket.socket,
) -> None:
    stop = asyncio.Event()
    stop_on_signals(stop)
    async with database(settings[0]) as pool:
        _log.info("started", release=settings[2].release, mail=settings[2].mail)
        _log.info("listening", service="up", address=http.address_of(listener))
        await together(
            stop,
            run(pool, stop, *settings, configuration, folders=folders),
            _answer(pool, stop, listener),
        )
        _log.info("stopped")


async def _answer(pool: Pool, stop: asyncio.Event, listener: socket.socket) -> None:
    """Answer how the process is, and what it did, until `stop` is set."""
    watch = Watch()
    database_answers = watch.look_at("database", lambda: measures.look(pool, STAGES))
    health = Health("up", alive={"loop": watch.late}, ready={"database": database_answers})
    await together(stop, watch.run(stop), http.serve(application(health), listener, stop))


async def run(
    pool: Pool,
    stop: asyncio.Event,
    ingest_settings: IngestSettings,
    parse_settings: ParseSettings,
    notify_settings: NotifySettings,
    configuration: Configuration,
    *,
    folders: Sequence[pathlib.Path],
) -> None:
    """Run all four services on a pool until `stop` is set; work in hand is finished first."""
    async with Workers(parse_settings.parse_workers, deadline=parse_settings.parse_deadline_seconds) as workers:
        stages = ParseStage(pool, workers, parse_settings), ValidateStage(configuration), NotifyStage(notify_settings)
        await together(
            stop,
            LocalBus(pool, stages).run(stop),
            Sender(pool, notify_settings, open_mailbox(notify_settings)).run(stop),
            ingest(pool, ingest_settings, stop, folders=folders),
        )
