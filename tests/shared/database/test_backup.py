"""Backups: what was backed up comes back, into the same database or another, whole or not at all."""

import asyncio
import json
import stat

import pytest

from shared.database import backup
from shared.database.backup import Server
from shared.database.pool import connect
from shared.ops.errors import UsageError
from shared.testing.books import contents
from shared.testing.command import run
from shared.testing.database import empty_database
from shared.testing.season import season

SEASON = tuple(season(4))


@pytest.fixture
def nianbao(tmp_path):
    """Give a way to run `nianbao db …` on a database in a process of its own."""

    async def command(address: str, *arguments: str):
        settings = {"database": address, "data_dir": str(tmp_path / "data")}
        return await asyncio.to_thread(run, "db", *arguments, settings=settings)

    return command


@pytest.fixture
async def filled(database, process, pool):
    """Give the address of a database that reports went through, with nobody connected."""
    await process(SEASON)
    await pool.close()
    return database


async def test_backup_wreck_restore_and_the_books_are_equal(filled, nianbao, tmp_path):
    """Rows deleted, a table gone, one too many: after the restore everything is as it was at the backup."""
    file, before = tmp_path / "备份.dump", await contents(filled)
    done = await nianbao(filled, "backup", str(file))
    assert (done.returncode, done.stdout) == (0, f"{file}\n"), done.stderr
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.glob("*.dump*")] == [file.name]
    async with await connect(filled) as wrecked:
        await wrecked.execute("delete from finding; drop table contact_state cascade; create table stray (n int)")
    done = await nianbao(filled, "restore", str(file), "--yes", "--format", "json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {"path": str(file), "pending": 0, "unsent": 0}
    assert await contents(filled) == before
    assert len(before["judgement"]) == len(SEASON)


async def test_work_goes_on_after_a_restore_elsewhere(filled, nianbao, tmp_path, database_server):
    """A backup fills another, empty database without a question; the tables there are complete for the program."""
    file = tmp_path / "backup.dump"
    await nianbao(filled, "backup", str(file))
    async with empty_database(database_server) as other:
        done = await nianbao(other, "restore", str(file))
        assert (done.returncode, done.stdout) == (0, "已恢复\n"), done.stderr
        assert await contents(other) == await contents(filled)
        async with await connect(other) as pool:
            await pool.execute(
                "insert into case_event (case_id, by, what) select case_id, 'x', 'x' from correction_case"
            )


def test_the_embedded_database_comes_back_where_its_folder_was_lost(data_dir, tmp_path):
    """Backed up, its folder gone, restored into a new one: with the program's own tools and nothing else."""
    file, settings = tmp_path / "backup.dump", {"data_dir": str(data_dir)}
    assert run("db", "migrate", settings=settings).returncode == 0
    before = run("db", "status", settings=settings).stdout
    assert run("db", "backup", str(file), settings=settings).returncode == 0
    (data_dir / "postgresql").rename(data_dir / "lost")
    done = run("db", "restore", str(file), settings=settings)
    assert done.returncode == 0, done.stderr
    assert run("db", "status", settings=settings).stdout == before
    assert "待执行" not in before


async def test_a_database_at_work_is_not_replaced(filled, nianbao, tmp_path):
    """While somebody is connected, restore says so in one line and changes nothing."""
    file = tmp_path / "backup.dump"
    await nianbao(filled, "backup", str(file))
    async with await connect(filled):
        done = await nianbao(filled, "restore", str(file), "--yes")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "先停止" in done.stderr


async def test_what_a_person_does_not_confirm_stays(filled, nianbao, tmp_path):
    """Without an answer nothing is replaced, and the line names --yes."""
    file, before = tmp_path / "backup.dump", await contents(filled)
    await nianbao(filled, "backup", str(file))
    done = await nianbao(filled, "restore", str(file))
    assert done.returncode == 2
    assert "--yes" in done.stderr
    assert await contents(filled) == before


async def test_half_a_backup_changes_nothing(filled, nianbao, tmp_path):
    """A file cut off is refused or rolled back: the database stays as it was."""
    file, before = tmp_path / "backup.dump", await contents(filled)
    await nianbao(filled, "backup", str(file))
    whole = file.read_bytes()
    for size in (10, len(whole) // 2, len(whole) * 9 // 10):
        file.write_bytes(whole[:size])
        done = await nianbao(filled, "restore", str(file), "--yes")
        assert done.returncode in {2, 4}
        assert done.stderr.count("\n") == 1, done.stderr
        assert await contents(filled) == before


async def test_an_existing_file_is_not_overwritten(filled, nianbao, tmp_path):
    """The last good backup is not lost to the next."""
    file = tmp_path / "backup.dump"
    file.write_text("precious")
    done = await nianbao(filled, "backup", str(file))
    assert (done.returncode, file.read_text()) == (2, "precious")


async def test_a_backup_of_a_newer_program_is_refused(filled, nianbao, tmp_path):
    """Tables that this program does not know are not put under it."""
    async with await connect(filled) as pool:
        await pool.execute("insert into schema_migration (name, sha256) values ('9999_later.sql', repeat('0', 64))")
    file = tmp_path / "backup.dump"
    await nianbao(filled, "backup", str(file))
    done = await nianbao(filled, "restore", str(file), "--yes")
    assert done.returncode == 2
    assert "9999_later.sql" in done.stderr


async def test_a_document_that_looks_like_sql_comes_back_as_it_was(database, nianbao, pool, tmp_path):
    """Lines of a text that read as commands of the dump are neither run nor left out."""
    text = "SET transaction_timeout = 0;\nSELECT pg_catalog.set_config('x', '', false);\n\\.\n\\! false\n"
    await pool.execute("insert into agency (id, name, aliases, names) values ('1', $1, '{}', '{}')", text)
    await pool.close()
    file = tmp_path / "backup.dump"
    await nianbao(database, "backup", str(file))
    done = await nianbao(database, "restore", str(file), "--yes")
    assert done.returncode == 0, done.stderr
    async with await connect(database) as again:
        assert await again.fetchval("select name from agency") == text


@pytest.mark.parametrize(
    "server", [Server("postgresql://x/y", None, 99, False), Server("postgresql://x/y", None, 99, True)]
)
def test_a_server_that_no_program_serves_is_one_clear_line(server, tmp_path):
    """A version newer than every pg_dump here names the package to install."""
    with pytest.raises(UsageError, match="postgresql-client-99"):
        backup.back_up(server, tmp_path / "backup.dump")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_backup_is_one_clear_line(tmp_path):
    """Nothing there, and something else."""
    (tmp_path / "note.txt").write_text("hello")
    for name, told in (("none.dump", "没有这个文件"), ("note.txt", "不是备份文件")):
        with pytest.raises(UsageError, match=told):
            backup.demand_backup(tmp_path / name)


@pytest.mark.parametrize(
    ("address", "shown", "password"),
    [
        ("postgresql://a:b%40c@h:1/d?sslmode=require", "postgresql://a@h:1/d?sslmode=require", "b@c"),
        ("postgresql://a@h/d?password=b%2Bc", "postgresql://a@h/d", "b+c"),
        ("postgresql://h/d", "postgresql://h/d", None),
    ],
)
def test_the_password_stays_out_of_the_list_of_processes(address, shown, password):
    """It is handed over in the environment."""
    assert backup._without_password(address) == (shown, password)
