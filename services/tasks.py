"""`nianbao tasks`: what waits for a person, from the tables that hold it; no list of its own that could drift."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal

import typer

from services.notify.core import REASONS
from services.notify.settings import NotifySettings
from shared.database.pool import Pool, database
from shared.documents import PROBLEMS
from shared.ops.errors import UsageError
from shared.ops.operator import operator_name
from shared.ops.settings import CommonSettings
from shared.output.table import Column, base_name, short_id, write_table

tasks = typer.Typer(help="等待人工处理的事项。", no_args_is_help=True)

# One branch a table: where it stands, whom it concerns, a code or a sentence of what is the matter, since when, what helps.
# What a person has seen to is left out as long as nothing new has happened there.
_WAITING = """
with waiting as (
select 'ingest' as stage, null as agency, null::int as year, problem as code, null as what, source as subject,
       refused_at as since, '换成可以读取的文件' as remedy, false as urgent
from refusal
union all
select 'ingest', null, null, f.problem, null, f.source, f.settled_at, '用 nianbao submit 提交这个网址，或者与报送单位联系', false
from attachment_fetch f
where f.settled_at is not null and f.problem is not null
  and not exists (select from observation o where o.source = f.source and o.observed_at >= f.begun_at)
  and not exists (select from observation newer join observation page on page.id = f.observation_id
                  where newer.source = page.source and newer.sequence > page.sequence)
union all
select 'parse', null, null, null, reason_message, source, read_at, '换成可以读取的文件后重新提交', false
from (select distinct on (source) * from reading order by source, observed_at desc, read_at desc) newest
where status in ('empty', 'unreadable') or (status = 'not_a_report' and reason_code in ('no_report', 'body_elsewhere'))
union all
select 'parse', newer.agency_name, newer.year, null, '较新的版本没有采用：' || current.source || ' 的来源更优先', newer.source,
       newer.read_at, '以较新版本为准的，请用 nianbao submit 提交', false
from current_report current
join (select distinct on (source) * from report order by source, observed_at desc, read_at desc) newer
  on newer.agency_key = current.agency_key and newer.year = current.year and newer.source <> current.source
 and newer.observed_at > current.observed_at and newer.sha256 <> current.sha256
union all
select 'validate', agency_name, year, null, '有规则执行出错：' || (failures -> 0 ->> 'rule'), source, judged_at,
       '修复后运行 nianbao rerun validate', false
from current_judgement where jsonb_array_length(failures) > 0
union all
select 'validate', j.agency_name, j.year, null, '公布了个人信息或者密级标志：' || string_agg(distinct f.rule, '、'), j.source,
       j.judged_at, '立即打电话请机关撤下，再等更正', true
from current_judgement j join finding f using (judgement_id)
where f.severity = 'E' and f.body ->> 'attention' = 'urgent' and f.body ->> 'explained' is null
group by j.judgement_id, j.agency_name, j.year, j.source, j.judged_at
union all
select 'notify', c.agency_name, c.year, c.reason, null, c.source, coalesce(r.read_at, c.changed_at), '人工核对原文', false
from correction_case c
left join current_report r on r.agency_key = c.agency_key and r.year is not distinct from c.year and r.source = c.source
where c.status = 'waiting' and c.reason = 'not_assessable'
union all
select 'notify', c.agency_name, c.year, n.hold_reason,
       case when c.agency_name is null then '机关未能识别：' || c.source else n.reply end, n.notice_id::text, n.changed_at,
       case when c.agency_name is null then '报告没有写明机关全称，请核对原文并与报送单位联系'
            when n.status = 'unknown' then '查邮件服务器的日志：已送达的 notices arrived，没有的 notices release'
            when n.hold_reason in ('unknown_agency', 'no_mailbox') then 'nianbao agencies import 补全名录，再 notices release'
            else 'nianbao notices show、release' end, false
from notice n join correction_case c using (case_id)
where (n.status in ('held', 'failed') or (n.status = 'unknown' and (n.resent or not $1)))
  and not is_overtaken(n.case_id, n.judgement_no)
union all
select consumer, null, null, null, '无法处理的事件：' || reason, id::text, first_seen, 'nianbao dead-letters show、replay', false
from dead_letter where resolution is null
)
select * from waiting w
where not exists (select from task_done d where d.stage = w.stage and d.subject = w.subject and d.since >= w.since)
order by urgent desc, since, subject
"""

_NOTICE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_STAGES = {"ingest": "收件", "parse": "读取", "validate": "核验", "notify": "通知"}


def _short(subject: str) -> str:
    """Return a notice's id as commands know it, a source as a person knows it."""
    return short_id(subject) if _NOTICE.fullmatch(subject) else base_name(subject)


