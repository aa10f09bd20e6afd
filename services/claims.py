"""`nianbao claims`: shows what the prose of reports says in figures, as it was read; nothing is judged."""

import pathlib
import sys
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer

from services.check import UNREAD
from services.reading import Paths, read
from shared.forms.metrics import metric_title
from shared.model.claim import Claim
from shared.model.number import as_json
from shared.model.report import Document
from shared.output.checked import STATUSES
from shared.output.meanings import SCOPES
from shared.output.table import Column, TableFormat, base_name, write_table
from shared.output.written import refuse_folder_missing

_COLUMNS = (
    Column("source", "文件", short=base_name),
    Column("section", "部分"),
    Column("title", "说的是"),
    Column("value", "数值", words=lambda value: "是" if value is True else value),
    Column("unit", "单位"),
    Column("year", "年度"),
    Column("scope", "范围", words=SCOPES.get),
    Column("confidence", "把握"),
    Column("quote", "原文"),
    Column("metric", "代号", minor=True),
)


def claims(
    paths: Paths,
    format_: Annotated[
        TableFormat, typer.Option("--format", help="输出方式：文字、JSON（每个数据一行）或工作簿。", show_choices=True)
    ] = "text",
    output: Annotated[pathlib.Path | None, typer.Option(metavar="FILE", help="写入文件，不写到标准输出。")] = None,
) -> None:
    """列出报告正文中的数据：每一个说的是什么、多少、哪一年、谁的、在哪一部分，原文怎么写，有多大把握。不与表格核对。

    退出码：0 都读出来了（不是报告的也算）；2 用法有误，什么也没有读；3 有文件不存在、为空或无法读取，或者文件夹是空的；4 运行环境有问题。
    """
    refuse_folder_missing(output)
    documents = read(paths)
    unread = [document for document in documents if document.status in {"empty", "unreadable"}]
    write_table(_COLUMNS, list(_rows(documents)), format_, output, nothing="没有读到正文中的数据")
    for document in unread:
        why = document.reason.message if document.reason else ""
        print(f"{document.source}：{STATUSES[document.status]}：{why}", file=sys.stderr)  # noqa: T201 - silence would be no claims
    raise typer.Exit(UNREAD if unread else 0)


def _rows(documents: Sequence[Document]) -> Iterator[dict[str, Any]]:
    for document in documents:
        for report in document.reports:
            yield from (_row(document.source, claim) for claim in report.claims)


def _row(source: str, claim: Claim) -> dict[str, Any]:
    return {
        "source": source,
        "section": claim.section,
        "title": metric_title(claim.metric),
        "value": True if claim.value is True else as_json(claim.value),
        "unit": claim.unit,
        "year": claim.year,
        "scope": claim.scope,
        "confidence": claim.confidence,
        "quote": claim.quote,
        "metric": claim.metric,
    }
