"""`nianbao rerun`: reads or judges again what is stored, after a new parser, rule set or directory; its notices are held."""

import asyncio
from typing import Annotated, Any
from uuid import uuid4

import typer

from services.validate.store import structured_report
from shared.database.pool import database
from shared.ops.errors import UsageError
from shared.ops.settings import CommonSettings
from shared.stream import outbox
from shared.stream.events import RawReport
from shared.stream.stage import Connection, Outgoing, StageName
from shared.stream.topics import RAW, STRUCTURED

rerun = typer.Typer(help="重新读取或重新核验已收到的报告；由此产生的通知一律等待人工放行。", no_args_is_help=True)

Agency = Annotated[str | None, typer.Option(help="机关名称或名录编号。")]
Year = Annotated[int | None, typer.Option(help="报告年度。")]
Source = Annotated[str | None, typer.Option(help="来源。")]
Everything = Annotated[bool, typer.Option("--all", help="全部报告。")]

_OBSERVATIONS = """
select distinct on (o.source) o.*, d.bytes, d.media_type
from observation o
join document d using (sha256)
left join report r on r.observation_id = o.id
where ($1::text is null or r.agency_name = $1 or r.agency_id = $1)
  and ($2::int is null or r.year = $2)
  and ($3::text is null or o.source = $3)
order by o.source, o.sequence desc
"""

_REPORTS = """
select *, structured::text as document from current_report
where ($1::text is null or agency_name = $1 or agency_id = $1)
  and ($2::int is null or year = $2)
  and ($3::text is null or source = $3)
order by agency_key, year
"""


@rerun.command("parse")
def parse_again(
    agency: Agency = None, year: Year = None, source: Source = None, everything: Everything = False
) -> None:
    """重新读取原文件（例如升级后），结果有变化的再核验。"""
    _again(_OBSERVATIONS, "ingest", _raw, agency, year, source, everything=everything)


@rerun.command("validate")
def validate_again(
    agency: Agency = None, year: Year = None, source: Source = None, everything: Everything = False
) -> None:
    """按现行规则和名录重新核验当前报告。"""
    _again(_REPORTS, "parse", _structured, agency, year, source, everything=everything)


def _again(
    query: str,
    stage: StageName,
    event: Any,
    agency: str | None,
    year: int | None,
    source: str | None,
    *,
    everything: bool,
) -> None:
    if not everything and agency is None and year is None and source is None:
        raise UsageError("请用 --agency、--year、--source 说明范围，或用 --all 处理全部")
    count = asyncio.run(_publish(query, (agency, year, source), stage, event))
    typer.echo(f"已排入{count}份；由此产生的通知等待放行（nianbao notices list）")


async def _publish(query: str, where: tuple[object, ...], stage: StageName, event: Any) -> int:
    async with database(CommonSettings()) as pool, pool.acquire() as connection, connection.transaction():
        rows = await connection.fetch(query, *where)
        for row in rows:
            await _append(connection, stage, event(row))
        return len(rows)


async def _append(connection: Connection, stage: StageName, outgoing: Outgoing) -> None:
    observation = str(getattr(outgoing.body, "observation_id", ""))
    await outbox.append(connection, stage, outgoing, correlation_id=observation, causation_id=None, traceparent=None)


def _raw(row: Any) -> Outgoing:
    body = RawReport(
        observation_id=row["id"],
        source=row["source"],
        source_kind=row["source_kind"],
        sequence=row["sequence"],
        observed_at=row["observed_at"],
        sha256=row["sha256"],
        bytes=row["bytes"],
        media_type=row["media_type"],
        address=row["address"],
        held=True,
    )
    return Outgoing(RAW, body, subject=row["source"], key=row["source"], inputs=f"rerun {uuid4()}")


def _structured(row: Any) -> Outgoing:
    body = structured_report(row, held=True)
    return Outgoing(STRUCTURED, body, subject=str(row["report_id"]), key=row["agency_key"], inputs=f"rerun {uuid4()}")
