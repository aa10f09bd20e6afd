"""Uploads over real HTTP: a uvicorn on a free port, real PostgreSQL."""

import asyncio
import hashlib
import socket
from contextlib import asynccontextmanager

import httpx2
import pytest

from services.ingest.app import listen
from services.ingest.server import application
from services.ingest.settings import IngestSettings
from services.ingest.sources.serving import DOCUMENTS, REFUSED
from services.ingest.sources.url import Visits
from shared.database.pool import connect
from shared.documents import LIMIT
from shared.ops.http import serve
from shared.testing.archives import zipped

TOKEN = "样例-token"
BEARER = {"Authorization": f"Bearer {TOKEN}".encode()}


@asynccontextmanager
async def served(pool):
    """Serve uploads and give a client that shows the token."""
    listener, stop = listen(IngestSettings(upload_port=0)), asyncio.Event()
    address = "http://127.0.0.1:{1}".format(*listener.getsockname())
    serving = asyncio.create_task(serve(application(pool, TOKEN, Visits(IngestSettings())), listener, stop))
    async with httpx2.AsyncClient(base_url=address, headers=BEARER, trust_env=False, timeout=30) as client:
        yield client
    stop.set()
    await serving


@pytest.fixture
async def client(pool):
    """Give a client of a running upload server."""
    async with served(pool) as opened:
        yield opened


async def stored(pool) -> list[tuple[str, int]]:
    """Return sources and numbers of what was observed."""
    rows = await pool.fetch("select source, sequence from observation order by source, sequence")
    return [tuple(row) for row in rows]


def refused(answer: httpx2.Response, code: str) -> bool:
    """Whether an answer is this refusal: its status, its code and its sentence."""
    status, message = REFUSED[code]
    return (answer.status_code, answer.json()) == (status, {"error": code, "message": message})


async def test_a_document_is_stored_before_the_answer(client, pool):
    """202 names the observation, and its bytes are there."""
    answer = await client.post(DOCUMENTS, params={"name": "年报.html"}, content=b"<p>1</p>")
    sha256 = hashlib.sha256(b"<p>1</p>").hexdigest()
    assert answer.status_code == 202
    row = await pool.fetchrow(
        "select o.id, o.source, o.source_kind, content from observation o join document using (sha256)"
    )
    assert answer.json() == {"observation_id": str(row["id"]), "sha256": sha256, "new": True}
    assert tuple(row)[1:] == ("upload:年报.html", "upload", b"<p>1</p>")


async def test_the_same_document_again_is_known(client, pool):
    """200 and the same observation: a client may repeat a request whose answer it lost."""
    answers = [await client.post(DOCUMENTS, params={"name": "年报.txt"}, content=b"1") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 200]
    assert answers[0].json()["observation_id"] == answers[1].json()["observation_id"]
    assert await stored(pool) == [("upload:年报.txt", 1)]


@pytest.mark.parametrize(
    ("request_", "name"),
    [
        ({"params": {"name": "甲.txt"}, "content": b"1"}, "甲.txt"),
        ({"headers": {"Content-Disposition": "attachment; filename*=UTF-8''%E7%94%B2.txt"}, "content": b"1"}, "甲.txt"),
        ({"headers": {"Content-Disposition": 'attachment; filename="甲.txt"'.encode()}, "content": b"1"}, "甲.txt"),
        ({"headers": {"Content-Disposition": 'attachment; filename="a.txt"'}, "content": b"1"}, "a.txt"),
        ({"files": {"file": ("甲.txt", b"1")}}, "甲.txt"),
        ({"files": {"file": ("甲.txt", b"1")}, "data": {"note": "x"}}, "甲.txt"),
        ({"files": {"file": ("甲.txt", b"1")}, "params": {"name": "乙.txt"}}, "乙.txt"),
        (
            {"headers": {"Content-Type": "application/x-www-form-urlencoded"}, "content": b"1"},
            hashlib.sha256(b"1").hexdigest(),
        ),
        ({"params": {"name": "a\nb\0.txt"}, "content": b"1"}, "a\\x0ab\\x00.txt"),
        ({"params": {"name": "甲" * 2000}, "content": b"1"}, None),
    ],
)
async def test_a_document_comes_by_any_ordinary_way_of_uploading(client, pool, request_, name):
    """As body or as form, named by query, header or form, or not named at all."""
    assert (await client.post(DOCUMENTS, **request_)).status_code == 202
    if name:
        assert await stored(pool) == [(f"upload:{name}", 1)]
    assert await pool.fetchval("select content from document") == b"1"


@pytest.mark.parametrize(
    "shown", [None, "Bearer falsch", f"Basic {TOKEN}", "Bearer", f"Bearer {TOKEN}x", "Bearer \xff"]
)
async def test_without_the_token_nothing_is_taken(client, pool, shown):
    """401 with a challenge, whatever is shown instead, also over a body that is still coming."""
    headers = {} if shown is None else {"Authorization": shown.encode()}
    async with httpx2.AsyncClient(base_url=client.base_url, trust_env=False) as stranger:
        answer = await stranger.post(DOCUMENTS, headers=headers, content=b"x" * 3_000_000)
    assert refused(answer, "unauthorized")
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert await stored(pool) == []


