"""`nianbao serve`: one service in one process, on Kafka; run as many replicas of it as there are partitions."""

import asyncio
import pathlib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Annotated

import typer

from services import measures
from services.ingest.app import run as run_ingest
from services.ingest.settings import IngestSettings
from services.ingest.sources.folder import refuse_missing
from services.notify.app import NotifyStage
from services.notify.sender import Sender
from services.notify.settings import NotifySettings
from services.notify.smtp import open_mailbox
from services.parse.app import ParseStage
from services.parse.settings import ParseSettings
from services.parse.worker import Workers
from services.validate.app import ValidateStage
from services.validate.configuration import AS_WRITTEN, Configuration
from services.validate.ruleset_file import configuration_of
from services.validate.settings import ValidateSettings
from shared.database.pool import Pool
from shared.ops import http, logs
from shared.ops.health import HttpSettings
from shared.ops.settings import CommonSettings
from shared.stream.bus.kafka import KafkaBus
from shared.stream.replica import Opened, Replica, Service
from shared.stream.settings import KafkaSettings
from shared.stream.stage import StageName

serve = typer.Typer(
    help="在Kafka上运行一个服务，直到按Ctrl-C；四个服务各一个进程，每个都可以同时运行多份。", no_args_is_help=True
)

Port = Annotated[
    int | None,
    typer.Option(
        help="/healthz、/readyz、/metrics的端口，0为任意空闲端口；默认取自设置。", min=0, max=65535, show_default=False
    ),
]
Open = Callable[[Pool, KafkaSettings], Opened]


@serve.command()
def ingest(
    watch: Annotated[
        list[pathlib.Path] | None, typer.Option(metavar="DIR", help="监视的文件夹，可以有多个；放进去的报告自动处理。")
    ] = None,
    port: Port = None,
) -> None:
    """收件：监视文件夹，接收上传。"""
    settings = IngestSettings()
    folders = (*settings.watch, *(watch or ()))
    refuse_missing(folders)
    _run("ingest", settings, port, lambda pool, _kafka: _ingest(pool, settings, folders))


@serve.command()
def parse(port: Port = None) -> None:
    """读取：把收到的文件读成结构化的报告。"""
    settings = ParseSettings()
    _run("parse", settings, port, lambda pool, kafka: _parse(pool, settings, kafka))


@serve.command()
def validate(port: Port = None) -> None:
    """核验：按规则核对每份报告。"""
    settings = ValidateSettings()
    configuration = configuration_of(settings.ruleset)
    _run("validate", settings, port, lambda pool, kafka: _validate(pool, kafka, configuration), configuration)


@serve.command()
def notify(port: Port = None) -> None:
    """通知：写出并发送更正通知邮件。"""
    settings = NotifySettings()
    _run("notify", settings, port, lambda pool, kafka: _notify(pool, settings, kafka))


def _run(
    name: StageName,
    settings: CommonSettings,
    port: int | None,
    open_: Open,
    configuration: Configuration = AS_WRITTEN,
) -> None:
    kafka, served = KafkaSettings(), HttpSettings()
    logs.configure()
    listener = http.listen(served.http_host, served.http_port if port is None else port, setting="NIANBAO_HTTP_PORT")
    look = partial(measures.look, stages=(name,))
    with listener, measures.shown((name,), configuration):
        asyncio.run(Replica(name, settings, kafka, lambda pool: open_(pool, kafka), look).run(listener))


@asynccontextmanager
async def _ingest(pool: Pool, settings: IngestSettings, folders: Sequence[pathlib.Path]) -> AsyncIterator[Service]:
    yield Service(None, (lambda stop: run_ingest(pool, settings, stop, folders=folders),))


@asynccontextmanager
async def _parse(pool: Pool, settings: ParseSettings, kafka: KafkaSettings) -> AsyncIterator[Service]:
    async with Workers(settings.parse_workers, deadline=settings.parse_deadline_seconds) as workers:
        yield Service(KafkaBus(pool, ParseStage(pool, workers, settings), kafka))


@asynccontextmanager
async def _validate(pool: Pool, kafka: KafkaSettings, configuration: Configuration) -> AsyncIterator[Service]:
    yield Service(KafkaBus(pool, ValidateStage(configuration), kafka))


@asynccontextmanager
async def _notify(pool: Pool, settings: NotifySettings, kafka: KafkaSettings) -> AsyncIterator[Service]:
    sender = Sender(pool, settings, open_mailbox(settings))
    yield Service(KafkaBus(pool, NotifyStage(settings), kafka), (sender.run,))
