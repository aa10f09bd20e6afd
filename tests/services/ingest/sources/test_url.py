"""Fetching over real sockets, from servers that misbehave in every way they can."""

import asyncio
import gzip
import ssl
import zlib

import pytest

from services.ingest.settings import IngestSettings
from services.ingest.sources.url import REDIRECTS, fetch
from shared.documents import LIMIT
from shared.testing.certificate import self_signed
from shared.testing.website import Website, answer, redirect, website

BODY = "<p>年度报告</p>".encode()


def settings(*sites: Website, **others) -> IngestSettings:
    """Return settings under which this machine's test servers may be asked."""
    ports = tuple(site.port for site in sites) or (80, 443)
    return IngestSettings(**({"fetch_allow": ("127.0.0.1/32",), "fetch_ports": ports, "fetch_seconds": 20} | others))


def resolving(*answers: list[str]):
    """Return a resolver that gives these answers one after the other, the last one again and again."""
    left = list(answers)

    async def resolve(*_host) -> list[str]:
        return left.pop(0) if len(left) > 1 else left[0]

    return resolve


async def problem_of(page, **others):
    """Return what comes of asking for a page, and check that there is no document with a problem."""
    async with website({"/x": page}) as site:
        fetched = await fetch(site.address("/x"), settings(site, **others))
    assert (fetched.data is None) == (fetched.problem is not None)
    return fetched.problem


async def data_of(page):
    """Return the document of a page."""
    async with website({"/x": page}) as site:
        fetched = await fetch(site.address("/x"), settings(site))
    assert fetched.problem is None
    return fetched.data


