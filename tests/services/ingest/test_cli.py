"""`nianbao submit` as a person runs it: a process of its own against a running upload server."""

import asyncio
import json
import os
import sys
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from services.ingest.app import listen
from services.ingest.cli import address
from services.ingest.server import application
from services.ingest.settings import IngestSettings
from services.ingest.sources.url import Visits
from shared.documents import PROBLEMS
from shared.ops.http import serve
from shared.testing.archives import zipped
from shared.testing.website import answer, redirect, website


@dataclass(frozen=True)
class Ran:
    """How a command ended and what it said."""

    code: int
    out: list[str]
    err: list[str]


async def submit(folder, port: int, *arguments: str, shown: str = "token") -> Ran:
    """Run `nianbao submit` in a folder."""
    environment = os.environ | {
        "NIANBAO_UPLOAD_PORT": str(port),
        "NIANBAO_UPLOAD_TOKEN": shown,
        "NIANBAO_DATA_DIR": str(folder / ".data"),
        "PYTHONUTF8": "1",
        "HTTP_PROXY": "http://127.0.0.1:9",
    }
    if not shown:
        del environment["NIANBAO_UPLOAD_TOKEN"]
    pipes = {"stdout": asyncio.subprocess.PIPE, "stderr": asyncio.subprocess.PIPE}
    command = (sys.executable, "-m", "services", "submit", *arguments)
    process = await asyncio.create_subprocess_exec(*command, cwd=folder, env=environment, **pipes)
    out, err = await process.communicate()
    return Ran(process.returncode, out.decode().splitlines(), err.decode().splitlines())


@asynccontextmanager
async def serving(pool, **settings):
    """Serve uploads under these settings and give the port."""
    listener, stop = listen(IngestSettings(upload_port=0)), asyncio.Event()
    port = listener.getsockname()[1]
    task = asyncio.create_task(serve(application(pool, "token", Visits(IngestSettings(**settings))), listener, stop))
    yield port
    stop.set()
    await task


@pytest.fixture
def reports(tmp_path):
    """Give a folder with two reports, an archive of a third, and a lock file."""
    (tmp_path / "收件").mkdir()
    (tmp_path / "收件" / "甲.txt").write_text("一")
    (tmp_path / "收件" / "乙.txt").write_text("二")
    (tmp_path / "收件" / "~$甲.txt").write_text("x")
    (tmp_path / "收件" / "丙.zip").write_bytes(zipped({"县/丙.txt": b"3"}))
    return tmp_path


async def test_files_folders_and_archives_are_handed_in(reports, pool):
    """Each document on a line of its own, in name order; handed in again they are known by their whole path."""
    async with serving(pool) as port:
        first = await submit(reports, port, "收件")
        assert first == Ran(0, ["已收下 收件/丙.zip/县/丙.txt", "已收下 收件/乙.txt", "已收下 收件/甲.txt"], [])
        again = await submit(reports / "收件", port, "甲.txt", "--format", "json")
    line = json.loads(again.out[0])
    assert (line["source"], line["status"], line["new"], line["reason"]) == ("甲.txt", "accepted", False, None)
    row = await pool.fetchrow("select id, sha256, source from observation where source like '%甲.txt'")
    assert (line["observation_id"], line["sha256"]) == (str(row["id"]), row["sha256"])
    assert row["source"] == f"upload:{(reports / '收件' / '甲.txt').as_posix()}"


async def test_what_cannot_be_handed_in_is_said_and_the_others_are_taken(reports, pool):
    """A missing path and an empty file: one line each, exit code 3, the rest taken."""
    (reports / "空.txt").touch()
    async with serving(pool) as port:
        ran = await submit(reports, port, "没有.txt", "空.txt", "收件/甲.txt")
        lines = [
            json.loads(line) for line in (await submit(reports, port, "没有.txt", "空.txt", "--format", "json")).out
        ]
    assert (ran.code, ran.out) == (3, ["已收下 收件/甲.txt"])
    assert ran.err == ["未收下 没有.txt：找不到这个文件或文件夹。", "未收下 空.txt：文件是空的。"]
    assert [line["reason"]["code"] for line in lines] == ["missing", "empty"]
    assert await pool.fetchval("select count(*) from observation") == 1


