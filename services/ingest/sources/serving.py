"""What the handlers of the upload server share: who may hand in, how much, what a refusal says."""

import asyncio
import contextlib
import hmac
from collections.abc import Awaitable, Callable
from typing import Literal

from python_multipart.multipart import parse_options_header
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Message

from services.ingest.store import Taken
from shared.documents import LIMIT, PROBLEMS, Problem

DOCUMENTS, ADDRESSES = "/v1/documents", "/v1/addresses"
BODY_SECONDS = 300

_FORM_OVERHEAD = 64 * 1024
_DRAIN_SECONDS = 10
_NOT_FETCHED = 422

Refused = Literal[
    "unauthorized",
    "empty",
    "not_one_file",
    "no_address",
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
    "no_address": (400, "表单中应当正好有一个网址（address=…）。"),
    "unauthorized": (401, "缺少上传令牌，或令牌不正确。"),
    "not_found": (404, f"没有这个地址；上传地址是 POST {DOCUMENTS} 和 POST {ADDRESSES}。"),
    "method": (405, "请使用 POST 上传。"),
    "timeout": (408, f"{BODY_SECONDS}秒内没有收完文件。"),
    "too_large": (413, f"文件超过{LIMIT // 1024 // 1024}兆字节的上限。"),
    "archive": (415, "这是压缩包，请解压后逐个上传，或使用 nianbao submit。"),
    "away": (503, "数据库暂时不可用，文件没有存入，请稍后再传。"),
}
"""Why an upload is refused: code -> HTTP status and one sentence; a web address also under the codes of PROBLEMS."""

_ANSWERS: dict[str, tuple[int, str]] = {
    **{str(code): (_NOT_FETCHED, text) for code, text in PROBLEMS.items()},
    **{str(code): answer for code, answer in REFUSED.items()},
}
_HEADERS: dict[str, dict[str, str]] = {
    "unauthorized": {"WWW-Authenticate": 'Bearer realm="nianbao"'},
    "method": {"Allow": "POST"},
    "away": {"Retry-After": "5"},
}
_BY_STATUS: dict[int, Refused] = {400: "bad_request", 404: "not_found", 405: "method"}

Handle = Callable[["Body"], Awaitable[Response]]


class Refusal(Exception):  # noqa: N818 - the name says what it becomes
    """The upload is refused under `code`."""

    def __init__(self, code: Refused | Problem) -> None:
        super().__init__(code)
        self.code = code


class Body:
    """A request's body on its way in: counted, and refused once more than is allowed is announced or has come."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.is_form = parse_options_header(request.headers.get("content-type", ""))[0] == b"multipart/form-data"
        self._left = LIMIT + (_FORM_OVERHEAD if self.is_form else 0)
        self._ended = False

    def check_announced(self) -> None:
        """Refuse a body that announces more than is allowed."""
        announced = self.request.headers.get("content-length", "")
        if announced.isdecimal() and int(announced) > self._left:
            raise Refusal("too_large")

    async def receive(self) -> Message:
        """Return the next part; refused once more has come than is allowed."""
        message = await self.request.receive()
        self._ended = not message.get("more_body", False)
        self._left -= len(message.get("body", b""))
        if self._left < 0:
            raise Refusal("too_large")
        return message

    async def drain(self) -> None:
        """Let a client that is still sending come to its end, within limits: it may not look at the answer before."""
        if "expect" in self.request.headers:
            return
        self._left = LIMIT
        with contextlib.suppress(Refusal, TimeoutError):
            async with asyncio.timeout(_DRAIN_SECONDS):
                while not self._ended:
                    await self.receive()


async def answered(request: Request, token: str, handle: Handle) -> Response:
    """Return what a handler answers to whoever shows the token, or the refusal that it raises."""
    body = Body(request)
    try:
        _authorize(request, token)
        return await handle(body)
    except Refusal as refusal:
        await body.drain()
        return _answer(refusal.code)
    except ClientDisconnect:
        return _answer("bad_request")


def _authorize(request: Request, token: str) -> None:
    scheme, _, shown = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(shown.strip().encode("latin-1"), token.encode()):
        raise Refusal("unauthorized")


def accepted(taken: Taken) -> Response:
    """Return the answer after a document is stored for good: 202 where it is new, 200 where its source had it last."""
    body = {"observation_id": str(taken.observation_id), "sha256": taken.sha256, "new": taken.new}
    return JSONResponse(body, status_code=202 if taken.new else 200)


async def not_served(_request: Request, fault: Exception) -> Response:
    """Return the answer to a request for what is not there."""
    return _answer(_BY_STATUS[fault.status_code] if isinstance(fault, HTTPException) else "bad_request")


def _answer(code: Refused | Problem) -> Response:
    status, message = _ANSWERS[code]
    return JSONResponse({"error": code, "message": message}, status_code=status, headers=_HEADERS.get(code))
