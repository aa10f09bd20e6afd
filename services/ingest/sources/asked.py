"""Documents by web address: POST /v1/addresses with a form field `address`; the document is fetched here.

    curl --oauth2-bearer "$(cat upload-token)" --data-urlencode address=https://… http://127.0.0.1:8719/v1/addresses

The answer is given after the document is stored for good, or says why it was not fetched (422).
"""

import asyncio
from datetime import UTC, datetime
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import Response

from services.ingest import store
from services.ingest.sources.serving import Body, Refusal, accepted
from services.ingest.sources.url import Visits
from shared.documents import is_archive
from shared.ops.errors import Transient
from shared.stream.stage import Connection

_LONGEST = 16 * 1024
_FORM_SECONDS = 30


async def take_address(pool: Connection, visits: Visits, body: Body) -> Response:
    """Fetch and store the document at the address of a request; Refusal says why not."""
    fetched = await visits.fetch(await _address(body))
    if fetched.data is None:
        raise Refusal(fetched.problem or "failed")
    if not fetched.data:
        raise Refusal("empty")
    if await asyncio.to_thread(is_archive, fetched.data):
        raise Refusal("archive")
    try:
        taken = await store.take(
            pool,
            fetched.data,
            source=fetched.source,
            source_kind="portal",
            name=fetched.address,
            observed_at=datetime.now(UTC),
            address=fetched.address,
        )
    except Transient:
        raise Refusal("away") from None
    return accepted(taken)


async def _address(body: Body) -> str:
    """Return the one address of a form."""
    try:
        async with asyncio.timeout(_FORM_SECONDS):
            form = b""
            async for part in Request(body.request.scope, body.receive).stream():
                form += part
                if len(form) > _LONGEST:
                    raise Refusal("no_address")
        addresses = parse_qs(form.decode(), max_num_fields=4).get("address", [])
    except TimeoutError:
        raise Refusal("timeout") from None
    except ValueError:
        raise Refusal("no_address") from None
    if len(addresses) != 1:
        raise Refusal("no_address")
    return addresses[0]
