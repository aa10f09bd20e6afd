"""`nianbao doctor`: looks at all that the program leans on, and says in a line each what is right or what to do."""

import asyncio
import json
import logging
import os
import pathlib
import shutil
import stat
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import Annotated, Literal

import typer

from services.ingest.bearer import FILE as UPLOAD_TOKEN
from services.notify.settings import NotifySettings
from services.notify.smtp import refusal
from services.settings import CLASSES
from services.validate.ruleset_file import configuration_of
from services.validate.settings import ValidateSettings
from shared.database.embedded import access_file
from shared.database.migrate import Pool, demand_current, status
from shared.database.pool import is_away, open_pool
from shared.directory import store
from shared.ops.errors import NianbaoError, Transient
from shared.ops.listing import MASK, in_force
from shared.ops.settings import settings_file
from shared.stream import topics_admin
from shared.stream.bus import cluster
from shared.stream.settings import KafkaSettings

State = Literal["ok", "todo", "skipped"]
Found = tuple[State, str]
"""What a check found, and the line for it: what is right, what to do, or why nothing was looked at."""

OLDEST_PYTHON = (3, 11)
OLDEST_POSTGRESQL = 15
LEAST_SPACE_GIB = 2  # PostgreSQL's log of changes alone may grow to 1 GiB (max_wal_size)
MOST_CLOCK_SECONDS = 5.0

_GIB = 1024**3
_OTHERS_READ_OR_WRITE = stat.S_IRGRP | stat.S_IWGRP | stat.S_IROTH | stat.S_IWOTH
_NAMED = 3
_STATES: dict[State, str] = {"ok": "正常", "todo": "待办", "skipped": "未查"}


@dataclass(frozen=True, slots=True)
class Installation:
    """What is looked at; without a pool, `fault` says why there is none."""

    settings: NotifySettings
    kafka: KafkaSettings
    pool: Pool | None
    fault: str = ""

    @property
    def is_embedded(self) -> bool:
        """Whether the database is the built-in one."""
        return self.settings.database == "embedded"


def doctor(
    format_: Annotated[Literal["text", "json"], typer.Option("--format", help="输出方式。")] = "text",
) -> None:
    """检查运行所需的一切：规则集、数据库、Kafka、邮件、名录、磁盘、时钟、权限；有待办时退出码为1。不发邮件。"""
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # what it would warn of, a check says
    found = asyncio.run(_examine())
    for check, (state, message) in found.items():
        row = {"check": check, "state": state, "message": message}
        told = json.dumps(row, ensure_ascii=False) if format_ == "json" else f"{_STATES[state]}  {check}：{message}"
        typer.echo(told)
    if any(state == "todo" for state, _ in found.values()):
        raise typer.Exit(1)


async def _examine() -> dict[str, Found]:
    async with _opened(NotifySettings(), KafkaSettings()) as installation:
        return {check: await _looked(look, installation) for check, look in CHECKS.items()}


@asynccontextmanager
async def _opened(settings: NotifySettings, kafka: KafkaSettings) -> AsyncIterator[Installation]:
    try:
        pool = await open_pool(settings)
    except (NianbaoError, OSError) as fault:
        yield Installation(settings, kafka, None, str(fault))
        return
    try:
        yield Installation(settings, kafka, pool)
    finally:
        pool.terminate()


async def _looked(look: "Check", installation: Installation) -> Found:
    """Return what a check finds; a fault that stops it is the thing to mend."""
    try:
        return await look(installation)
    except (NianbaoError, OSError) as fault:
        return "todo", str(fault)
    except Exception as fault:
        if not is_away(fault):
            raise
        return "todo", f"数据库中断（{type(fault).__name__}）：请确认它在运行，然后再试"


