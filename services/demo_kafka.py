"""The demo on real Apache Kafka: a broker of its own, and the four services as four processes."""

import pathlib
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass

from rich.console import Console

from services.validate.settings import ValidateSettings
from shared.database.pool import Pool
from shared.ops.errors import Halted, UsageError
from shared.stream import topics_admin
from shared.stream.bus import cluster
from shared.stream.settings import KafkaSettings
from shared.testing.fleet import Fleet, fleet
from shared.testing.kafka import KafkaMissingError, kafka


@dataclass(frozen=True, slots=True)
class Running:
    """The services of a demo: whether one has ended, and what they run on where that is worth a word."""

    has_ended: Callable[[], bool]
    on: str | None = None


@asynccontextmanager
async def on_kafka(
    _pool: Pool, data_dir: pathlib.Path, reports: pathlib.Path, mails: pathlib.Path
) -> AsyncIterator[Running]:
    """Run the four services as long as entered, logs beside the reports.

    Raises UsageError where no broker can be had, Halted where a service ended by itself.
    """
    given = {"data_dir": str(data_dir), "release": "auto", "mail": "folder", "mail_folder": str(mails), **_ruleset()}
    _say("正在启动Apache Kafka（第一次要先下载约45兆字节）…")
    with _broker() as (address, what):
        _say(f"Kafka已启动：{what}，{address}")
        settings = KafkaSettings(kafka=address)
        async with cluster.admin(settings) as admin:
            await topics_admin.apply(admin, settings)
        with fleet(reports.parent, "embedded", settings, given) as services:
            services.start()
            for each in services.all:
                _say(
                    f"服务 {each.arguments[1]}：进程 {each.process.pid if each.process else '-'}，日志 {each.log.name}"
                )
            yield Running(
                lambda: not all(each.is_running for each in services.all),
                f"{what.partition(',')[0]}，四个进程，日志在 {reports.parent}",
            )
            _demand_running(services)
            await services.stop()


def _demand_running(services: Fleet) -> None:
    for each in services.all:
        if each.process and not each.is_running:
            raise Halted(f"服务 {each.arguments[1]} 自行结束（退出码 {each.process.returncode}），见日志 {each.log}")


def _ruleset() -> dict[str, str]:
    file = ValidateSettings().ruleset
    return {"ruleset": str(file)} if file else {}


@contextmanager
def _broker() -> Iterator[tuple[str, str]]:
    try:
        with kafka() as found:
            yield found
    except KafkaMissingError as error:
        raise UsageError(f"这台机器上没有可用的Kafka：{error}") from error


def _say(line: str) -> None:
    # The demo's standard error is its log file.
    terminal = Console(file=sys.__stderr__, highlight=False, soft_wrap=True)
    if terminal.is_terminal:
        terminal.print(line)
