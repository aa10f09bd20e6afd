"""Migrations are applied once, in order, by one process at a time, and never edited."""

import asyncio
import pathlib
import re
from importlib.resources.abc import Traversable

import pytest

from shared.database.migrate import FOLDER, demand_current, migrate, status
from shared.database.pool import connect
from shared.ops.errors import UsageError
from shared.testing.database import empty_database, pool_on


@pytest.fixture
async def empty(database_server):
    """Give a pool on a database without tables."""
    async with empty_database(database_server) as address, pool_on(address) as pool:
        yield pool


@pytest.fixture
def folder(tmp_path: pathlib.Path) -> Traversable:
    """Give a folder with two migrations."""
    (tmp_path / "0001_a.sql").write_text("-- owner: a\ncreate table a (n int);\ninsert into a values (1);\n")
    (tmp_path / "0002_b.sql").write_text("-- owner: b\nalter table a add m int;\n")
    return tmp_path


async def test_what_is_pending_is_applied_once_and_in_order(empty, folder):
    """A second run has nothing to do."""
    assert await migrate(empty, folder) == ["0001_a.sql", "0002_b.sql"]
    assert await migrate(empty, folder) == []
    assert await empty.fetch("select n, m from a") == [(1, None)]


async def test_status_tells_applied_from_pending_without_changing_anything(empty, folder):
    """Looking makes no table."""
    assert [each.state for each in await status(empty, folder)] == ["pending", "pending"]
    assert await empty.fetchval("select to_regclass('schema_migration')") is None
    await migrate(empty, folder)
    assert [each.state for each in await status(empty, folder)] == ["applied", "applied"]


async def test_an_edited_migration_is_refused_by_name_and_nothing_is_applied(empty, folder):
    """What was applied cannot be changed by editing its file."""
    await migrate(empty, folder)
    (folder / "0001_a.sql").write_text("create table other (n int);")
    (folder / "0003_c.sql").write_text("create table c (n int);")
    with pytest.raises(UsageError, match=re.escape("0001_a.sql")):
        await migrate(empty, folder)
    assert await empty.fetchval("select to_regclass('c')") is None


async def test_line_ends_of_a_checkout_are_no_edit(empty, folder):
    """The same file with CR LF has the same hash."""
    await migrate(empty, folder)
    file = folder / "0001_a.sql"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert await migrate(empty, folder) == []


async def test_a_database_newer_than_the_program_is_refused(empty, folder):
    """An old program does not work on tables it does not know."""
    await migrate(empty, folder)
    (folder / "0002_b.sql").unlink()
    with pytest.raises(UsageError, match=re.escape("0002_b.sql")):
        await migrate(empty, folder)


async def test_a_failing_migration_leaves_no_half_of_itself(empty, folder):
    """Each file is one transaction; those before it stay, and it can be tried again."""
    bad = folder / "0003_c.sql"
    bad.write_text("create table c (n int);\nselect 1/0;\n")
    with pytest.raises(Exception, match="division by zero"):
        await migrate(empty, folder)
    assert await empty.fetchval("select to_regclass('c')") is None
    bad.write_text("create table c (n int);\n")
    assert await migrate(empty, folder) == ["0003_c.sql"]


async def test_several_processes_migrating_at_once_apply_each_file_once(database_server, folder):
    """The advisory lock lets one work while the others wait and find nothing to do."""
    async with empty_database(database_server) as address:
        pools = [await connect(address) for _ in range(5)]
        done = await asyncio.gather(*(migrate(pool, folder) for pool in pools))
        assert sorted(name for names in done for name in names) == ["0001_a.sql", "0002_b.sql"]
        await asyncio.gather(*(pool.close() for pool in pools))


async def test_a_database_without_tables_is_told_to_migrate(empty, pool):
    """The message names the command; a migrated database passes."""
    with pytest.raises(UsageError, match="nianbao db migrate"):
        await demand_current(empty)
    await demand_current(pool)


@pytest.mark.parametrize("file", sorted(FOLDER.iterdir(), key=lambda file: file.name), ids=lambda file: file.name)
def test_every_table_names_its_owner(file):
    """A table is written by one service only; the comment block above `create table` says by which."""
    assert re.fullmatch(r"\d{4}_[a-z_]+\.sql", file.name)
    owners = r"-- owner: (ingest|parse|validate|notify|command line|shared/\w+)\n(--.*\n)*"
    sql = file.read_text("utf-8")
    assert len(re.findall(r"^create table", sql, re.MULTILINE)) == len(
        re.findall(rf"^{owners}create table", sql, re.MULTILINE)
    )
