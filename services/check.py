"""`nianbao check`: reads and judges documents by the cores alone, without broker, database or network."""

import asyncio
import os
import pathlib
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import chain, islice
from typing import Annotated, Literal

import typer

from services.parse.core import PARSER, parse
from services.validate.core import RULESET, judge_together
from services.validate.rulebook import scope
from services.validate.subject import Subject
from shared.directory.core import Directory
from shared.documents import LIMIT, PROBLEMS, Found, documents_at, documents_in
from shared.model.report import Document, Reason
from shared.ops.errors import UsageError, system_said
from shared.output.checked import Checked
from shared.output.jsonl import json_line
from shared.output.summary import summary

Format = Literal["text", "json", "html"]

FAULTY, UNREAD = 1, 3
_COLUMNS_IN_A_FILE = 100
# A small document is read here, in milliseconds; a large one in a process that can be killed, whatever is wrong with it.
_SMALL = 128 * 1024


def check(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH", help="文件、文件夹或ZIP压缩包；“-”为标准输入。", show_default=False),
    ],
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
    output: Annotated[pathlib.Path | None, typer.Option(metavar="FILE", help="写入文件，不写到标准输出。")] = None,
) -> None:
    """读取并核验报告，不需要数据库和网络。

    退出码：0 没有问题；1 有必须更正或请核实的内容，或无法核验；2 用法有误，什么也没有读；3 有文件不存在、为空或无法读取；4 运行环境有问题。
    """
    _refuse(paths, output)
    directory = _directory(agencies)
    day = today.date() if today else None
    documents = _judged(_read(paths), directory, day)
    _write(_rendered(documents, format_, with_text=with_text, to_file=output is not None), output)
    raise typer.Exit(exit_code(documents))


def exit_code(documents: Sequence[Checked]) -> int:
    """Return 3 if a document could not be read, 1 if a verdict is not 合格 (a finding E or W, or 无法核验), else 0."""
    if any(checked.document.status in {"empty", "unreadable"} for checked in documents):
        return UNREAD
    verdicts = {judgement.verdict for checked in documents for judgement in checked.judgements}
    return FAULTY if verdicts - {"合格"} else 0


def _refuse(paths: Sequence[str], output: pathlib.Path | None) -> None:
    """Refuse what cannot be done before anything is read."""
    for path in paths:
        if "://" in path:
            raise UsageError(f"不能直接读取网址，请先把网页或附件保存为文件：{path}")
    if output is not None and not output.parent.is_dir():
        raise UsageError(f"输出文件所在的文件夹不存在：{output.parent}")


def _directory(file: pathlib.Path | None) -> Directory | None:
    if file is None:
        return None
    from shared.directory.rows import read_rows  # noqa: PLC0415 - the spreadsheet reader is loaded where it is needed

    try:
        return Directory(read_rows(file.read_bytes()))
    except OSError as fault:
        raise UsageError(f"无法读取机关名录：{file}（{system_said(fault)}）") from fault


def _found(paths: Sequence[str]) -> Iterator[Found]:
    for path in paths:
        empty = True
        for found in _standard_input() if path == "-" else documents_at(path):
            empty = False
            yield found
        if empty:
            _progress("")
            print(f"{path} 中没有可以核验的文件", file=sys.stderr)  # noqa: T201 - one line, so that silence is no pass


def _standard_input() -> Iterator[Found]:
    data = sys.stdin.buffer.read(LIMIT + 1)
    if len(data) > LIMIT:
        yield Found("-", problem="too_large")
    else:
        yield from documents_in(data, "-")


def _read(paths: Sequence[str]) -> list[Document]:
    """Return every document in order; the first large one, and all that comes after it, with worker processes."""
    documents: list[Document] = []
    found = _found(paths)
    for each in found:
        if _large(each) is not None:
            documents += asyncio.run(_read_large(chain([each], found), len(documents)))
            break
        documents.append(_read_here(each))
        _progress(f"已读取{len(documents)}个文件")
    _progress("")
    return documents


async def _read_large(found: Iterable[Found], before: int) -> list[Document]:
    """Return the documents in order; only so many are held as bytes at a time."""
    from services.parse.worker import Workers  # noqa: PLC0415 - loaded where it is needed

    room = asyncio.Semaphore(2 * (os.cpu_count() or 1))

    async def read(each: Found) -> Document:
        try:
            data = _large(each)
            return _read_here(each) if data is None else await workers.parse(data, source=each.source)
        finally:
            room.release()

    async with Workers() as workers:
        tasks: list[asyncio.Task[Document]] = []
        for each in found:
            await room.acquire()
            tasks.append(asyncio.create_task(read(each)))
            _progress(f"已读取{before + len(tasks)}个文件")
        return await asyncio.gather(*tasks)


def _large(found: Found) -> bytes | None:
    """Return the bytes of a large document, None for a small one and for one without bytes."""
    return found.data if found.data is not None and len(found.data) > _SMALL else None


def _read_here(found: Found) -> Document:
    return refused(found) if found.data is None else parse(found.data, source=found.source)


def refused(found: Found) -> Document:
    """Return the document that stands for one that could not be taken from where it stands."""
    problem = found.problem or "missing"
    reason = Reason(problem, PROBLEMS[problem])
    return Document(found.source, None, found.bytes, None, "unreadable", reason, PARSER)


def _progress(line: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{line}")
        sys.stderr.flush()


def _judged(documents: Sequence[Document], directory: Directory | None, today: date | None) -> list[Checked]:
    """Return every document with its judgements; the reports of one agency are held against each other."""
    judgements = iter(
        judge_together(
            [
                Subject(
                    report, agency=directory.find(report.agency) if directory and report.agency else None, today=today
                )
                for document in documents
                for report in document.reports
            ]
        )
    )
    return [Checked(document, tuple(islice(judgements, len(document.reports))), RULESET) for document in documents]


def _rendered(documents: Sequence[Checked], format_: Format, *, with_text: bool, to_file: bool) -> str:
    if format_ == "json":
        return "".join(json_line(checked, with_text=with_text) + "\n" for checked in documents)
    if format_ == "html":
        from shared.output.page import page  # noqa: PLC0415 - the template engine is loaded where it is needed

        return page(documents, scope=scope())
    on_terminal = sys.stdout.isatty() and not to_file
    columns = shutil.get_terminal_size().columns if on_terminal else _COLUMNS_IN_A_FILE
    return summary(documents, columns=columns, colour=on_terminal, scope=scope())


def _write(text: str, output: pathlib.Path | None) -> None:
    # A file name that is no valid Unicode must not stop the output; line ends are the same on every system.
    data = text.encode("utf-8", "replace")
    if output is not None:
        output.write_bytes(data)
        return
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