async def test_the_scheme_may_be_written_in_any_case(client):
    """RFC 9110, section 11.1: the scheme is case-insensitive."""
    answer = await client.post(DOCUMENTS, headers={"Authorization": f"bearer {TOKEN}".encode()}, content=b"1")
    assert answer.status_code == 202


async def pieces(size: int):
    """Give a body of so many bytes whose length is not announced."""
    for _ in range(size // 65536):
        yield b"\0" * 65536
    yield b"\0" * (size % 65536)


@pytest.mark.parametrize("body", [b"\0" * (LIMIT + 1), pytest.param(None, id="unannounced")])
async def test_a_document_over_the_limit_is_refused_while_it_comes(client, pool, body):
    """Whether its length is announced or not, and the connection's next document is taken."""
    answer = await client.post(DOCUMENTS, content=pieces(LIMIT + 1) if body is None else body)
    assert refused(answer, "too_large")
    assert (await client.post(DOCUMENTS, content=b"1")).status_code == 202
    assert await pool.fetchval("select count(*) from document") == 1


async def test_a_form_over_the_limit_is_refused(client):
    """What a form adds to its file does not count, the file does."""
    assert refused(await client.post(DOCUMENTS, files={"file": ("x", b"\0" * (LIMIT + 1))}), "too_large")


async def test_a_document_of_just_the_limit_is_taken(client):
    """40 MiB are allowed, as body and as form."""
    assert (await client.post(DOCUMENTS, content=b"\0" * LIMIT)).status_code == 202
    assert (await client.post(DOCUMENTS, files={"file": ("x", b"\1" * LIMIT)})).status_code == 202


async def test_a_length_announced_over_the_limit_is_refused_before_it_is_sent(client):
    """A client that waits for `100 Continue` is told at once, and nothing is read of it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", client.base_url.port)
    head = f"POST {DOCUMENTS} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\nContent-Length: 5000000000\r\n"
    writer.write(head.encode() + b"Expect: 100-continue\r\n\r\n")
    assert (await reader.readline()).startswith(b"HTTP/1.1 413")
    writer.close()


@pytest.mark.parametrize(
    ("request_", "code"),
    [
        ({"content": b""}, "empty"),
        ({"files": {"file": ("甲.txt", b"")}}, "empty"),
        ({"files": {"a": ("甲.txt", b"1"), "b": ("乙.txt", b"2")}}, "not_one_file"),
        ({"headers": {"Content-Type": "multipart/form-data; boundary=x"}, "content": b"--x--\r\n"}, "not_one_file"),
        ({"headers": {"Content-Type": "multipart/form-data"}, "content": b"1"}, "not_one_file"),
        ({"headers": {"Content-Type": "multipart/form-data; boundary=x"}, "content": b"\xff" * 100}, "not_one_file"),
    ],
)
async def test_what_is_no_document_is_refused_with_its_reason(client, pool, request_, code):
    """A clear 4xx, and nothing stored."""
    assert refused(await client.post(DOCUMENTS, **request_), code)
    assert await stored(pool) == []


async def test_an_archive_is_not_one_document(client):
    """`nianbao submit` opens archives; the server says so. An office document is no archive."""
    assert refused(await client.post(DOCUMENTS, content=zipped({"年报.txt": b"1"})), "archive")
    assert (await client.post(DOCUMENTS, content=zipped({"[Content_Types].xml": b"1"}))).status_code == 202


async def test_other_addresses_and_methods_are_refused_in_the_same_form(client):
    """404 and 405 say where to go."""
    assert refused(await client.get("/"), "not_found")
    answer = await client.get(DOCUMENTS)
    assert refused(answer, "method")
    assert answer.headers["allow"] == "POST"


async def test_a_database_that_is_away_is_said_and_nothing_is_lost(database):
    """503, to be tried again: the client still has the document."""
    pool = await connect(database)
    async with served(pool) as client:
        pool.terminate()
        answer = await client.post(DOCUMENTS, content=b"1")
        assert refused(answer, "away")
        assert "retry-after" in answer.headers


async def test_many_uploads_at_once_are_each_taken_once(client, pool):
    """Twenty documents, each by two clients."""
    answers = await asyncio.gather(
        *(
            client.post(DOCUMENTS, params={"name": str(number % 20)}, content=str(number % 20).encode())
            for number in range(40)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200] * 20 + [202] * 20
    assert len(await stored(pool)) == 20


async def test_a_client_that_hangs_up_leaves_nothing(client, pool):
    """Half a document is none."""
    with socket.create_connection(("127.0.0.1", client.base_url.port)) as line:
        head = (
            f"POST {DOCUMENTS} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\nContent-Length: 1000\r\n\r\nhalf"
        )
        line.sendall(head.encode())
    assert (await client.post(DOCUMENTS, params={"name": "next"}, content=b"1")).status_code == 202
    assert await stored(pool) == [("upload:next", 1)]
