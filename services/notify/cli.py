"""`nianbao notices`: the ledger of mails, to look at, to release, to hold back, to settle."""

import asyncio
import dataclasses
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP
from typing import Annotated, Any, Literal
from uuid import UUID

import typer
from jinja2 import TemplateError

from services.notify import release as operate
from services.notify import store
from services.notify.core import REASONS, Notice, Summary
from services.notify.message import compose
from services.notify.release import STATUSES
from services.notify.settings import NotifySettings
from shared.database.pool import database
from shared.ops.errors import UsageError
from shared.ops.operator import confirmed, operator_name
from shared.output.places import listed
from shared.output.table import Column, code_of, plain, short_id, write_table
from shared.stream.stage import Connection

notices = typer.Typer(help="通知：查看、放行、暂缓、认定是否送达。", no_args_is_help=True)

Format = Annotated[Literal["text", "json"], typer.Option("--format", help="输出格式。")]
_HEADERS = ("From", "To", "Reply-To", "Date", "Message-ID", "Subject")

_KINDS = {"correction": "更正", "closing": "办结"}
_LISTED = (
    Column("id", "编号", short=short_id),
    Column("status", "状态", words=STATUSES.__getitem__),
    Column("reason", "原因", words=lambda reason: REASONS.get(reason, reason)),
    Column("agency", "机关"),
    Column("year", "年度"),
    Column("kind", "种类", words=_KINDS.__getitem__, minor=True),
    Column("errors", "必须更正"),
    Column("warnings", "请核实"),
    Column("recipient", "收件邮箱"),
    Column("changed_at", "更新时间", minor=True),
)
_HISTORY = (
    Column("at", "时间"),
    Column("by", "经手"),
    Column("what", "状态", words=STATUSES.__getitem__),
    Column("detail", "说明", words=lambda detail: REASONS.get(detail, detail)),
)


@notices.command("list")
def list_notices(
    status: Annotated[str | None, typer.Option(help=f"状态：{'、'.join(STATUSES.values())}（或其代码）。")] = None,
    agency: Annotated[str | None, typer.Option(help="机关名称中的文字。")] = None,
    year: Annotated[int | None, typer.Option(help="报告年度。")] = None,
    output: Format = "text",
) -> None:
    """列出通知，先发生的在前。"""
    code = None if status is None else code_of(status, STATUSES)
    found = _run(lambda connection: store.summaries(connection, status=code, agency=agency, year=year))
    write_table(_LISTED, [_row(each, listed=output == "text") for each in found], output)


@notices.command("show")
def show_notice(
    notice: Annotated[str, typer.Argument(help="通知编号，或其开头几位。")],
    output: Annotated[
        Literal["text", "json", "eml"], typer.Option("--format", help="输出格式；eml 为邮件原文。")
    ] = "text",
) -> None:
    """显示一份通知的经过和邮件：已发送的是发出的原件，未发送的是将要发出的内容。"""
    found, history, message = _run(lambda connection: _mail(connection, notice))
    if output == "eml":
        typer.echo(message.as_bytes(), nl=False)
    elif output == "json":
        mail = {**_headers(message), "text": _part(message, "plain"), "html": _part(message, "html")}
        _print_json({**_row(found), "history": history, "mail": mail})
    else:
        typer.echo(f"{found.id}\n{_state(found)}\n")
        write_table(_HISTORY, history, "text")
        typer.echo("\n" + "\n".join(f"{name}: {value}" for name, value in _headers(message).items()))
        typer.echo("\n" + _part(message, "plain"), nl=False)


@notices.command("release")
def release_notices(
    given: Annotated[list[str] | None, typer.Argument(metavar="编号", help="通知编号，或其开头几位。")] = None,
    everything: Annotated[bool, typer.Option("--all", help="放行所有待放行的通知。")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="不再询问。")] = False,
    output: Format = "text",
) -> None:
    """放行通知，使其发出；放行全部，或者同一机关当天已有邮件时，先询问。"""
    if bool(given) == everything:
        raise UsageError("请给出通知编号，或者用 --all 放行全部")
    by = operator_name()
    ids, again = _run(lambda connection: _wanted(connection, given))
    if not ids or not (yes or _agreed(ids, again, ask=everything)):
        raise typer.Exit(1 if ids else 0)
    _each(ids, lambda connection, id_: operate.release(connection, id_, by=by), output)


async def _wanted(connection: Connection, given: list[str] | None) -> tuple[list[UUID], list[str]]:
    """Return the notices named, else all that wait for release, and the agencies that would get more than one mail today."""
    ids = await _named(connection, given) if given else await operate.held(connection)
    return ids, await operate.mailed_today(connection, ids)


async def _named(connection: Connection, given: list[str]) -> list[UUID]:
    return [await operate.find_notice(connection, prefix) for prefix in given]