async def _python(_: Installation) -> Found:
    here = f"Python {'.'.join(map(str, sys.version_info[:3]))}，nianbao {version('nianbao')}"
    if sys.version_info < OLDEST_PYTHON or sys.maxsize < 2**32:
        return "todo", f"{here}：需要64位的 Python {'.'.join(map(str, OLDEST_PYTHON))} 或更新版本"
    if sys.getfilesystemencoding() != "utf-8":
        return "todo", f"{here}：文件名不是UTF-8，请设 PYTHONUTF8=1"
    return "ok", here


async def _ruleset(_: Installation) -> Found:
    file = ValidateSettings().ruleset
    told = configuration_of(file).ruleset.printed
    return "ok", f"{told}，按 {file}" if file else f"{told}，没有设置规则集文件"


async def _database(at: Installation) -> Found:
    if at.pool is None:
        return "todo", at.fault
    row = await at.pool.fetchrow(
        """select split_part(current_setting('server_version'), ' ', 1) as version,
                  current_setting('server_version_num')::int / 10000 as major, current_setting('server_encoding') as encoding,
                  (select pg_stat_ssl.version from pg_stat_ssl where pid = pg_backend_pid() and ssl) as tls"""
    )
    if row["major"] < OLDEST_POSTGRESQL:
        return "todo", f"PostgreSQL {row['version']} 太旧，请升级到 {OLDEST_POSTGRESQL} 或更新版本"
    if row["encoding"] != "UTF8":
        return "todo", f"数据库的编码是 {row['encoding']}，请用 encoding 'UTF8' 另建一个库"
    place = "内置" if at.is_embedded else f"连接已加密，{row['tls']}" if row["tls"] else "连接未加密"
    return "ok", f"PostgreSQL {row['version']}（{place}）"


async def _tables(at: Installation) -> Found:
    if at.pool is None:
        return _WITHOUT_DATABASE
    migrations = await status(at.pool)
    if at.is_embedded and all(each.state in {"applied", "pending"} for each in migrations):
        pending = sum(each.state == "pending" for each in migrations)
        return "ok", f"启动时将自动执行{pending}个迁移" if pending else f"{len(migrations)}个迁移都已执行"
    await demand_current(at.pool)
    return "ok", f"{len(migrations)}个迁移都已执行"


async def _directory(at: Installation) -> Found:
    if at.pool is None:
        return _WITHOUT_DATABASE
    listed = await at.pool.fetchval("select to_regclass('contact') is not null")
    agencies = (await store.load(at.pool)).agencies if listed else ()
    if not agencies:
        return "todo", "名录是空的，通知无处可发：nianbao agencies template 取得模板，填好后 nianbao agencies import"
    without = [agency.name for agency in agencies if not agency.mailbox]
    if without:
        more = "等" if len(without) > _NAMED else ""
        names = "、".join(without[:_NAMED])
        return "todo", f"{len(without)}个机关没有邮箱（{names}{more}）：补全名录后 nianbao agencies import"
    return "ok", f"{len(agencies)}个机关，都有邮箱"


async def _clock(at: Installation) -> Found:
    if at.pool is None:
        return _WITHOUT_DATABASE
    if at.is_embedded:
        return "skipped", "内置数据库与本机是同一时钟，无从比较"
    before = time.time()
    there = (await at.pool.fetchval("select clock_timestamp()")).timestamp()
    # it was read somewhere between asking and answering
    apart = max(before - there, there - time.time(), 0.0)
    if apart > MOST_CLOCK_SECONDS:
        return "todo", f"本机时钟与数据库服务器相差{apart:.0f}秒：请在两台机器上都打开时间同步"
    return "ok", "与数据库服务器一致"


async def _broker(at: Installation) -> Found:
    if not _uses_kafka(at):
        return _WITHOUT_KAFKA
    await cluster.answers(at.kafka)
    return "ok", f"{at.kafka.kafka} 有应答"