COLUMNS = (
    Column("stage", "环节"),
    Column("agency", "机关"),
    Column("year", "年度"),
    Column("what", "事项"),
    Column("subject", "编号或来源", short=_short),
    Column("since", "自", minor=True),
    Column("remedy", "怎么办"),
)
_DONE = (
    Column("stage", "环节", words=_STAGES.__getitem__),
    Column("subject", "来源", short=_short),
    Column("since", "自", minor=True),
    Column("done_by", "经手"),
    Column("reason", "说明"),
    Column("done_at", "办结时间"),
)
Format = Annotated[Literal["text", "json"], typer.Option("--format", help="输出方式。")]


@tasks.command("list")
def list_tasks(
    done: Annotated[bool, typer.Option("--done", help="改为列出已经办结的：谁办的，怎样办的。")] = False,
    format_: Format = "text",
) -> None:
    """列出等待人工处理的事项：收不进、读不出、核不了、待放行、发不出。"""
    if done:
        write_table(_DONE, _run(_settled), format_)
    else:
        write_table(COLUMNS, _run(_open), format_, nothing="没有等待处理的事项")


@tasks.command("done")
def settle_tasks(
    given: Annotated[list[str], typer.Argument(metavar="来源", help="事项的来源，照 tasks list 所列写。")],
    reason: Annotated[str, typer.Option(help="怎样办结的，留存备查。")],
    format_: Format = "text",
) -> None:
    """办结收不进、读不出、核不了而已由人处理的事项，不再列出；以后有新的情况，再列出。通知和死信用各自的命令。"""
    by = operator_name()
    settled = _run(lambda pool: _settle(pool, given, by, reason))
    write_table(COLUMNS, settled, format_)
    typer.echo(f"办结{len(settled)}项，不再列出", err=True)


def _run(work: Callable[[Pool], Awaitable[list[dict[str, Any]]]]) -> list[dict[str, Any]]:
    async def run() -> list[dict[str, Any]]:
        async with database(CommonSettings()) as pool:
            return await work(pool)

    return asyncio.run(run())


async def _open(pool: Pool) -> list[dict[str, Any]]:
    return await waiting(pool, resend_unknown=NotifySettings().resend_unknown)


async def waiting(pool: Any, *, resend_unknown: bool) -> list[dict[str, Any]]:
    """Return what waits for a person, the urgent first, then the oldest, as rows of COLUMNS; a mail that will be sent again does not."""
    return [_row(dict(row)) for row in await pool.fetch(_WAITING, resend_unknown)]


async def _settled(pool: Pool) -> list[dict[str, Any]]:
    return [dict(row) for row in await pool.fetch("select * from task_done order by done_at, subject")]


async def _settle(pool: Pool, given: list[str], by: str, reason: str) -> list[dict[str, Any]]:
    """Write down that the tasks with these subjects are done, all or none; return them as they stood."""
    listed = await _open(pool)
    chosen = [row for name in dict.fromkeys(given) for row in _named(listed, name)]
    codes = {words: code for code, words in _STAGES.items()}
    await pool.executemany(
        """insert into task_done (stage, subject, since, done_by, reason) values ($1, $2, $3, $4, $5)
           on conflict do nothing""",
        [(codes[row["stage"]], row["subject"], row["since"], by, reason) for row in chosen],
    )
    return chosen


def _named(listed: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """Return the tasks whose subject a person has written, as listed or in full; UsageError where they are not his to settle."""
    found = [row for row in listed if name in {row["subject"], _short(row["subject"])}]
    subjects = sorted({row["subject"] for row in found})
    if not found:
        raise UsageError(f"没有这个来源的事项：{name}；见 nianbao tasks list")
    if len(subjects) > 1:
        raise UsageError(f"“{name}”不止一个，请写全：{'、'.join(subjects)}")
    if _NOTICE.fullmatch(subjects[0]):
        raise UsageError(f"{name} 是通知：用 nianbao notices release、hold 或者 arrived")
    if subjects[0].isdecimal():
        raise UsageError(f"{name} 是死信：用 nianbao dead-letters replay 或者 discard")
    return found


def _row(row: dict[str, Any]) -> dict[str, Any]:
    code = row.pop("code")
    what = REASONS.get(code) or PROBLEMS.get(code) if code else None
    return row | {"stage": _STAGES[row["stage"]], "what": row["what"] or what or code or ""}
