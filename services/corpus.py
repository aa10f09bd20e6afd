"""`nianbao corpus`: what a change of reader or rule changes in the documents of a folder."""

import pathlib
from dataclasses import replace
from typing import Annotated, Literal

import typer

from services.check import RulesetOption, configured, judged
from services.parse.core import PARSER
from services.reading import read
from shared.model.report import Document
from shared.ops.errors import UsageError, system_said
from shared.output.changes import changes
from shared.output.changes_text import changes_text
from shared.output.jsonl import as_line
from shared.output.outcome import Corpus, NoCorpus, corpus_file, read_corpus
from shared.output.written import refuse_folder_missing, width_and_colour, write

corpus = typer.Typer(help="保存一批文件的读取和核验结果，比较程序改动前后有什么不同。", no_args_is_help=True)

CHANGED = 1


@corpus.command()
def run(
    folder: Annotated[pathlib.Path, typer.Argument(metavar="DIR", help="文件夹或ZIP压缩包。", show_default=False)],
    to: Annotated[pathlib.Path, typer.Option(metavar="FILE", help="写入的文件；名称以 .gz 结尾的压缩保存。")],
    ruleset: RulesetOption = None,
) -> None:
    """读取并核验一个文件夹中的全部文件，把结果（不含报告正文）存入一个文件，供以后比较。"""
    if not folder.exists():
        raise UsageError(f"找不到这个文件夹：{folder}")
    refuse_folder_missing(to)
    configuration = configured(ruleset)
    documents = judged(read([str(folder)], in_parallel=True), configuration=configuration)
    inside = [replace(each, document=_inside(each.document, folder)) for each in documents]
    to.write_bytes(corpus_file(inside, PARSER, configuration.ruleset, packed=to.suffix == ".gz"))
    typer.echo(f"共{len(inside)}个文件，结果已存入：\n{to}")


@corpus.command()
def diff(
    old: Annotated[pathlib.Path, typer.Argument(metavar="OLD", help="改动前的结果文件。", show_default=False)],
    new: Annotated[pathlib.Path, typer.Argument(metavar="NEW", help="改动后的结果文件。", show_default=False)],
    format_: Annotated[Literal["text", "json"], typer.Option("--format", help="输出方式。")] = "text",
    output: Annotated[pathlib.Path | None, typer.Option(metavar="FILE", help="写入文件，不写到标准输出。")] = None,
) -> None:
    """比较两次结果：哪些文件、表格、单元格、发现和结论变了。

    退出码：0 没有不同；1 有不同；2 用法有误。
    """
    refuse_folder_missing(output)
    before, after = _stored(old), _stored(new)
    found = list(changes(before, after))
    if format_ == "json":
        write("".join(as_line(each.as_object()) + "\n" for each in found), output)
    else:
        columns, _ = width_and_colour(output)
        write(changes_text(before, after, found, columns=columns), output)
    raise typer.Exit(CHANGED if found else 0)


def _inside(document: Document, folder: pathlib.Path) -> Document:
    """Return a document named by its path in the folder, so that folders in different places can be compared."""
    return replace(document, source=document.source.removeprefix(f"{folder}/"))


def _stored(file: pathlib.Path) -> Corpus:
    try:
        return read_corpus(file.read_bytes())
    except OSError as fault:
        raise UsageError(f"无法读取结果文件：{file}（{system_said(fault)}）") from fault
    except NoCorpus as fault:
        raise UsageError(f"不是这个版本的 nianbao corpus run 写出的结果文件：{file}") from fault