async def _topics(at: Installation) -> Found:
    if not _uses_kafka(at):
        return _WITHOUT_KAFKA
    try:
        async with cluster.admin(at.kafka) as admin:
            found = await topics_admin.differences(admin, at.kafka)
    except Transient:
        return "skipped", "Kafka 没有应答，无从比较"
    if any(each.is_applied for each in found):
        return "todo", f"{len({each.topic for each in found})}个主题缺少或设置不同：请运行 nianbao topics apply"
    if found:
        named = "、".join(f"{each.topic} {each.what} {each.have}，应为 {each.want}" for each in found)
        return "todo", f"{named}：不会自动更改，请管理员决定"
    return "ok", "主题齐全，设置一致"


async def _mail(at: Installation) -> Found:
    settings = at.settings
    if settings.mail == "folder":
        usable = os.access(_nearest(settings.folder), os.W_OK)
        return ("ok", f"写成文件，在 {settings.folder}") if usable else ("todo", f"写不了文件夹 {settings.folder}")
    refused = await refusal(settings)
    place = f"{settings.smtp_host}:{settings.smtp_port}"
    if refused:
        return "todo", f"{place} 不可用：{refused}；请核对 smtp_ 开头的各项设置"
    login = "已登录" if settings.smtp_user else "不登录"
    return "ok", f"{place} 可以连接，{'未加密' if settings.smtp_tls == 'none' else '已加密'}，{login}；没有发邮件"


async def _disk(at: Installation) -> Found:
    folder = _nearest(at.settings.data_dir)
    free = shutil.disk_usage(folder).free / _GIB
    if free < LEAST_SPACE_GIB:
        return (
            "todo",
            f"{folder} 只剩 {free:.1f} GiB，至少要 {LEAST_SPACE_GIB} GiB：请清理，或用 NIANBAO_DATA_DIR 换一处",
        )
    return "ok", f"{folder} 还有 {free:.0f} GiB"


async def _permissions(at: Installation) -> Found:
    folder = at.settings.data_dir
    if os.name != "posix":
        return "skipped", "Windows 由用户文件夹的权限保护"
    if not os.access(_nearest(folder), os.W_OK):
        return "todo", f"写不了数据文件夹 {folder}：请改变其所有者，或用 NIANBAO_DATA_DIR 换一处"
    orders = list(_too_open(folder))
    if orders:
        return "todo", f"可被他人读取，请执行 {' && '.join(orders)}"
    return "ok", f"{folder} 和其中的密码只有本人可以读取"


def _too_open(data_dir: pathlib.Path) -> Iterator[str]:
    """Yield the command that closes each folder and file that others can read."""
    if _mode(data_dir) & _OTHERS_READ_OR_WRITE:
        yield f"chmod go-rw {data_dir}"
    secrets = [data_dir / UPLOAD_TOKEN, access_file(data_dir), *([settings_file()] if _has_secrets() else [])]
    for path in secrets:
        if _mode(path) & (stat.S_IRWXG | stat.S_IRWXO):
            yield f"chmod 600 {path}"


def _mode(path: pathlib.Path) -> int:
    return path.stat().st_mode if path.exists() else 0


def _has_secrets() -> bool:
    return any(each.origin == "file" and MASK in (each.value or "") for each in in_force(CLASSES))


def _nearest(folder: pathlib.Path) -> pathlib.Path:
    """Return the folder itself or, where it is still to be made, the first one above that is there."""
    return next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())


def _uses_kafka(at: Installation) -> bool:
    return "kafka" in at.kafka.model_fields_set


_WITHOUT_DATABASE: Found = ("skipped", "先修好数据库")
_WITHOUT_KAFKA: Found = ("skipped", "没有设置 kafka：nianbao up 不需要它")

Check = Callable[[Installation], Awaitable[Found]]
CHECKS: dict[str, Check] = {
    "Python": _python,
    "规则集": _ruleset,
    "数据库": _database,
    "数据表": _tables,
    "机关名录": _directory,
    "Kafka": _broker,
    "Kafka主题": _topics,
    "邮件": _mail,
    "磁盘": _disk,
    "时钟": _clock,
    "权限": _permissions,
}
