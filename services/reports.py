"""`nianbao reports`: every agency's report on every year with its verdict; the January work list."""

import asyncio
import json
import pathlib
from typing import Annotated, Any, Literal, get_args

import typer
from pydantic import TypeAdapter

from services.notify.release import STATUSES
from shared.database.pool import database
from shared.model.finding import Finding, NotChecked
from shared.model.judgement import Failure, Judgement, Ruleset, Verdict
from shared.model.report import Document
from shared.ops.errors import UsageError
from shared.ops.settings import CommonSettings
from shared.output.checked import FORMS, UNREAD_REASONS, Checked, conclusion, shortfall
from shared.output.jsonl import json_line
from shared.output.page import page
from shared.output.summary import summary
from shared.output.table import SHORT_ID, Column, base_name, short_id, write_table
from shared.stream.stage import Connection

reports = typer.Typer(help="查看报告及其核验结论。", no_args_is_help=True)

_LIST = """
select j.agency_name, j.agency_id, j.year, r.form, j.verdict, j.errors, j.warnings, j.infos, j.judgement_no,
       j.source, r.observed_at, j.report_id, jsonb_array_length(j.not_checked) as not_checked,
       jsonb_array_length(j.failures) > 0 as failed,
       array(select distinct place ->> 'table' from jsonb_array_elements(j.not_checked) each, jsonb_array_elements(each -> 'places') place
             where each ->> 'reason' = any($4)) as unread,
       (select n.status from notice n join correction_case c using (case_id)
        where c.agency_key = j.agency_key and c.year is not distinct from j.year
        order by n.created_at desc limit 1) as notice
from current_judgement j join report r using (report_id)
where ($1::text is null or strpos(j.agency_name, $1) > 0 or j.agency_id = $1)
  and ($2::int is null or j.year = $2)
  and ($3::text is null or j.verdict = $3)
order by j.agency_name, j.year, j.source
"""

COLUMNS = (
    Column("agency_name", "机关"),
    Column("year", "年度"),
    Column("form", "格式", words=FORMS.__getitem__, minor=True),
    Column("verdict", "结论"),
    Column("errors", "必须更正"),
    Column("warnings", "请核实"),
    Column("infos", "提示", minor=True),
    Column("notice", "通知", words=STATUSES.__getitem__),
    Column("observed_at", "收到时间", minor=True),
    Column("source", "来源", short=base_name, minor=True),
    Column("report_id", "编号", short=short_id),
)
_EVERYTHING = (*COLUMNS, Column("not_checked", "未核验"), Column("judgement_no", "核验次数"))


@reports.command("list")
def list_reports(
    agency: Annotated[str | None, typer.Option(help="机关名称中的文字，或名录编号。")] = None,
    year: Annotated[int | None, typer.Option(help="报告年度。")] = None,
    verdict: Annotated[str | None, typer.Option(help="结论：合格、请核实、需更正、无法核验。")] = None,
    format_: Annotated[Literal["text", "json", "xlsx"], typer.Option("--format", help="输出方式。")] = "text",
    output: Annotated[pathlib.Path | None, typer.Option(metavar="FILE", help="写入文件（xlsx必需）。")] = None,
) -> None:
    """列出各机关各年度的当前报告、结论和通知状态，即年初的工作清单。"""
    if verdict is not None and verdict not in get_args(Verdict):
        raise UsageError(f"没有“{verdict}”这种结论；可用：{'、'.join(get_args(Verdict))}")
    rows = asyncio.run(_rows(agency, year, verdict))
    told = rows if format_ == "json" else [_told(row) for row in rows]
    write_table(COLUMNS if format_ == "text" else _EVERYTHING, told, format_, output)


def _told(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row whose verdict says, as everywhere, what it does not cover."""
    told = conclusion(row["verdict"], row["form"])
    short = shortfall(told, row["not_checked"], row["unread"], failed=row["failed"])
    return row | {"verdict": f"{told}（{short}）" if short else told}


@reports.command("show")
def show_report(
    report: Annotated[str, typer.Argument(help="报告编号（或其前8位），或机关名称（当前报告）。")],
    year: Annotated[int | None, typer.Option(help="报告年度；机关有多个年度时需要。")] = None,
    format_: Annotated[Literal["text", "json", "html"], typer.Option("--format", help="输出方式。")] = "text",
) -> None:
    """显示一份报告的核验结果；html为表格视图。"""
    checked = asyncio.run(_checked(report, year))
    if format_ == "json":
        typer.echo(json_line(checked))
    elif format_ == "html":
        typer.echo(page([checked]), nl=False)
    else:
        typer.echo(summary([checked], columns=100, colour=False), nl=False)


async def _rows(agency: str | None, year: int | None, verdict: str | None) -> list[dict[str, Any]]:
    async with database(CommonSettings()) as pool:
        return [dict(row) for row in await pool.fetch(_LIST, agency, year, verdict, UNREAD_REASONS)]


async def _checked(wanted: str, year: int | None) -> Checked:
    async with database(CommonSettings()) as pool:
        row = await _find(pool, wanted, year)
        found = await pool.fetch(
            "select body::text from finding where judgement_id = $1 order by ordinal", row["judgement_id"]
        )
        return _restore(row, [finding["body"] for finding in found])


async def _find(pool: Connection, wanted: str, year: int | None) -> Any:
    rows = await pool.fetch(
        """select j.judgement_id, j.verdict, j.year, j.ruleset_version, j.ruleset_hash,
                  j.not_checked::text as not_checked, j.failures::text as failures, j.ran::text as ran, r.structured::text as structured
           from current_judgement j join report r using (report_id)
           where ((length($1) >= $3 and starts_with(j.report_id::text, $1)) or j.agency_name = $1 or j.agency_id = $1) and ($2::int is null or j.year = $2)
           order by j.year""",
        wanted,
        year,
        SHORT_ID,
    )
    if not rows:
        raise UsageError(f"没有找到报告：{wanted}" + (f"（{year}年度）" if year else ""))
    if len(rows) > 1:
        years = "、".join(str(row["year"]) for row in rows)
        raise UsageError(f"“{wanted}”有多份报告（{years}），请用 --year 指定年度")
    return rows[0]


def _restore(row: Any, findings: list[str]) -> Checked:
    ruleset = Ruleset(row["ruleset_version"], row["ruleset_hash"])
    judgement = Judgement(
        verdict=row["verdict"],
        findings=tuple(TypeAdapter(Finding).validate_json(body) for body in findings),
        not_checked=TypeAdapter(tuple[NotChecked, ...]).validate_json(row["not_checked"]),
        failures=TypeAdapter(tuple[Failure, ...]).validate_json(row["failures"]),
        ruleset=ruleset,
        ran=tuple(json.loads(row["ran"] or "[]")),
    )
    return Checked(TypeAdapter(Document).validate_json(row["structured"]), (judgement,), ruleset)
