"""`nianbao topics`: the topics of the cluster, compared with the table and brought in line."""

import asyncio
import dataclasses
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal

import typer

from shared.ops import logs
from shared.stream import topics_admin
from shared.stream.bus import cluster
from shared.stream.settings import KafkaSettings
from shared.stream.topics_admin import Difference

topics = typer.Typer(help="Kafka主题：与程序所需的比较，或建立、设置。", no_args_is_help=True)

Format = Annotated[Literal["text", "json"], typer.Option("--format", help="输出方式：文字，或每行一个JSON。")]


@topics.command()
def apply(format_: Format = "text") -> None:
    """建立缺少的主题，改正不同的设置。分区数和副本数只提示，不改动。"""
    found = _run(topics_admin.apply)
    for each in found:
        typer.echo(_json(each) if format_ == "json" else _told(each, done=True))
    if not found and format_ == "text":
        typer.echo("主题齐全，设置一致")
    _leave([each for each in found if not each.is_applied])


@topics.command()
def diff(format_: Format = "text") -> None:
    """列出与程序所需不同之处，不作改动；有不同时退出码为1。"""
    found = _run(topics_admin.differences)
    for each in found:
        typer.echo(_json(each) if format_ == "json" else _told(each, done=False))
    if not found and format_ == "text":
        typer.echo("主题齐全，设置一致")
    _leave(found)


def _run(command: Callable[[Any, KafkaSettings], Awaitable[list[Difference]]]) -> list[Difference]:
    async def connected() -> list[Difference]:
        settings = KafkaSettings()
        async with cluster.admin(settings) as admin:
            return await command(admin, settings)

    logs.configure()
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # what it would say of a cluster that is away, we say
    return asyncio.run(connected())


def _leave(found: list[Difference]) -> None:
    if found:
        raise typer.Exit(1)


def _told(each: Difference, *, done: bool) -> str:
    if each.what == "topic":
        return f"{each.topic}  {'已建立' if done else '缺少'}（{each.want}）"
    change = f"{each.what}：{each.have or '默认'} → {each.want or '默认'}"
    if not each.is_applied:
        return f"{each.topic}  {change}（不会自动更改，请管理员决定）"
    return f"{each.topic}  {change}" + ("（已改）" if done else "")


def _json(each: Difference) -> str:
    return json.dumps(dataclasses.asdict(each), ensure_ascii=False)
