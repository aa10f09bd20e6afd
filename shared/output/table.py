"""Rows for a person or a program: a table on the terminal, JSON lines, or a workbook."""

import json
import pathlib
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeVar
from uuid import UUID

import typer
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

from shared.ops.errors import UsageError

SHORT_ID = 8
_NEVER_WRAPPED = 100_000
_GAP = 2
_READABLE = 12
"""Columns of a terminal below which a folded text is no longer read."""

Code = TypeVar("Code", bound=str)
TableFormat = Literal["text", "json", "xlsx"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the key in a row (the name in JSON) and its Chinese heading.

    `words` says what a value means to a person (text and workbook; JSON keeps the value); `short` is how text alone shows it.
    A `minor` column is left out, the last one first, where a terminal is too narrow to read them all.
    """

    key: str
    heading: str
    words: Callable[[Any], Any] | None = None
    short: Callable[[Any], str] | None = None
    minor: bool = False

    def read(self, row: Mapping[str, Any]) -> Any:
        """Return a row's value as a person reads it; nothing stays nothing."""
        value = row[self.key]
        return value if value is None or self.words is None else self.words(value)


def short_id(value: UUID | str) -> str:
    """Return the beginning of an id, by which commands know it."""
    return str(value)[:SHORT_ID]


def base_name(source: str) -> str:
    """Return the last part of a path, by which a person knows a file; a web address stays whole."""
    return source if source.startswith(("https://", "http://")) else re.split(r"[/\\]", source.rstrip("/\\"))[-1]


def code_of(named: str, words: Mapping[Code, str]) -> Code:
    """Return the code that a person names by its words, as a table shows them, or by itself; UsageError with all there are."""
    found = next((code for code, shown in words.items() if named in {code, shown}), None)
    if found is None:
        raise UsageError(f"没有“{named}”这种状态；可用：{'、'.join(words.values())}")
    return found


def write_table(
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, Any]],
    format_: TableFormat,
    output: pathlib.Path | None = None,
    *,
    nothing: str = "没有记录",
) -> None:
    """Write the rows to standard output (text, json) or into a workbook; UsageError for a workbook without a file.

    `nothing` is what a person reads where there are none.
    """
    if format_ == "xlsx":
        if output is None:
            raise UsageError("写工作簿需要 --output 文件名")
        _workbook(columns, rows, output)
    elif format_ == "json":
        lines = "".join(
            json.dumps({c.key: plain(row[c.key]) for c in columns}, ensure_ascii=False) + "\n" for row in rows
        )
        _text(lines, output)
    else:
        _text(_drawn(columns, rows) if rows else f"{nothing}\n", output)


def _text(text: str, output: pathlib.Path | None) -> None:
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")


def plain(value: Any) -> Any:
    """Return a value as programs read it in JSON: a moment as in ISO 8601, an id as text."""
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _shown(column: Column, row: Mapping[str, Any]) -> str:
    value = column.read(row)
    if isinstance(value, datetime):
        return value.astimezone().strftime("%Y-%m-%d %H:%M")
    if value is None:
        return ""
    return column.short(value) if column.short else str(value)


def _drawn(columns: Sequence[Column], rows: Sequence[Mapping[str, Any]]) -> str:
    # A program that reads the table, or a person with a pager, wants each row on one line.
    console = Console(markup=False, highlight=False, width=None if sys.stdout.isatty() else _NEVER_WRAPPED)
    kept = _readable(columns, rows, console.width)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in kept:
        table.add_column(column.heading, overflow="fold", no_wrap=_whole(column, rows))
    for row in rows:
        table.add_row(*(_shown(column, row) for column in kept))
    with console.capture() as captured:
        console.print(table)
    left_out = "、".join(column.heading for column in columns if column not in kept)
    told = f"（窗口太窄，没有显示：{left_out}）\n" if left_out else ""
    return "".join(line.rstrip() + "\n" for line in captured.get().splitlines()) + told


def _readable(columns: Sequence[Column], rows: Sequence[Mapping[str, Any]], width: int) -> list[Column]:
    """Return the columns that can be read side by side in so many columns of a terminal: all but minor ones at the least."""
    needed = {column: _least(column, rows) + _GAP for column in columns}
    kept = list(columns)
    for column in reversed(columns):
        if sum(needed[each] for each in kept) - _GAP <= width:
            break
        if column.minor:
            kept.remove(column)
    return kept


def _least(column: Column, rows: Sequence[Mapping[str, Any]]) -> int:
    longest = max(cell_len(_shown(column, row)) for row in rows)
    return max(cell_len(column.heading), longest if _whole(column, rows) else min(longest, _READABLE))


def _whole(column: Column, rows: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether a column is never folded: ids, figures and moments."""
    return column.short is short_id or all(isinstance(row[column.key], int | datetime) for row in rows)


def _workbook(columns: Sequence[Column], rows: Sequence[Mapping[str, Any]], output: pathlib.Path) -> None:
    import xlsxwriter  # noqa: PLC0415 - only where a workbook is asked for

    # Names and sources come from outside: nothing in them may become a formula or a link.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    with xlsxwriter.Workbook(str(output), options) as book:
        sheet = book.add_worksheet("清单")
        bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.write_row(0, 0, [column.heading for column in columns], bold)
        for number, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                value = column.read(row)
                if isinstance(value, datetime):
                    sheet.write_datetime(number, place, value.astimezone().replace(tzinfo=None), moment)
                else:
                    sheet.write(number, place, plain(value))
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
