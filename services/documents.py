"""`nianbao documents`: every document that came in, with its status and why; none goes missing."""

import asyncio
import pathlib
from typing import Annotated, Any, Literal

import typer

from shared.database.pool import database
from shared.ops.settings import CommonSettings
from shared.output.checked import STATUSES
from shared.output.table import Column, base_name, code_of, write_table

documents = typer.Typer(help="查看收到的每一份文件及其状态。", no_args_is_help=True)

_LIST = """
select * from (
    select distinct on (o.source) o.source, o.source_kind, rd.status, rd.reason_code, rd.reason_message, rd.reports,
           d.bytes, d.media_type, o.observed_at, o.sha256
    from observation o
    join document d using (sha256)
    left join reading rd on rd.observation_id = o.id
    order by o.source, o.sequence desc, rd.read_at desc
) newest
where $1::text is null or status = $1
order by source
"""

COLUMNS = (
    Column("source", "来源", short=base_name),
    Column("shown", "状态"),
    Column("reason_message", "说明"),
    Column("reports", "报告数", minor=True),
    Column("bytes", "字节", minor=True),
    Column("observed_at", "收到时间", minor=True),
)
_EVERYTHING = (
    *COLUMNS,
    *(Column(key, key) for key in ("status", "reason_code", "media_type", "source_kind", "sha256")),
)


@documents.command("list")
def list_documents(
    status: Annotated[
        str | None, typer.Option(help=f"只列这种状态：{'、'.join(STATUSES.values())}（或其代码）。")
    ] = None,
    format_: Annotated[Literal["text", "json", "xlsx"], typer.Option("--format", help="输出方式。")] = "text",
    output: Annotated[pathlib.Path | None, typer.Option(metavar="FILE", help="写入文件（xlsx必需）。")] = None,
) -> None:
    """列出每个来源最近收到的文件：是不是报告、读没读出来、为什么。"""
    code = None if status is None else code_of(status, STATUSES)
    write_table(COLUMNS if format_ == "text" else _EVERYTHING, asyncio.run(_rows(code)), format_, output)


async def _rows(status: str | None) -> list[dict[str, Any]]:
    async with database(CommonSettings()) as pool:
        rows = [dict(row) for row in await pool.fetch(_LIST, status)]
    # A document that parse has not come to yet has no status.
    return [row | {"shown": STATUSES[row["status"]] if row["status"] else "等待读取"} for row in rows]
