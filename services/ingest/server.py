"""The upload server: documents, and web addresses of documents, from whoever shows the token."""

import asyncio

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from services.ingest.sources.asked import take_address
from services.ingest.sources.serving import ADDRESSES, DOCUMENTS, Body, answered, not_served
from services.ingest.sources.upload import take_document
from services.ingest.sources.url import Visits
from shared.stream.stage import Connection

_AT_ONCE = 16  # documents of at most 40 MiB in memory; more wait for their turn


def application(pool: Connection, token: str, visits: Visits) -> Starlette:
    """Return the upload server's application; `visits` are made to the addresses handed in."""
    turns = asyncio.Semaphore(_AT_ONCE)

    async def document(body: Body) -> Response:
        async with turns:
            return await take_document(pool, body)

    async def address(body: Body) -> Response:
        async with turns:
            return await take_address(pool, visits, body)

    async def documents(request: Request) -> Response:
        return await answered(request, token, document)

    async def addresses(request: Request) -> Response:
        return await answered(request, token, address)

    return Starlette(
        routes=[Route(DOCUMENTS, documents, methods=["POST"]), Route(ADDRESSES, addresses, methods=["POST"])],
        exception_handlers={HTTPException: not_served},
    )