def _agreed(ids: list[UUID], again: list[str], *, ask: bool) -> bool:
    told = f"{listed(again, 5, f'{len(again)}个机关')}今天不止一封邮件。" if again else ""
    return not (ask or told) or confirmed(f"{told}放行{len(ids)}份通知？")


@notices.command("hold")
def hold_notices(
    given: Annotated[list[str], typer.Argument(metavar="编号", help="通知编号，或其开头几位。")],
    reason: Annotated[str | None, typer.Option(help="为什么暂缓，记入案卷。")] = None,
    output: Format = "text",
) -> None:
    """暂缓尚未发出的通知，直到再放行。"""
    by = operator_name()
    ids = _run(lambda connection: _named(connection, given))
    _each(ids, lambda connection, id_: operate.hold(connection, id_, by=by, reason=reason), output)


@notices.command("arrived")
def settle_notices(
    given: Annotated[list[str], typer.Argument(metavar="编号", help="通知编号，或其开头几位。")],
    reason: Annotated[str | None, typer.Option(help="根据什么认定，例如邮件服务器的日志；记入案卷。")] = None,
    output: Format = "text",
) -> None:
    """认定“是否送达不明”的通知已经送达，不再发送；没有送达的，用 release 再发一次。"""
    by = operator_name()
    ids = _run(lambda connection: _named(connection, given))
    _each(ids, lambda connection, id_: operate.arrived(connection, id_, by=by, reason=reason), output)


def _each(ids: list[UUID], act: Callable[[Connection, UUID], Awaitable[None]], output: str) -> None:
    """Do it to each notice; what stands in the way of one is told and does not stop the others."""

    async def every(connection: Connection) -> list[str]:
        faults = []
        for id_ in ids:
            try:
                await act(connection, id_)
                _print_done((await store.summaries(connection, id_=id_))[0], output)
            except UsageError as fault:
                faults.append(f"{short_id(id_)}：{fault}")
        return faults

    faults = _run(every)
    for fault in faults:
        typer.echo(fault, err=True)
    if faults:
        raise UsageError(f"{len(faults)}份通知没有处理")


def _print_done(notice: Summary, output: str) -> None:
    if output == "json":
        _print_json(_row(notice))
    else:
        typer.echo(f"{short_id(notice.id)}  {_state(notice)}  {notice.agency_name or ''} {notice.year or ''}".rstrip())


def _print_json(row: dict[str, Any]) -> None:
    typer.echo(json.dumps(row, ensure_ascii=False, default=plain))


def _run(work: Callable[[Connection], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        async with database(NotifySettings()) as pool, pool.acquire() as connection:
            return await work(connection)

    return asyncio.run(run())


async def _mail(connection: Connection, prefix: str) -> tuple[Summary, list[dict[str, Any]], EmailMessage]:
    notice = await store.get(connection, await operate.find_notice(connection, prefix))
    (summary,) = await store.summaries(connection, id_=notice.id)
    return summary, await store.history(connection, notice.id), await _message(connection, notice)


async def _message(connection: Connection, notice: Notice) -> EmailMessage:
    """Return the mail that was handed over, else the one that would be."""
    if notice.mail is not None and notice.status in {"sending", "sent", "unknown", "superseded"}:
        return message_from_bytes(notice.mail, policy=SMTP)
    agency = await operate.addressee(connection, notice)
    # A held notice is dated when it is released; shown now, it is what a release now would send.
    dated = dataclasses.replace(notice, dated_at=datetime.now(UTC)) if notice.status == "held" else notice
    try:
        return compose(dated, agency.mailbox if agency else None, NotifySettings().office)
    except (TemplateError, LookupError, ValueError) as fault:
        raise UsageError(f"通知 {notice.id} 的邮件写不出来（{type(fault).__name__}），不会发送") from fault


def _headers(message: EmailMessage) -> dict[str, str]:
    return {name: str(message[name]) for name in _HEADERS if message[name] is not None}


def _part(message: EmailMessage, subtype: Literal["plain", "html"]) -> str:
    part = message.get_body((subtype,))
    return "" if part is None else str(part.get_content()).replace("\r\n", "\n")


def _state(notice: Summary) -> str:
    why = None if notice.hold_reason == "review" else _why(notice)
    return f"{STATUSES[notice.status]}（{why}）" if why else STATUSES[notice.status]


def _why(notice: Summary) -> str | None:
    return REASONS[notice.hold_reason] if notice.hold_reason else notice.reply


def _row(notice: Summary, *, listed: bool = False) -> dict[str, Any]:
    """Return a notice by the keys of its columns; a list leaves out the reason where the status says it all."""
    plain = listed and (notice.status == "sent" or notice.hold_reason == "review")
    return {
        "id": notice.id,
        "status": notice.status,
        "reason": None if plain else notice.hold_reason or notice.reply,
        "agency": notice.agency_name,
        "year": notice.year,
        "kind": notice.kind,
        "errors": notice.errors,
        "warnings": notice.warnings,
        "recipient": notice.recipient,
        "changed_at": notice.changed_at,
    }
