"""`nianbao tasks`: what waits for a person, from the tables that hold it; no list of its own that could drift."""

import asyncio
from typing import Annotated, Any, Literal

import typer

from services.notify.core import REASONS
from shared.database.pool import database
from shared.documents import PROBLEMS
from shared.ops.settings import CommonSettings
from shared.output.table import Column, write_table

tasks = typer.Typer(help="等待人工处理的事项。", no_args_is_help=True)

# One branch a table: where it stands, whom it concerns, a code or a sentence of what is the matter, since when, what helps.
_WAITING = """
select 'ingest' as stage, null as agency, null::int as year, problem as code, null as what, source as subject,
       refused_at as since, '换成可以读取的文件' as remedy
from refusal
union all
select 'parse', null, null, null, reason_message, source, read_at, '换成可以读取的文件后重新提交'
from (select distinct on (source) * from reading order by source, observed_at desc, read_at desc) newest
where status in ('empty', 'unreadable')
union all
select 'validate', agency_name, year, null, '有规则执行出错：' || (failures -> 0 ->> 'rule'), source, judged_at,
       '修复后运行 nianbao rerun validate'
from current_judgement where jsonb_array_length(failures) > 0
union all
select 'notify', agency_name, year, reason, null, source, changed_at,
       case reason when 'not_assessable' then '人工核对原文'
                   when 'unknown_year' then '人工核对原文'
                   else '补全名录后运行 nianbao rerun parse --source 来源' end
from correction_case where status = 'waiting'
union all
select 'notify', c.agency_name, c.year, n.hold_reason, n.reply, n.notice_id::text, n.changed_at, 'nianbao notices show、release'
from notice n join correction_case c using (case_id)
where n.status in ('held', 'failed', 'unknown') and c.status <> 'waiting'
union all
select consumer, null, null, null, '无法处理的事件：' || reason, id::text, first_seen, 'nianbao dead-letters show、replay'
from dead_letter where resolution is null
order by since, subject
"""

_STAGES = {"ingest": "收件", "parse": "读取", "validate": "核验", "notify": "通知"}

COLUMNS = (
    Column("stage", "环节"),
    Column("agency", "机关"),
    Column("year", "年度"),
    Column("what", "事项"),
    Column("subject", "编号或来源"),
    Column("since", "自"),
    Column("remedy", "怎么办"),
)


@tasks.command("list")
def list_tasks(
    format_: Annotated[Literal["text", "json"], typer.Option("--format", help="输出方式。")] = "text",
) -> None:
    """列出等待人工处理的事项：收不进、读不出、核不了、待放行、发不出。"""
    write_table(COLUMNS, asyncio.run(_rows()), format_)


async def _rows() -> list[dict[str, Any]]:
    async with database(CommonSettings()) as pool:
        return await waiting(pool)


async def waiting(pool: Any) -> list[dict[str, Any]]:
    """Return what waits for a person, oldest first, as rows of COLUMNS."""
    return [_row(dict(row)) for row in await pool.fetch(_WAITING)]


def _row(row: dict[str, Any]) -> dict[str, Any]:
    code = row.pop("code")
    what = REASONS.get(code) or PROBLEMS.get(code) if code else None
    return row | {"stage": _STAGES[row["stage"]], "what": row["what"] or what or code or ""}
