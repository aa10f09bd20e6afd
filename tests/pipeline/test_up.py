"""`nianbao up` as its user runs it: drop a report, release its notice, correct the report; and what is no report."""

import json
import signal
import sys

import pytest

from shared.database.pool import connect
from shared.directory import store
from shared.testing.command import Command, run
from shared.testing.season import season
from shared.testing.waiting import until

FAULTY, CLEAN = next(season(1)), next(season(1, faulty_every=2))


@pytest.fixture
async def office(database, tmp_path):
    """Give a running `up` on a folder, with one agency in its directory and mails as files."""
    (tmp_path / "reports").mkdir()
    settings = {
        "database": database,
        "data_dir": str(tmp_path / "data"),
        "mail_folder": str(tmp_path / "mails"),
        "upload_port": "0",
        "http_port": "0",
    }
    async with await connect(database) as pool:
        async with pool.acquire() as connection:
            await store.replace(connection, [FAULTY.agency], by="test")
        up = Command(("up", "--watch", str(tmp_path / "reports")), settings, tmp_path / "log")
        up.start()
        yield tmp_path, settings, pool, up
        if up.is_running:
            await up.listening()
            up.stop()


async def _count(pool, query):
    return await pool.fetchval(f"select count(*) from {query}")


async def test_a_report_is_dropped_released_corrected_and_closed(office):
    """Nothing goes out before the operator releases it; the corrected report brings one closing mail."""
    folder, settings, pool, _ = office
    file, mails = folder / "reports" / FAULTY.name, folder / "mails"
    file.write_bytes(FAULTY.data)
    await until(lambda: _count(pool, "notice where status = 'held'"))
    assert not list(mails.glob("*.eml"))
    listed = run("notices", "list", "--format", "json", settings=settings)
    notice = json.loads(listed.stdout.splitlines()[0])
    released = run("notices", "release", notice["id"], settings=settings)
    assert released.returncode == 0, released.stderr
    await until(lambda: _count(pool, "notice where status = 'sent'"))
    assert len(list(mails.glob("*.eml"))) == 1
    file.write_bytes(FAULTY.data.replace(b"| 43 |", b"| 42 |"))
    await until(lambda: _count(pool, "notice where kind = 'closing' and status = 'held'"))
    assert await _count(pool, "observation") == 2
    assert [row["judgement_no"] for row in await pool.fetch("select * from judgement order by judged_at")] == [1, 2]


async def test_what_is_no_report_gets_a_status_and_stops_nobody(office):
    """An empty file, a picture, noise, a cut-off file and a wrong encoding each end in a status; a report beside them goes on."""
    folder, _, pool, _ = office
    reports = folder / "reports"
    (reports / "empty.txt").write_bytes(b"")
    (reports / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(1000))
    (reports / "noise.txt").write_bytes(bytes(range(256)) * 4 * 1024 * 30)
    (reports / "cut.txt").write_bytes(FAULTY.data[: len(FAULTY.data) // 5])
    (reports / "gb.txt").write_bytes(CLEAN.data.decode().encode("gb18030"))
    (reports / "~$lock.docx").write_bytes(b"x")
    await until(lambda: _count(pool, "reading having count(*) = 5"), seconds=90)
    rows = await pool.fetch("select regexp_replace(source, '^.*/', '') as name, status, reason_message from reading")
    status = {row["name"]: row["status"] for row in rows}
    assert status == {
        "empty.txt": "empty",
        "picture.png": "unreadable",
        "noise.txt": "unreadable",
        "cut.txt": status["cut.txt"],
        "gb.txt": "report",
    }
    assert all(row["reason_message"] for row in rows if row["status"] in {"empty", "unreadable"})
    assert await _count(pool, "dead_letter") == 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
async def test_ctrl_c_ends_it_cleanly(office):
    """SIGINT ends the process with 0 and without a traceback; started again it takes nothing twice."""
    folder, _, pool, up = office
    (folder / "reports" / CLEAN.name).write_bytes(CLEAN.data)
    await until(lambda: _count(pool, "judgement"))
    await up.listening()
    assert up.stop(signal.SIGINT) == 0
    assert "Traceback" not in up.said
    up.start()
    await up.listening()
    assert up.stop() == 0
    assert await _count(pool, "observation") == 1


def test_a_folder_that_is_not_there_is_one_clear_line(database, tmp_path):
    """A wrong folder is said in one line with exit code 2 before anything starts, not with a traceback."""
    done = run(
        "up",
        "--watch",
        str(tmp_path / "nowhere"),
        settings={"database": database, "upload_port": "0", "http_port": "0", "data_dir": str(tmp_path / "data")},
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"nianbao: 找不到要监视的文件夹：{tmp_path / 'nowhere'}\n"
    assert not (tmp_path / "data").exists()


def test_a_database_that_is_down_is_one_clear_line(tmp_path):
    """A database that is away is said in one line with exit code 4."""
    done = run(
        "reports",
        "list",
        settings={"database": "postgresql://nobody:secret@127.0.0.1:9/none", "data_dir": str(tmp_path)},
    )
    assert done.returncode == 4
    assert "secret" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
