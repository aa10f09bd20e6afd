"""`nianbao db`: the tables of the database."""

import asyncio
import json
from typing import Annotated, Literal

import typer

from shared.database.migrate import Migration, migrate, status
from shared.database.pool import open_pool
from shared.ops.settings import CommonSettings

db = typer.Typer(help="数据库：建表、升级与状态。", no_args_is_help=True)


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
