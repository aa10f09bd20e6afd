"""`nianbao submit`: hand documents to a running ingest."""

import json
import os
import pathlib
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Any, Literal

import httpx2
import typer

from services.ingest.bearer import token
from services.ingest.core import source_name
from services.ingest.settings import IngestSettings
from services.ingest.sources.serving import ADDRESSES, DOCUMENTS
from shared.documents import PROBLEMS, Found, documents_at, never_silent
from shared.ops.errors import Transient
from shared.web import is_web

_NOT_TAKEN = 3
_SECONDS = 120.0
_ABOUT_THE_DOCUMENT = {"empty", "too_large", "archive", *PROBLEMS}


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of one document: accepted (with its observation), or refused with a code and one sentence."""

    source: str
    status: Literal["accepted", "refused"]
    sha256: str | None = None
    observation_id: str | None = None
    new: bool | None = None
    reason: dict[str, str] | None = None


def submit(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH|URL…", help="文件、文件夹、ZIP压缩包，或网址（由收件服务去读取）。", show_default=False
        ),
    ],
    format_: Annotated[
        Literal["text", "json"], typer.Option("--format", help="输出方式：文字，或每个文件一行JSON。")
    ] = "text",
) -> None:
    """把文件或网址交给正在运行的收件服务（nianbao up）。

    退出码：0 全部收下；2 用法有误；3 有文件没有收下，其余已收下；4 收件服务没有运行或中途停止。
    """
    settings = IngestSettings()
    results = [_printed(handed, format_) for handed in _hand_in(paths, settings)]
    _progress("")
    if any(handed.status == "refused" for handed in results):
        raise typer.Exit(_NOT_TAKEN)


def address(settings: IngestSettings) -> str:
    """Return where the upload server is reached; one that listens everywhere is reached on this machine."""
    if settings.upload_url:
        return settings.upload_url.rstrip("/")
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.upload_host, settings.upload_host)  # noqa: S104
    return f"http://[{host}]:{settings.upload_port}" if ":" in host else f"http://{host}:{settings.upload_port}"


def _hand_in(paths: Sequence[str], settings: IngestSettings) -> Iterator[Handed]:
    place, shown = address(settings), token(settings)
    if shown is None:
        raise Transient(f"没有运行中的收件服务（{place}，也没有上传令牌）：请先运行 nianbao up")
    # An office's web proxy knows nothing of this machine.
    timeout = max(_SECONDS, settings.fetch_seconds + 60)
    with httpx2.Client(trust_env=False, timeout=timeout, headers={"Authorization": f"Bearer {shown}"}) as client:
        for path in paths:
            if is_web(path):
                _progress(f"正在提交 {path}")
                yield _post(client, place + ADDRESSES, path, data={"address": path})
                continue
            for found in never_silent(documents_at(path), path):
                _progress(f"正在提交 {source_name(found.source)}")
                yield _refused_here(found) if found.data is None else _post_file(client, place, found, found.data)


def _post_file(client: httpx2.Client, place: str, found: Found, data: bytes) -> Handed:
    name = pathlib.Path(os.path.abspath(found.source)).as_posix()  # noqa: PTH100 - resolve() would follow links
    return _post(client, place + DOCUMENTS, found.source, params={"name": source_name(name)}, content=data)


def _post(client: httpx2.Client, url: str, handed_in: str, **request: Any) -> Handed:
    source = source_name(handed_in)
    try:
        answer = client.post(url, **request)
        body = answer.json()
        if answer.is_success:
            return Handed(source, "accepted", body["sha256"], body["observation_id"], body["new"])
        reason = {"code": body["error"], "message": body["message"]}
    except httpx2.ConnectError as fault:
        raise Transient(f"没有运行中的收件服务（{_place(url)}）：请先运行 nianbao up") from fault
    except (httpx2.TransportError, ValueError, KeyError, TypeError) as fault:
        raise Transient(f"{_place(url)} 没有像收件服务那样应答；{source} 及其后的文件没有提交") from fault
    if reason["code"] not in _ABOUT_THE_DOCUMENT:
        raise Transient(f"{reason['message']}（{_place(url)}；{source} 及其后的文件没有提交）")
    return Handed(source, "refused", reason=reason)


def _place(url: str) -> str:
    return url.removesuffix(ADDRESSES).removesuffix(DOCUMENTS)


def _refused_here(found: Found) -> Handed:
    problem = found.problem or "missing"
    return Handed(source_name(found.source), "refused", reason={"code": problem, "message": PROBLEMS[problem]})


def _printed(handed: Handed, format_: Literal["text", "json"]) -> Handed:
    _progress("")
    if format_ == "json":
        typer.echo(json.dumps(asdict(handed), ensure_ascii=False))
    elif handed.reason:
        typer.echo(f"未收下 {handed.source}：{handed.reason['message']}", err=True)
    else:
        typer.echo(f"已收下 {handed.source}" + ("" if handed.new else "（与上次相同）"))
    return handed


def _progress(line: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{line}")
        sys.stderr.flush()
