"""`nianbao db`: the tables of the database, and their backup."""

import asyncio
import json
import pathlib
from typing import Annotated, Literal

import typer

from shared.database import backup
from shared.database.migrate import Migration, migrate, status
from shared.database.pool import address_of, connect, open_pool
from shared.ops.errors import UsageError
from shared.ops.operator import confirmed
from shared.ops.settings import CommonSettings

db = typer.Typer(help="数据库：建表、升级、状态、备份与恢复。", no_args_is_help=True)


Format = Annotated[Literal["text", "json"], typer.Option("--format", help="输出方式：文字，或每行一个JSON。")]

_STATES = {"applied": "已执行", "pending": "待执行", "edited": "执行后被改动", "unknown": "本程序没有此文件"}


@db.command("migrate")
def migrate_database(format_: Format = "text") -> None:
    """建表或升级；已执行的不再执行，可重复运行。"""
    names = asyncio.run(_migrate())
    for name in names:
        typer.echo(json.dumps({"name": name, "state": "applied"}) if format_ == "json" else f"已执行 {name}")
    if not names and format_ == "text":
        typer.echo("没有待执行的迁移，数据库已是最新")


@db.command("status")
def show_status(format_: Format = "text") -> None:
    """列出每个迁移文件及其状态。"""
    for each in asyncio.run(_status()):
        typer.echo(_as_json(each) if format_ == "json" else _as_text(each))


@db.command("backup")
def back_up(
    file: Annotated[pathlib.Path, typer.Argument(metavar="FILE", help="备份写入的文件，不覆盖已有的文件。")],
    format_: Format = "text",
) -> None:
    """备份数据库的全部内容，不必停止服务。备份含有报告原文，只有本人可以读取。"""
    backup.back_up(asyncio.run(_server()), file)
    size = file.stat().st_size
    typer.echo(json.dumps({"path": str(file), "bytes": size}, ensure_ascii=False) if format_ == "json" else str(file))


@db.command("restore")
def restore(
    file: Annotated[pathlib.Path, typer.Argument(metavar="FILE", help="nianbao db backup 写出的文件。")],
    yes: Annotated[bool, typer.Option("--yes", help="不再询问，直接替换。")] = False,
    format_: Format = "text",
) -> None:
    """用备份替换数据库的全部内容；先停止服务。备份可以恢复到另一台服务器、另一版本的 PostgreSQL。"""
    backup.demand_backup(file)
    server, filled = asyncio.run(_to_be_replaced())
    if filled and not yes and not confirmed("数据库的现有内容将全部被备份替换，继续吗？"):
        raise typer.Exit(1)
    backup.restore(server, file)
    pending, unsent = asyncio.run(_restored())
    if format_ == "json":
        typer.echo(json.dumps({"path": str(file), "pending": pending, "unsent": unsent}, ensure_ascii=False))
        return
    typer.echo("已恢复")
    if pending:
        typer.echo("备份出自较早版本的程序，请运行 nianbao db migrate")
    if unsent:
        typer.echo(f"有{unsent}份通知待发，备份之后可能已经发出；请先核对 nianbao notices list，再启动")


async def _server() -> backup.Server:
    address = await address_of(CommonSettings())
    async with await connect(address) as pool:
        return await backup.look(pool, address)


async def _to_be_replaced() -> tuple[backup.Server, bool]:
    """Return the database and whether it holds anything; UsageError where somebody is at work on it."""
    address = await address_of(CommonSettings())
    async with await connect(address) as pool:
        busy = await backup.others(pool)
        if busy:
            raise UsageError(f"还有{busy}个连接在使用数据库：请先停止 nianbao up 或各项服务，再恢复")
        filled = await pool.fetchval("select to_regclass('schema_migration') is not null")
        return await backup.look(pool, address), filled


async def _restored() -> tuple[int, int]:
    """Return how many migrations the restored tables lack, and how many notices would leave at the next start."""
    async with await open_pool(CommonSettings()) as pool:
        pending = sum(each.state == "pending" for each in await status(pool))
        unsent = await pool.fetchval(
            "select count(*) from notice where status in ('pending', 'sending', 'deferred', 'unknown')"
        )
        return pending, unsent


async def _migrate() -> list[str]:
    async with await open_pool(CommonSettings()) as pool:
        return await migrate(pool)


async def _status() -> list[Migration]:
    async with await open_pool(CommonSettings()) as pool:
        return await status(pool)


def _as_json(each: Migration) -> str:
    at = each.applied_at.isoformat() if each.applied_at else None
    return json.dumps({"name": each.name, "state": each.state, "applied_at": at})


def _as_text(each: Migration) -> str:
    at = f"  {each.applied_at:%Y-%m-%d %H:%M}" if each.applied_at else ""
    return f"{each.name}  {_STATES[each.state]}{at}"
