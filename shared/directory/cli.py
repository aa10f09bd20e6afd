"""`nianbao agencies`: the list of agencies and their mailboxes."""

import asyncio
import dataclasses
import json
import pathlib
from collections.abc import Iterable
from typing import Annotated, Literal

import typer

from shared.database.pool import database
from shared.directory import store
from shared.directory.core import Difference, compare
from shared.directory.rows import FaultyDirectory, read_rows
from shared.directory.template import template
from shared.model.agency import Agency
from shared.ops.errors import UsageError, system_said
from shared.ops.operator import confirmed, operator_name
from shared.ops.settings import CommonSettings
from shared.output.table import Column, write_table
from shared.output.written import write_new

agencies = typer.Typer(help="机关名录：导入、查看、取得模板。", no_args_is_help=True)

Format = Annotated[Literal["text", "json"], typer.Option("--format", help="输出格式。")]
TEMPLATE = pathlib.Path("机关名录模板.xlsx")

_FIELDS = {
    "name": "名称",
    "aliases": "别名",
    "region": "地区",
    "level": "层级",
    "type": "类型",
    "mailbox": "邮箱",
    "supervisor": "上级机关",
}

_LISTED = (
    Column("name", "名称"),
    Column("level", "层级"),
    Column("type", "类型"),
    Column("mailbox", "邮箱"),
    Column("supervisor", "上级机关", minor=True),
    Column("aliases", "别名", minor=True),
    Column("id", "编号", minor=True),
)


@agencies.command("import")
def import_list(
    file: Annotated[pathlib.Path, typer.Argument(help="XLSX 或 CSV（UTF-8、GB18030）名录。")],
    yes: Annotated[bool, typer.Option("--yes", help="不再询问，直接写入。")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只显示差异，不写入。")] = False,
    output: Format = "text",
) -> None:
    """导入名录：先逐行检查并显示差异，确认后整体替换。"""
    listed = _read(file)
    difference = asyncio.run(_difference(listed))
    _print_difference(difference, output)
    if dry_run or not difference:
        return
    if not yes and not confirmed("写入以上变更？"):
        raise typer.Exit(1)
    asyncio.run(_replace(listed))
    typer.echo(f"名录已更新，共{len(listed)}个机关。", err=True)


@agencies.command("list")
def list_agencies(output: Format = "text") -> None:
    """列出名录中的机关。"""
    listed = asyncio.run(_load())
    rows = [dataclasses.asdict(agency) for agency in listed]
    if output == "text":
        rows = [{**row, "aliases": "；".join(row["aliases"])} for row in rows]
    write_table(_LISTED, rows, output)
    without = sum(not agency.mailbox for agency in listed)
    typer.echo(f"共{len(listed)}个机关，其中{without}个没有邮箱。", err=True)


@agencies.command("template")
def write_template(
    path: Annotated[pathlib.Path, typer.Argument(help="写到哪里。")] = TEMPLATE,
    output: Format = "text",
) -> None:
    """写出一份空白的名录模板（XLSX）。"""
    write_new(template(), path)
    typer.echo(json.dumps({"path": str(path)}, ensure_ascii=False) if output == "json" else str(path))


def _read(file: pathlib.Path) -> tuple[Agency, ...]:
    try:
        return read_rows(file.read_bytes())
    except FaultyDirectory as faulty:
        for fault in faulty.faults:
            typer.echo(f"第{fault.row}行：{fault.message}", err=True)
        raise UsageError(f"名录有{len(faulty.faults)}处错误，没有导入") from faulty
    except OSError as fault:
        raise UsageError(f"读不了 {file}：{system_said(fault)}") from fault


async def _load() -> tuple[Agency, ...]:
    async with database(CommonSettings()) as pool:
        return (await store.load(pool)).agencies


async def _difference(listed: tuple[Agency, ...]) -> Difference:
    return compare(await _load(), listed)


async def _replace(listed: tuple[Agency, ...]) -> None:
    async with database(CommonSettings()) as pool, pool.acquire() as connection:
        await store.replace(connection, listed, by=operator_name())


def _print_json(rows: Iterable[object]) -> None:
    for row in rows:
        typer.echo(json.dumps(row, ensure_ascii=False))


def _print_difference(difference: Difference, output: str) -> None:
    if output == "json":
        _print_json({"change": "new", "agency": dataclasses.asdict(agency)} for agency in difference.new)
        _print_json(
            {"change": "changed", "agency": dataclasses.asdict(c.after), "before": dataclasses.asdict(c.before)}
            for c in difference.changed
        )
        _print_json({"change": "gone", "agency": dataclasses.asdict(agency)} for agency in difference.gone)
        return
    for line in difference_lines(difference):
        typer.echo(line)


def difference_lines(difference: Difference) -> list[str]:
    """Return what an import would change, a line each: + new, ~ changed field by field, - gone."""
    if not difference:
        return ["名录没有变化。"]
    counts = f"新增{len(difference.new)}个，变更{len(difference.changed)}个，移除{len(difference.gone)}个："
    new = [f"+ {agency.name}（邮箱：{agency.mailbox or '无'}）" for agency in difference.new]
    changed = [f"~ {pair.before.name}：{_fields_changed(pair.before, pair.after)}" for pair in difference.changed]
    return [counts, *new, *changed, *(f"- {agency.name}" for agency in difference.gone)]


def _fields_changed(before: Agency, after: Agency) -> str:
    pairs = ((label, getattr(before, field), getattr(after, field)) for field, label in _FIELDS.items())
    return "，".join(f"{label} {_shown(old)} → {_shown(new)}" for label, old, new in pairs if old != new)


def _shown(value: str | tuple[str, ...] | None) -> str:
    return "；".join(value) if isinstance(value, tuple) and value else str(value or "空")
