"""Documents by HTTP: POST /v1/documents with the document as body, or one file as multipart/form-data.

    curl --oauth2-bearer "$(cat upload-token)" -F file=@年报.html http://127.0.0.1:8719/v1/documents

The name is the query parameter `name`, else that of Content-Disposition or of the form's file. An answer of 202 (new) or
200 (the latest document of this name again) is given after the document is stored for good.
"""

import asyncio
import email.message
import hashlib
from datetime import UTC, datetime

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from services.ingest import store
from services.ingest.core import upload_source
from services.ingest.sources.serving import BODY_SECONDS, Body, Refusal, accepted
from shared.documents import LIMIT, is_archive
from shared.ops.errors import Transient
from shared.stream.stage import Connection


async def take_document(pool: Connection, body: Body) -> Response:
    """Store the document of a request; Refusal says why not."""
    data, name = await _document(body)
    source = upload_source(name, hashlib.sha256(data).hexdigest())
    try:
        taken = await store.take(
            pool, data, source=source, source_kind="upload", name=name or "", observed_at=datetime.now(UTC)
        )
    except Transient:
        raise Refusal("away") from None
    return accepted(taken)


async def _document(body: Body) -> tuple[bytes, str | None]:
    """Return the document of a request and the name it was given."""
    body.check_announced()
    request = body.request
    counted = Request(request.scope, body.receive)
    try:
        async with asyncio.timeout(BODY_SECONDS):
            whole = await counted.body()
    except TimeoutError:
        raise Refusal("timeout") from None
    data, name = await _file(counted) if body.is_form else (whole, _name(request))
    if len(data) > LIMIT:
        raise Refusal("too_large")
    if not data:
        raise Refusal("empty")
    if await asyncio.to_thread(is_archive, data):
        raise Refusal("archive")
    return data, request.query_params.get("name") or name


async def _file(request: Request) -> tuple[bytes, str | None]:
    try:
        async with request.form(max_files=1, max_fields=16) as form:
            files = [value for _, value in form.multi_items() if isinstance(value, UploadFile)]
            if len(files) != 1:
                raise Refusal("not_one_file")
            return await files[0].read(), files[0].filename
    except HTTPException:
        raise Refusal("not_one_file") from None


def _name(request: Request) -> str | None:
    """Return the file name of a Content-Disposition header (RFC 6266); one not encoded is taken for UTF-8."""
    header = email.message.Message()
    header["Content-Disposition"] = (
        request.headers.get("content-disposition", "").encode("latin-1").decode("utf-8", "replace")
    )
    return header.get_filename()
