"""`nianbao demo`: the pipeline on the sample reports, from the files to the mails, with nothing set up beforehand."""

import asyncio
import contextlib
import importlib.resources
import os
import pathlib
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Annotated, Any

import typer
from rich.console import Console

from services.demo_kafka import Running, on_kafka
from services.ingest.settings import IngestSettings
from services.notify.settings import NotifySettings
from services.parse.settings import ParseSettings
from services.tasks import COLUMNS as TASK_COLUMNS
from services.tasks import waiting
from services.up import run
from services.validate.ruleset_file import configuration_of
from services.validate.settings import ValidateSettings
from shared.database import embedded
from shared.database.pool import Pool, database
from shared.directory import store
from shared.directory.rows import read_rows
from shared.documents import documents_at
from shared.ops import logs
from shared.ops.errors import Transient
from shared.ops.settings import CommonSettings
from shared.output.checked import STATUSES
from shared.output.table import Column, write_table
from shared.stream.topics import STATUS

Way = Callable[[Pool, pathlib.Path, pathlib.Path, pathlib.Path], contextlib.AbstractAsyncContextManager[Running]]
"""Runs the services on a database, data folder, reports and mails, as long as entered."""

Outcome = tuple[list[dict[str, Any]], list[dict[str, Any]], str | None]
"""What became of the documents, what is left to a person, and what it ran on where that is worth a word."""

DIRECTORY = "agencies.csv"
LISTED = "机关名录.csv"
"""The directory of the sample agencies, laid beside the reports for a person who goes on with them."""

_PATIENCE_SECONDS = 120

_RESULT = """
select regexp_replace(o.source, '^.*/', '') as source, rd.status, coalesce(j.agency_name, r.agency_name) as agency, r.year,
       r.form, j.verdict, j.errors + j.warnings + j.infos as findings
from observation o
join reading rd on rd.observation_id = o.id
left join report r on r.observation_id = o.id
left join judgement j using (report_id)
order by o.source, r.year
"""

# Every event but the last stage's goes to one consumer.
_AT_REST = """
select (select count(*) from observation) >= $1
   and not exists (select from outbox where published_at is null)
   and (select count(*) from inbox) >= (select count(*) from outbox where topic <> $2)
   and not exists (select from notice where status in ('pending', 'sending', 'deferred'))
"""

COLUMNS = (
    Column("source", "文件"),
    Column("agency", "机关"),
    Column("year", "年度"),
    Column("form", "格式"),
    Column("verdict", "结论"),
    Column("findings", "发现"),
)


def demo(
    output: Annotated[
        pathlib.Path, typer.Option(metavar="DIR", help="样例报告和写出的邮件放在这个文件夹。")
    ] = pathlib.Path("demo-output"),
    kafka: Annotated[
        bool, typer.Option("--kafka", help="在真正的Apache Kafka上跑，四个服务四个进程（需要Java 17和Maven，或容器）。")
    ] = False,
) -> None:
    """用自带的样例报告跑一遍：收件、读取、核验、写出更正通知邮件。"""
    reports, mails = output / "reports", output / "mails"
    shutil.rmtree(mails, ignore_errors=True)
    _copy_samples(reports)
    # What a person sees here is the result; the log lies beside it.
    with (output / "log.jsonl").open("w", encoding="utf-8") as log, contextlib.redirect_stderr(log):
        logs.configure()
        rows, left, ran_on = _run(reports, mails, on_kafka if kafka else _in_this_process)
    _show(rows, left, reports, mails)
    if ran_on:
        print(f"\n{ran_on}")  # noqa: T201 - also where the output goes into a file


def _run(reports: pathlib.Path, mails: pathlib.Path, way: Way) -> Outcome:
    # A throw-away database: the demo leaves nothing behind but the files it shows.
    with tempfile.TemporaryDirectory(prefix="nianbao-demo-") as folder:
        data_dir = pathlib.Path(folder)
        try:
            return asyncio.run(_demo(data_dir, reports, mails, way))
        finally:
            embedded.stop(data_dir)


