"""`nianbao check`: reads and judges documents by the cores alone, without broker or database, and no network but for web addresses."""

import pathlib
from collections.abc import Sequence
from datetime import date, datetime
from itertools import islice
from typing import Annotated, Literal

import typer

from services.reading import Paths, read
from services.validate.configuration import AS_WRITTEN, Configuration
from services.validate.core import judge_together
from services.validate.subject import Subject
from shared.directory.core import Directory
from shared.model.report import Document
from shared.ops.errors import UsageError, system_said
from shared.output.checked import Checked
from shared.output.jsonl import json_line
from shared.output.summary import summary
from shared.output.written import refuse_folder_missing, width_and_colour, write

Format = Literal["text", "json", "html"]

FAULTY, UNREAD = 1, 3

RulesetOption = Annotated[
    pathlib.Path | None,
    typer.Option(
        "--ruleset", metavar="FILE", help="规则集文件：本单位定的级别、限值、适用年度、停用的规则和本地要求。"
    ),
]


def check(
    paths: Paths,
    format_: Annotated[
        Format, typer.Option("--format", help="输出方式：文字、JSON（每个文件一行）或网页。", show_choices=True)
    ] = "text",
    with_text: Annotated[bool, typer.Option("--with-text", help="JSON中附上报告正文（个人信息已遮盖）。")] = False,
    agencies: Annotated[
        pathlib.Path | None,
        typer.Option(metavar="FILE", help="机关名录（XLSX或CSV），供需要机关层级、类型的规则使用。"),
    ] = None,
    today: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], metavar="DATE", help="核验日期，供期限规则使用。"),
    ] = None,
    ruleset: RulesetOption = None,
    output: Annotated[pathlib.Path | None, typer.Option(metavar="FILE", help="写入文件，不写到标准输出。")] = None,
) -> None:
    """读取并核验报告，不需要数据库；只有给出网址时才访问网络。页面和它的附件按一份报告核验。

    退出码：0 没有问题；1 有必须更正或请核实的内容，或无法核验；2 用法有误，什么也没有读；3 有文件不存在、为空或无法读取，或者文件夹是空的；4 运行环境有问题。
    """
    refuse_folder_missing(output)
    configuration, directory = configured(ruleset), _directory(agencies)
    day = today.date() if today else None
    documents = judged(read(paths), directory, day, configuration)
    write(_rendered(documents, format_, output, with_text=with_text), output)
    raise typer.Exit(exit_code(documents))


def exit_code(documents: Sequence[Checked]) -> int:
    """Return 3 if a document could not be read, 1 if a verdict is not 合格 (a finding E or W, or 无法核验), else 0."""
    if any(checked.document.status in {"empty", "unreadable"} for checked in documents):
        return UNREAD
    verdicts = {judgement.verdict for checked in documents for judgement in checked.judgements}
    return FAULTY if verdicts - {"合格"} else 0


def _directory(file: pathlib.Path | None) -> Directory | None:
    if file is None:
        return None
    from shared.directory.rows import read_rows  # noqa: PLC0415 - the spreadsheet reader is loaded where it is needed

    try:
        return Directory(read_rows(file.read_bytes()))
    except OSError as fault:
        raise UsageError(f"无法读取机关名录：{file}（{system_said(fault)}）") from fault


def configured(file: pathlib.Path | None) -> Configuration:
    """Return what a rule-set file sets; UsageError where it cannot be used."""
    if file is None:
        return AS_WRITTEN
    from services.validate.ruleset_file import configuration_of  # noqa: PLC0415 - checked only where there is one

    return configuration_of(file)


def judged(
    documents: Sequence[Document],
    directory: Directory | None = None,
    today: date | None = None,
    configuration: Configuration = AS_WRITTEN,
) -> list[Checked]:
    """Return every document with its judgements; the reports of one agency are held against each other."""
    judgements = iter(
        judge_together(
            [
                Subject(
                    report,
                    agency=directory.find(report.agency) if directory and report.agency else None,
                    today=today,
                    configuration=configuration,
                )
                for document in documents
                for report in document.reports
            ]
        )
    )
    return [
        Checked(document, tuple(islice(judgements, len(document.reports))), configuration.ruleset)
        for document in documents
    ]


def _rendered(documents: Sequence[Checked], format_: Format, output: pathlib.Path | None, *, with_text: bool) -> str:
    if format_ == "json":
        return "".join(json_line(checked, with_text=with_text) + "\n" for checked in documents)
    if format_ == "html":
        from shared.output.page import page  # noqa: PLC0415 - the template engine is loaded where it is needed

        return page(documents)
    columns, colour = width_and_colour(output)
    return summary(documents, columns=columns, colour=colour)