async def test_a_page_is_fetched_as_it_is(monkeypatch):
    """The bytes come as published; the request carries no cookie, no credentials, and goes through no proxy."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    async with website({"/%E5%B9%B4%E6%8A%A5.html?id=1": answer(BODY)}) as site:
        fetched = await fetch(site.address("/年报.html?id=1#三"), settings(site))
    assert (fetched.data, fetched.problem) == (BODY, None)
    assert fetched.source == fetched.address == site.address("/%E5%B9%B4%E6%8A%A5.html?id=1")
    assert b"cookie" not in site.heads[0].lower()
    assert b"authorization" not in site.heads[0].lower()


@pytest.mark.parametrize(
    ("asked", "problem"),
    [
        ("ftp://example.invalid/", "address_invalid"),
        ("http://u:p@example.invalid/", "address_credentials"),
        ("http://example.invalid:22/", "address_port"),
        ("http://nowhere.invalid/", "host_unknown"),
        *((f"http://{host}/", "address_internal") for host in ("127.0.0.1", "127.1", "2130706433", "0x7f.1")),
        *((f"http://{host}/", "address_internal") for host in ("0177.0.0.1", "localhost", "[::1]", "0")),
        *((f"http://{host}/", "address_internal") for host in ("[::ffff:127.0.0.1]", "１２７.0.0.1", "127。0。0。1")),  # noqa: RUF001
        ("http://169.254.169.254/latest/meta-data/", "address_internal"),
    ],
)
async def test_addresses_that_are_not_asked(asked, problem):
    """Other schemes, ports and internal addresses, in whatever numbers they are written."""
    assert (await fetch(asked, IngestSettings(fetch_seconds=20))).problem == problem


async def test_every_address_of_a_host_must_be_public():
    """One internal address among public ones is enough to refuse the host."""
    resolve = resolving(["223.5.5.5", "10.0.0.1"])
    assert (await fetch("http://h.invalid/", IngestSettings(), resolve)).problem == "address_internal"


async def test_a_name_that_resolves_otherwise_the_second_time():
    """The connection goes to the address that was checked, and the name is not resolved again for it."""
    resolve = resolving(["127.0.0.1"], ["10.0.0.1"])
    async with website({"/a": redirect("/b"), "/b": answer(BODY)}) as site:
        fetched = await fetch(site.address("/a", "rebinding.invalid"), settings(site), resolve)
    assert (fetched.problem, site.asked) == ("address_internal", ["/a"])
    assert f"Host: rebinding.invalid:{site.port}".encode() in site.heads[0]


async def test_the_next_address_of_a_host_is_tried():
    """A host of which one address does not answer is reached at its other one."""
    resolve = resolving(["127.0.0.2", "127.0.0.1"])
    async with website({"/a": answer(BODY)}) as site:
        asked = site.address("/a", "h.invalid")
        fetched = await fetch(asked, settings(site, fetch_allow=("127.0.0.0/8",)), resolve)
        assert fetched.data == BODY
    assert (await fetch(asked, settings(site, fetch_allow=("127.0.0.0/8",)), resolve)).problem == "unreachable"


async def test_redirects_are_followed_and_the_source_stays():
    """A page that moved is known by the address asked for; its links are seen from where it was found."""
    async with website({"/a": redirect("sub/b?c=%E5%B9%B4"), "/sub/b?c=%E5%B9%B4": answer(BODY)}) as site:
        fetched = await fetch(site.address("/a"), settings(site))
    assert (fetched.source, fetched.address) == (site.address("/a"), site.address("/sub/b?c=%E5%B9%B4"))


@pytest.mark.parametrize(
    ("location", "problem"),
    [
        ("http://169.254.169.254/latest/", "address_internal"),
        ("http://[::ffff:10.0.0.1]/", "address_internal"),
        ("http://2130706433:22/", "address_port"),
        ("file:///etc/passwd", "redirected"),
        ("gopher://127.0.0.1/", "redirected"),
        ("http://u:p@127.0.0.1/", "redirected"),
        ("\xff", "redirected"),
    ],
)
async def test_a_redirect_is_checked_like_the_first_address(location, problem):
    """A public page cannot send us to an internal one."""
    page = redirect("LOCATION").replace(b"LOCATION", location.encode("latin-1"))
    async with website({"/x": page}) as site:
        fetched = await fetch(
            site.address("/x"), settings(site, fetch_allow=("127.0.0.1/32",), fetch_ports=(site.port, 80))
        )
    assert fetched.problem == problem


async def test_redirects_come_to_an_end():
    """Five redirects are followed, a sixth is not."""
    steps = {f"/{number}": redirect(f"/{number + 1}") for number in range(REDIRECTS)}
    async with website({**steps, f"/{REDIRECTS}": answer(BODY), "/round": redirect("/round")}) as site:
        assert (await fetch(site.address("/0"), settings(site))).data == BODY
        assert (await fetch(site.address("/round"), settings(site))).problem == "redirected"
    assert site.asked.count("/round") == REDIRECTS + 1


@pytest.mark.parametrize(
    "status", ["404 Not Found", "403 Forbidden", "206 Partial Content", "204 No", "500 X", "304 N"]
)
async def test_only_a_whole_document_is_one(status):
    """Any answer but 200 gives no document, whatever its body says."""
    assert await problem_of(answer(b"" if status[0] == "3" else BODY, status=status)) == "not_served"


def packed(kind: int, data: bytes) -> bytes:
    """Return data compressed: 31 gzip, 15 zlib, -15 bare deflate."""
    packing = zlib.compressobj(wbits=kind)
    return packing.compress(data) + packing.flush()


@pytest.mark.parametrize(
    ("named", "data"),
    [
        ("gzip", packed(31, BODY)),
        ("GZIP", packed(31, BODY[:5]) + packed(31, BODY[5:])),
        ("identity, gzip", packed(31, BODY) + b"\0\0\0"),
        ("deflate", packed(15, BODY)),
        ("deflate", packed(-15, BODY)),
        ("identity", BODY),
    ],
)
async def test_compressed_answers(named, data):
    """Gzip in one or more members and deflate in both its forms are unpacked."""
    assert await data_of(answer(data, f"Content-Encoding: {named}")) == BODY


async def test_a_member_of_gzip_may_begin_at_any_byte():
    """Parts arrive as the network likes: every cut of the answer gives the same document."""
    whole = answer(packed(31, BODY[:5]) + packed(31, BODY[5:]), "Content-Encoding: gzip")

    async def slowly(writer):
        for byte in whole:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(0)

    assert await data_of(slowly) == BODY


@pytest.mark.parametrize("named", ["gzip, gzip", "br", "zstd", "gzip, br", "x"])
async def test_other_encodings_are_refused(named):
    """Nested and unknown encodings are not unpacked."""
    assert await problem_of(answer(packed(31, BODY), f"Content-Encoding: {named}")) == "content_encoding"


@pytest.mark.parametrize("data", [packed(31, BODY)[:-9], b"\x1f\x8b nonsense", packed(15, BODY)[:-5]])
async def test_damaged_compression_is_no_document(data):
    """What cannot be unpacked to its end is not taken as far as it went."""
    name = "gzip" if data[:1] == b"\x1f" else "deflate"
    assert await problem_of(answer(data, f"Content-Encoding: {name}")) == "broken_off"


async def test_a_bomb_is_refused_before_it_is_large():
    """400 MiB of nothing in a few hundred KiB: unpacked only as far as a document may be long."""
    bomb = gzip.compress(b"\0" * (10 * LIMIT), compresslevel=9)
    assert await problem_of(answer(bomb, "Content-Encoding: gzip")) == "too_large"


async def test_more_is_announced_than_a_document_may_have():
    """Nothing is read of what says that it is too large."""
    assert await problem_of(answer(b"x", length=LIMIT + 1)) == "too_large"
    assert await problem_of(answer(b"x", length=10**30)) in {"too_large", "broken_off"}


async def endlessly(writer):
    """Send chunks for as long as somebody reads."""
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"100000\r\n" + b"x" * 0x100000 + b"\r\n")
        await writer.drain()


async def test_an_endless_answer_is_cut_off():
    """Without an announced length the bytes are counted as they come."""
    assert await problem_of(endlessly) == "too_large"


async def drop_by_drop(writer):
    """Send a byte now and then."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.05)


