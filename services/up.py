"""`nianbao up`: the whole pipeline in one process, on the local bus; it goes on where it was, however it ended."""

import asyncio
import pathlib
from collections.abc import Sequence
from typing import Annotated

import structlog
import typer

from services.ingest.app import run as ingest
from services.ingest.settings import IngestSettings
from services.notify.app import NotifyStage
from services.notify.sender import Sender
from services.notify.settings import NotifySettings
from services.notify.smtp import open_mailbox
from services.parse.app import ParseStage
from services.parse.settings import ParseSettings
from services.parse.worker import Workers
from services.validate.app import ValidateStage
from shared.database.pool import Pool, database
from shared.ops import logs
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
    logs.configure()
    asyncio.run(_up(tuple(watch or ())))


async def _up(watch: Sequence[pathlib.Path]) -> None:
    stop = asyncio.Event()
    stop_on_signals(stop)
    settings = IngestSettings(), ParseSettings(), NotifySettings()
    async with database(settings[0]) as pool:
        _log.info("started", release=settings[2].release, mail=settings[2].mail)
        await run(pool, stop, *settings, folders=(*settings[0].watch, *watch))
        _log.info("stopped")


async def run(
    pool: Pool,
    stop: asyncio.Event,
    ingest_settings: IngestSettings,
    parse_settings: ParseSettings,
    notify_settings: NotifySettings,
    *,
    folders: Sequence[pathlib.Path],
) -> None:
    """Run all four services on a pool until `stop` is set; work in hand is finished first."""
    async with Workers(parse_settings.parse_workers, deadline=parse_settings.parse_deadline_seconds) as workers:
        stages = ParseStage(pool, workers, parse_settings), ValidateStage(), NotifyStage(notify_settings)
        await together(
            stop,
            LocalBus(pool, stages).run(stop),
            Sender(pool, notify_settings, open_mailbox(notify_settings)).run(stop),
            ingest(pool, ingest_settings, stop, folders=folders),
        )
