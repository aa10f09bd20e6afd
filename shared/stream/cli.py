"""`nianbao dead-letters`: what a consumer could not handle, and what a person decides about it."""

import asyncio
import json
import pathlib
from collections.abc import Awaitable, Callable
from typing import Annotated, Literal, TypeVar

import typer

from shared.database.pool import database
from shared.ops.errors import RejectReason, UsageError, system_said
from shared.ops.operator import operator_name
from shared.ops.settings import CommonSettings
from shared.stream import dead_letters as letters
from shared.stream.dead_letters import DeadLetter
from shared.stream.envelope import headers_as_json
from shared.stream.stage import Connection

dead_letters = typer.Typer(help="死信：未能处理的事件。查看、重放或作废。", no_args_is_help=True)

R = TypeVar("R")


Format = Annotated[Literal["text", "json"], typer.Option("--format", help="输出方式：文字，或每行一个JSON。")]
Number = Annotated[int, typer.Argument(help="死信编号。", metavar="编号")]

REASONS: dict[RejectReason, str] = {
    "envelope": "信封有误",
    "schema": "内容不合约定",
    "document_missing": "原文件不在",
    "bug": "程序出错",
}
_RESOLUTIONS = {"replayed": "已重放", "handled": "已另行处理，未重放", "discarded": "已作废", None: "待处理"}


@dead_letters.command("list")
def show_all(
    consumer: Annotated[str | None, typer.Option(help="只列某一服务：parse、validate、notify。")] = None,
    reason: Annotated[RejectReason | None, typer.Option(help="只列某一原因。")] = None,
    resolved: Annotated[bool, typer.Option("--all", help="连同已处理的一起列出。")] = False,
    format_: Format = "text",
) -> None:
    """列出死信，旧的在前。"""
    found = _run(lambda connection: letters.find(connection, consumer=consumer, reason=reason, resolved=resolved))
    for letter in found:
        typer.echo(_as_json(letter) if format_ == "json" else _line(letter))
    if not found and format_ == "text":
        typer.echo("没有死信")


@dead_letters.command("show")
def show_one(
    number: Number,
    body: Annotated[pathlib.Path | None, typer.Option(help="把原始内容写入此文件（可能含报告正文）。")] = None,
    format_: Format = "text",
) -> None:
    """显示一封死信的来历、信封和原因；正文只在指定 --body 时写入文件。"""
    letter = _run(lambda connection: letters.get(connection, number))
    if body:
        _write(body, letter.record.value or b"")
    typer.echo(_as_json(letter, with_headers=True) if format_ == "json" else _page(letter))


@dead_letters.command()
def replay(
    numbers: Annotated[list[int] | None, typer.Argument(help="死信编号，可多个。", metavar="编号…")] = None,
    everything: Annotated[bool, typer.Option("--all", help="全部待处理的死信。")] = False,
    consumer: Annotated[str | None, typer.Option(help="与 --all 同用：只重放某一服务的。")] = None,
    format_: Format = "text",
) -> None:
    """原样重放死信；同一事件不会被处理两次，重复执行无妨。"""
    if bool(numbers) == everything:
        raise UsageError("请给出死信编号，或用 --all 重放全部")
    for number, resolution in _run(lambda connection: _replay(connection, numbers, consumer)):
        as_json = json.dumps({"id": number, "resolution": resolution})
        typer.echo(as_json if format_ == "json" else f"死信 {number}：{_RESOLUTIONS[resolution]}")


@dead_letters.command()
def discard(
    number: Number,
    reason: Annotated[str, typer.Option(help="作废的理由，留存备查。")],
    format_: Format = "text",
) -> None:
    """作废一封死信：不再处理，原件和理由留存。"""
    if not reason.strip():
        raise UsageError("请写明作废的理由")
    _run(lambda connection: letters.discard(connection, number, by=operator_name(), note=reason.strip()))
    as_json = json.dumps({"id": number, "resolution": "discarded"})
    typer.echo(as_json if format_ == "json" else f"死信 {number}：已作废")


async def _replay(
    connection: Connection, numbers: list[int] | None, consumer: str | None
) -> list[tuple[int, letters.Resolution]]:
    chosen = numbers or [letter.id for letter in await letters.find(connection, consumer=consumer)]
    return [(number, await letters.replay(connection, number, by=operator_name())) for number in chosen]


def _run(command: Callable[[Connection], Awaitable[R]]) -> R:
    async def connected() -> R:
        async with database(CommonSettings()) as pool, pool.acquire() as connection:
            return await command(connection)

    return asyncio.run(connected())


def _write(path: pathlib.Path, body: bytes) -> None:
    try:
        path.write_bytes(body)
    except OSError as error:
        raise UsageError(f"写不了文件 {path}：{system_said(error)}") from error


def _line(letter: DeadLetter) -> str:
    first_seen = f"{letter.first_seen.astimezone():%Y-%m-%d %H:%M}"
    return "  ".join(
        [str(letter.id), first_seen, letter.consumer, REASONS[letter.why.reason], _RESOLUTIONS[letter.resolution], letter.why.error]
    )  # fmt: skip


def _page(letter: DeadLetter) -> str:
    facts = _facts(letter, with_headers=True)
    headers = facts.pop("headers")
    assert isinstance(headers, list)
    lines = [f"{name}: {value}" for name, value in facts.items() if value is not None]
    return "\n".join([*lines, "headers:", *(f"  {name}: {value}" for name, value in headers)])


def _as_json(letter: DeadLetter, *, with_headers: bool = False) -> str:
    return json.dumps(_facts(letter, with_headers=with_headers), ensure_ascii=False)


def _facts(letter: DeadLetter, *, with_headers: bool) -> dict[str, object]:
    """Return what may be printed: all but the body, which may hold a report's text."""
    record = letter.record
    facts: dict[str, object] = {
        "id": letter.id,
        "consumer": letter.consumer,
        "consumer_version": letter.consumer_version,
        "topic": record.topic,
        "partition": record.partition,
        "offset": record.offset,
        "event_id": str(letter.event_id) if letter.event_id else None,
        "reason": letter.why.reason,
        "error": letter.why.error,
        "bytes": len(record.value or b""),
        "first_seen": letter.first_seen.isoformat(),
        "resolution": letter.resolution,
        "resolved_at": letter.resolved_at.isoformat() if letter.resolved_at else None,
        "resolved_by": letter.resolved_by,
        "note": letter.note,
    }
    return facts | ({"headers": json.loads(headers_as_json(record.headers))} if with_headers else {})