async def never_done_with_headers(writer):
    """Send header after header."""
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X: y\r\n")
        await writer.drain()
        await asyncio.sleep(0.05)


async def only_promises(writer):
    """Say that the answer will come, again and again."""
    while True:
        writer.write(b"HTTP/1.1 102 Processing\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0.02)


async def silent(_writer):
    """Say nothing until the other side goes away."""
    await asyncio.sleep(60)


@pytest.mark.parametrize("page", [drop_by_drop, never_done_with_headers, only_promises, silent])
async def test_the_deadline_holds_for_the_whole(page):
    """However a server keeps us waiting, it does so no longer than the limit."""
    assert await problem_of(page, fetch_seconds=0.5) == "too_slow"


@pytest.mark.parametrize(
    "page",
    [
        b"",
        b"SSH-2.0-x\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nx",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 1_000_000 + b"\r\n\r\n",
        b"\0" * 1000,
    ],
    ids=range(9),
)
async def test_answers_that_break_off_or_lie(page):
    """A body shorter than announced, two lengths, broken chunks, endless headers, another protocol: no document."""
    assert await problem_of(page) == "broken_off"


@pytest.mark.parametrize(("announced", "rest"), [(len(BODY), b"<p>more</p>"), (0, BODY)])
async def test_what_follows_the_announced_length_is_not_read(announced, rest):
    """The length that a server announces is the length of the document."""
    assert await data_of(answer(BODY[:announced] + rest, length=announced)) == BODY[:announced]


async def test_a_certificate_must_be_valid_for_the_host(tmp_path):
    """Over TLS the certificate is asked of the host that was named, though the connection goes to a checked address."""
    certificate, key = self_signed(tmp_path)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate, key)

    resolve = resolving(["127.0.0.1"])
    async with website({"/x": answer(BODY)}, tls) as site:
        known = settings(site, fetch_ca_file=certificate)
        assert (await fetch(site.address("/x", "localhost"), known, resolve)).data == BODY
        assert (await fetch(site.address("/x"), known)).data == BODY
        assert (await fetch(site.address("/x", "other.invalid"), known, resolve)).problem == "certificate"
        assert (await fetch(site.address("/x"), settings(site))).problem == "certificate"


async def test_a_server_that_does_not_speak_tls():
    """An https address is never asked in the clear."""
    said = []

    async def speak(reader, writer):
        said.append(await reader.read(65536))
        writer.write(answer(BODY))
        writer.close()

    server = await asyncio.start_server(speak, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    fetched = await fetch(f"https://127.0.0.1:{port}/secret", settings(fetch_ports=(port,)))
    server.close()
    assert (fetched.problem, b"secret" in said[0]) == ("unreachable", False)