def _copy_samples(reports: pathlib.Path) -> None:
    with importlib.resources.as_file(importlib.resources.files("shared.testing") / "samples") as samples:
        shutil.copytree(samples, reports, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__*", DIRECTORY))
        shutil.copyfile(samples / DIRECTORY, reports.parent / LISTED)


async def _demo(data_dir: pathlib.Path, reports: pathlib.Path, mails: pathlib.Path, way: Way) -> Outcome:
    async with database(CommonSettings(data_dir=data_dir, database="embedded")) as pool:
        await _import_directory(pool)
        async with way(pool, data_dir, reports, mails) as running:
            await _until_at_rest(pool, running.has_ended, len(list(documents_at(str(reports)))))
        rows = [_row(dict(row)) for row in await pool.fetch(_RESULT)]
        return rows, await waiting(pool, resend_unknown=True), running.on


@contextlib.asynccontextmanager
async def _in_this_process(
    pool: Pool, data_dir: pathlib.Path, reports: pathlib.Path, mails: pathlib.Path
) -> AsyncIterator[Running]:
    stop = asyncio.Event()
    settings = (
        IngestSettings(data_dir=data_dir, upload_port=0, watch=()),
        ParseSettings(data_dir=data_dir),
        NotifySettings(data_dir=data_dir, release="auto", mail="folder", mail_folder=mails),
    )
    configuration = configuration_of(ValidateSettings().ruleset)
    pipeline = asyncio.create_task(run(pool, stop, *settings, configuration, folders=(reports,)))
    try:
        yield Running(pipeline.done)
    finally:
        stop.set()
    await pipeline


def _row(row: dict[str, Any]) -> dict[str, Any]:
    # A document without a report has no verdict; what it is instead stands in the same place.
    return row | {"verdict": row["verdict"] or STATUSES[row["status"]]}


async def _import_directory(pool: Pool) -> None:
    listed = importlib.resources.files("shared.testing").joinpath("samples", DIRECTORY).read_bytes()
    async with pool.acquire() as connection:
        await store.replace(connection, read_rows(listed), by="demo")


async def _until_at_rest(pool: Pool, has_ended: Callable[[], bool], documents: int) -> None:
    for _ in range(_PATIENCE_SECONDS * 10):
        if has_ended() or await pool.fetchval(_AT_REST, documents, STATUS.name):
            return
        await asyncio.sleep(0.1)
    raise Transient(f"样例没有在{_PATIENCE_SECONDS}秒内处理完；机器可能过于繁忙，请再试一次")


def _show(
    rows: Sequence[dict[str, Any]], left: Sequence[dict[str, Any]], reports: pathlib.Path, mails: pathlib.Path
) -> None:
    heading = Console(markup=False, highlight=False, soft_wrap=True)
    heading.print(f"\n处理了{len(rows)}份文件\n", style="bold")
    write_table(COLUMNS, rows, "text")
    heading.print("\n等待人工处理的事项\n", style="bold")
    write_table([column for column in TASK_COLUMNS if column.key != "since"], left, "text")
    written = sorted(mails.glob("*.eml"))
    heading.print(f"\n写出了{len(written)}封邮件\n", style="bold")
    for mail in written:
        print(mail)  # noqa: T201 - a path that a person may copy stands alone on its line
    command = _command()
    heading.print("\n怎样继续看\n", style="bold")
    print(f"{command} check {reports}")  # noqa: T201
    print(f"{command} check --format html --output check.html {reports}")  # noqa: T201
    print(f"{command} up --watch {reports}")  # noqa: T201


def _command() -> str:
    """Return what to type for this program: its name where the shell finds it, else its place."""
    # looked for, since Windows names a program without the ending of its file
    called, found = shutil.which(sys.argv[0]) or sys.argv[0], shutil.which("nianbao")
    if not called or (found and pathlib.Path(found).samefile(called)):
        return "nianbao"
    try:
        return os.path.relpath(called)
    except ValueError:  # on another drive of Windows
        return called
