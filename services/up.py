"""`nianbao up`: the whole pipeline in one process, on the local bus; it goes on where it was, however it ended."""

import asyncio
import pathlib
import signal
from collections.abc import Coroutine, Sequence
from typing import Annotated, Any

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
    _stop_on_signals(stop)
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
        await _together(
            stop,
            LocalBus(pool, stages).run(stop),
            Sender(pool, notify_settings, open_mailbox(notify_settings)).run(stop),
            ingest(pool, ingest_settings, stop, folders=folders),
        )


async def _together(stop: asyncio.Event, *parts: Coroutine[Any, Any, None]) -> None:
    """Run the parts until one of them ends, then stop the others cleanly and raise what went wrong."""
    tasks = [asyncio.create_task(part) for part in parts]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        stop.set()
    for result in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(result, BaseExceptionGroup):
            raise result.exceptions[0]
        if isinstance(result, BaseException):
            raise result


def _stop_on_signals(stop: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        # Windows has no loop.add_signal_handler; there the plain handler wakes the loop.
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
