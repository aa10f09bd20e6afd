"""Documents by HTTP: POST /v1/documents with the document as body, or one file as multipart/form-data.

    curl --oauth2-bearer "$(cat upload-token)" -F file=@年报.html http://127.0.0.1:8719/v1/documents

The name is the query parameter `name`, else that of Content-Disposition or of the form's file. An answer of 202 (new) or
200 (the latest document of this name again) is given after the document is stored for good.
"""

import asyncio
import contextlib
import email.message
import hashlib
import hmac
from datetime import UTC, datetime
from typing import Literal

from python_multipart.multipart import parse_options_header
from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Message

from services.ingest import store
from services.ingest.core import upload_source
from shared.documents import LIMIT, is_archive
from shared.ops.errors import Transient
from shared.stream.stage import Connection

PATH = "/v1/documents"
_FORM_OVERHEAD = 64 * 1024
_AT_ONCE = 16  # documents of at most 40 MiB in memory; more wait for their turn
_BODY_SECONDS = 300
_DRAIN_SECONDS = 10

Refused = Literal[
    "unauthorized",
    "empty",
    "not_one_file",
    "timeout",
    "too_large",
    "archive",
    "away",
    "not_found",
    "method",
    "bad_request",
]
REFUSED: dict[Refused, tuple[int, str]] = {
    "bad_request": (400, "请求格式有误。"),
    "empty": (400, "文件是空的。"),
    "not_one_file": (400, "表单中应当正好有一个文件。"),
    "unauthorized": (401, "缺少上传令牌，或令牌不正确。"),
    "not_found": (404, f"没有这个地址；上传地址是 POST {PATH}。"),
    "method": (405, f"请使用 POST {PATH} 上传。"),
    "timeout": (408, f"{_BODY_SECONDS}秒内没有收完文件。"),
    "too_large": (413, f"文件超过{LIMIT // 1024 // 1024}兆字节的上限。"),
    "archive": (415, "这是压缩包，请解压后逐个上传，或使用 nianbao submit。"),
    "away": (503, "数据库暂时不可用，文件没有存入，请稍后再传。"),
}
"""Why an upload is refused: code -> HTTP status and one sentence."""

_HEADERS: dict[Refused, dict[str, str]] = {
    "unauthorized": {"WWW-Authenticate": 'Bearer realm="nianbao"'},
    "method": {"Allow": "POST"},
    "away": {"Retry-After": "5"},
}
_BY_STATUS: dict[int, Refused] = {400: "bad_request", 404: "not_found", 405: "method"}


class _Refusal(Exception):  # noqa: N818 - the name says what it becomes
    """The upload is refused under `code`."""

    def __init__(self, code: Refused) -> None:
        super().__init__(code)
        self.code: Refused = code


def application(pool: Connection, token: str) -> Starlette:
    """Return the upload server's application; whoever shows the token may hand documents in."""
    turns = asyncio.Semaphore(_AT_ONCE)

    async def documents(request: Request) -> Response:
        body = _Body(request)
        try:
            _authorize(request, token)
            async with turns:
                return await _take(pool, *await _document(request, body))
        except _Refusal as refusal:
            await body.drain()
            return _answer(refusal.code)
        except ClientDisconnect:
            return _answer("bad_request")

    return Starlette(routes=[Route(PATH, documents, methods=["POST"])], exception_handlers={HTTPException: _not_served})


class _Body:
    """A request's body on its way in: counted, and refused once more than is allowed is announced or has come."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self.is_form = parse_options_header(request.headers.get("content-type", ""))[0] == b"multipart/form-data"
        self._left = LIMIT + (_FORM_OVERHEAD if self.is_form else 0)
        self._ended = False

    def check_announced(self) -> None:
        announced = self._request.headers.get("content-length", "")
        if announced.isdecimal() and int(announced) > self._left:
            raise _Refusal("too_large")

    async def receive(self) -> Message:
        message = await self._request.receive()
        self._ended = not message.get("more_body", False)
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise _Refusal("too_large")
        return message

    async def drain(self) -> None:
        """Let a client that is still sending come to its end, within limits: it may not look at the answer before."""
        if "expect" in self._request.headers:
            return
        self._left = LIMIT
        with contextlib.suppress(_Refusal, TimeoutError):
            async with asyncio.timeout(_DRAIN_SECONDS):
                while not self._ended:
                    await self.receive()


def _authorize(request: Request, token: str) -> None:
    scheme, _, shown = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(shown.strip().encode("latin-1"), token.encode()):
        raise _Refusal("unauthorized")


async def _document(request: Request, body: _Body) -> tuple[bytes, str | None]:
    """Return the document of a request and the name it was given."""
    body.check_announced()
    counted = Request(request.scope, body.receive)
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            whole = await counted.body()
    except TimeoutError:
        raise _Refusal("timeout") from None
    data, name = await _file(counted) if body.is_form else (whole, _name(request))
    if len(data) > LIMIT:
        raise _Refusal("too_large")
    if not data:
        raise _Refusal("empty")
    if await asyncio.to_thread(is_archive, data):
        raise _Refusal("archive")
    return data, request.query_params.get("name") or name


async def _file(request: Request) -> tuple[bytes, str | None]:
    try:
        async with request.form(max_files=1, max_fields=16) as form:
            files = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
            if len(files) != 1:
                raise _Refusal("not_one_file")
            return await files[0].read(), files[0].filename
    except HTTPException:
        raise _Refusal("not_one_file") from None


def _name(request: Request) -> str | None:
    """Return the file name of a Content-Disposition header (RFC 6266); one not encoded is taken for UTF-8."""
    header = email.message.Message()
    header["Content-Disposition"] = (
        request.headers.get("content-disposition", "").encode("latin-1").decode("utf-8", "replace")
    )
    return header.get_filename()


async def _take(pool: Connection, data: bytes, name: str | None) -> Response:
    sha256 = hashlib.sha256(data).hexdigest()
    source = upload_source(name, sha256)
    try:
        taken = await store.take(
            pool, data, source=source, source_kind="upload", name=name or "", observed_at=datetime.now(UTC)
        )
    except Transient:
        raise _Refusal("away") from None
    body = {"observation_id": str(taken.observation_id), "sha256": taken.sha256, "new": taken.new}
    return JSONResponse(body, status_code=202 if taken.new else 200)


async def _not_served(_request: Request, fault: Exception) -> Response:
    return _answer(_BY_STATUS[fault.status_code] if isinstance(fault, HTTPException) else "bad_request")


def _answer(code: Refused) -> Response:
    status, message = REFUSED[code]
    return JSONResponse({"error": code, "message": message}, status_code=status, headers=_HEADERS.get(code))
