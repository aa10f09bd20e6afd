"""`nianbao parse`: shows what was read from documents, without judging any of it."""

import pathlib
from collections.abc import Sequence
from typing import Annotated

import typer

from services.check import UNREAD, Format
from services.reading import Paths, read
from services.validate.core import RULESET
from shared.model.report import Document
from shared.output.jsonl import parsed_line
from shared.output.written import refuse_folder_missing, width_and_colour, write


def parse(
    paths: Paths,
    format_: Annotated[
        Format,
        typer.Option(
            "--format", help="输出方式：文字、JSON（每个文件一行）或网页（原文与表格对照）。", show_choices=True
        ),
    ] = "text",
    with_text: Annotated[bool, typer.Option("--with-text", help="JSON中附上报告正文（个人信息已遮盖）。")] = False,
    output: Annotated[pathlib.Path | None, typer.Option(metavar="FILE", help="写入文件，不写到标准输出。")] = None,
) -> None:
    """只读取报告，不核验：看每一格读成了什么、在原文什么位置。

    退出码：0 都读出来了（不是报告的也算）；2 用法有误，什么也没有读；3 有文件不存在、为空或无法读取，或者文件夹是空的；4 运行环境有问题。
    """
    refuse_folder_missing(output)
    documents = read(paths)
    write(_rendered(documents, format_, output, with_text=with_text), output)
    unread = any(document.status in {"empty", "unreadable"} for document in documents)
    raise typer.Exit(UNREAD if unread else 0)


def _rendered(documents: Sequence[Document], format_: Format, output: pathlib.Path | None, *, with_text: bool) -> str:
    if format_ == "json":
        return "".join(parsed_line(document, RULESET, with_text=with_text) + "\n" for document in documents)
    if format_ == "html":
        from shared.output.reading import reading_page  # noqa: PLC0415 - the template engine is loaded where it is needed

        return reading_page(documents)
    from shared.output.reading_text import reading_text  # noqa: PLC0415 - loaded where it is needed

    columns, _ = width_and_colour(output)
    return reading_text(documents, columns=columns)
