"""Web addresses handed in over real HTTP: fetched by ingest, from a real server."""

import asyncio
from contextlib import asynccontextmanager

import httpx2
import pytest

from services.ingest.app import listen
from services.ingest.server import application
from services.ingest.settings import IngestSettings
from services.ingest.sources.serving import ADDRESSES, REFUSED
from services.ingest.sources.url import Visits
from shared.documents import PROBLEMS
from shared.ops.http import serve
from shared.testing.archives import zipped
from shared.testing.website import answer, website

BEARER = {"Authorization": "Bearer token"}
PAGES = {"/1.html": answer(b"1"), "/empty": answer(), "/zip": answer(zipped({"a.html": b"1"}))}


@pytest.fixture
async def site():
    """Give a web server with a few pages."""
    async with website(PAGES) as opened:
        yield opened


@asynccontextmanager
async def served(pool, **settings):
    """Serve uploads and give a client that shows the token."""
    listener, stop = listen(IngestSettings(upload_port=0)), asyncio.Event()
    host, port = listener.getsockname()
    visits = Visits(IngestSettings(**settings))
    serving = asyncio.create_task(serve(application(pool, "token", visits), listener, stop))
    async with httpx2.AsyncClient(base_url=f"http://{host}:{port}", headers=BEARER, trust_env=False) as client:
        yield client
    stop.set()
    await serving


async def test_the_document_is_stored_before_the_answer(pool, site):
    """202 names the observation, whose source is the address in its one spelling; asked again it is known."""
    async with served(pool, fetch_allow=("127.0.0.1/32",), fetch_ports=(site.port,)) as client:
        form = {"address": f"HTTP://127.0.0.1:{site.port}/1.html#top"}
        answers = [await client.post(ADDRESSES, data=form) for _ in range(2)]
    assert [each.status_code for each in answers] == [202, 200]
    row = await pool.fetchrow("select id::text, source, source_kind, sequence, address from observation")
    assert tuple(row) == (answers[0].json()["observation_id"], site.address("/1.html"), "portal", 1, None)


@pytest.mark.parametrize(
    ("target", "code"), [("/none", "not_served"), ("/empty", "empty"), ("/zip", "archive"), ("/1.html", None)]
)
async def test_what_is_no_document_is_said(pool, site, target, code):
    """A page that is not there, an empty one, an archive: refused under a code, and nothing is stored."""
    async with served(pool, fetch_allow=("127.0.0.1/32",), fetch_ports=(site.port,)) as client:
        got = await client.post(ADDRESSES, data={"address": site.address(target)})
    assert got.json().get("error") == code
    assert await pool.fetchval("select count(*) from observation") == (0 if code else 1)


@pytest.mark.parametrize(
    ("address", "code"), [("http://169.254.169.254/", "address_internal"), ("http://u:p@h/", "address_credentials")]
)
async def test_ingest_asks_no_internal_address(pool, address, code):
    """Whoever has the token cannot make the server look into its own network."""
    async with served(pool) as client:
        got = await client.post(ADDRESSES, data={"address": address})
    assert (got.status_code, got.json()) == (422, {"error": code, "message": PROBLEMS[code]})


@pytest.mark.parametrize(
    "request_",
    [
        {"content": b""},
        {"data": {"url": "http://h/"}},
        {"content": b"address=a&address=b"},
        {"content": b"address=" + b"a" * 20_000},
        {"content": b"address=\xff%ff"},
    ],
)
async def test_a_form_without_one_address_is_refused(pool, request_):
    """None, another field, two, one without end: one clear sentence."""
    async with served(pool) as client:
        got = await client.post(ADDRESSES, **request_)
    code = got.json()["error"]
    assert (got.status_code, got.json()["message"]) in {(REFUSED["no_address"]), (422, PROBLEMS["address_invalid"])}
    assert code in {"no_address", "address_invalid"}


async def test_without_the_token_nothing_is_asked(pool, site):
    """Only whoever may hand documents in may name addresses."""
    async with served(pool, fetch_allow=("127.0.0.1/32",), fetch_ports=(site.port,)) as client:
        got = await client.post(
            ADDRESSES, data={"address": site.address("/1.html")}, headers={"Authorization": "Bearer x"}
        )
    assert (got.status_code, site.asked) == (401, [])