@pytest.mark.parametrize("shown", ["token", ""])
async def test_nothing_running_is_one_line(reports, shown):
    """With a token at hand or none made yet: exit code 4 and what to do."""
    with listen(IngestSettings(upload_port=0)) as listener:
        port = listener.getsockname()[1]
    ran = await submit(reports, port, "收件", shown=shown)
    assert (ran.code, ran.out, len(ran.err)) == (4, [], 1)
    assert "没有运行中的收件服务" in ran.err[0]
    assert "nianbao up" in ran.err[0]


async def test_a_folder_without_documents_is_told(reports, pool):
    """A wrong folder is no success: one line and exit code 3."""
    (reports / "空").mkdir()
    async with serving(pool) as port:
        ran = await submit(reports, port, "空")
    assert ran == Ran(3, [], [f"未收下 空：{PROBLEMS['no_documents']}"])


async def test_a_wrong_token_is_one_line(reports, pool):
    """Nothing is taken, and it is not said of each document."""
    async with serving(pool) as port:
        ran = await submit(reports, port, "收件", shown="another")
    assert (ran.code, ran.out, len(ran.err)) == (4, [], 1)
    assert "令牌" in ran.err[0]


async def test_a_web_address_is_fetched_by_ingest(reports, pool):
    """A document of the web stands beside files; its source is the address, and what was not fetched says why."""
    async with website({"/1.html": answer(b"1"), "/2.html": redirect("/1.html")}) as site:
        asked = [site.address("/2.html"), site.address("/none"), "ftp://x/"]
        async with serving(pool, fetch_allow=("127.0.0.1/32",), fetch_ports=(site.port,)) as port:
            ran = await submit(reports, port, asked[0], "收件/甲.txt", *asked[1:])
            again = await submit(reports, port, asked[0])
    assert (ran.code, ran.out) == (3, [f"已收下 {asked[0]}", "已收下 收件/甲.txt"])
    assert ran.err == [
        f"未收下 {asked[1]}：{PROBLEMS['not_served']}",
        f"未收下 ftp://x/：{PROBLEMS['address_invalid']}",
    ]
    assert again == Ran(0, [f"已收下 {asked[0]}（与上次相同）"], [])
    row = await pool.fetchrow("select source, source_kind, address from observation where source_kind <> 'upload'")
    assert tuple(row) == (asked[0], "portal", site.address("/1.html"))
    raw = await pool.fetchval(
        "select convert_from(payload, 'utf-8')::json ->> 'address' from outbox order by id limit 1"
    )
    assert raw == site.address("/1.html")


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}",
        b"SSH-2.0-x\r\n",
        b"HTTP/1.1 418 x\r\ncontent-length: 2\r\n\r\n[]",
    ],
)
async def test_another_service_on_the_port_is_one_line(reports, said):
    """Whatever answers there, it is not taken for ingest."""

    async def speak(reader, writer):
        await reader.read(65536)
        writer.write(said)
        writer.close()

    server = await asyncio.start_server(speak, "127.0.0.1", 0)
    ran = await submit(reports, server.sockets[0].getsockname()[1], "收件/甲.txt")
    server.close()
    assert (ran.code, ran.out, len(ran.err)) == (4, [], 1)


@pytest.mark.parametrize(
    ("given", "reached"),
    [
        ({}, "http://127.0.0.1:8719"),
        ({"upload_host": "0.0.0.0", "upload_port": 80}, "http://127.0.0.1:80"),
        ({"upload_host": "::"}, "http://[::1]:8719"),
        ({"upload_url": "https://nianbao.example.invalid/"}, "https://nianbao.example.invalid"),
    ],
)
def test_the_server_is_reached_where_it_listens(given, reached):
    """An address that means everywhere is reached on this machine; a proxy is named by the setting."""
    assert address(IngestSettings(**given)) == reached
