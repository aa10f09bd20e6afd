"""Migrations: numbered plain SQL files, each applied once, in a transaction, and never edited afterwards."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, Literal

from shared.ops.errors import UsageError

Pool = Any  # asyncpg.Pool; asyncpg ships no types
FOLDER: Traversable = resources.files("shared.database") / "migrations"
_LOCK = 0x6E69616E62616F  # "nianbao" in ASCII

State = Literal["applied", "pending", "edited", "unknown"]


@dataclass(frozen=True, slots=True)
class Migration:
    """A migration file and how the database stands to it; "unknown": applied, but this program has no such file."""

    name: str
    state: State
    applied_at: datetime | None
    sql: str | None
    sha256: str | None


async def demand_current(pool: Pool) -> None:
    """Raise UsageError where the database lacks a migration, knows a later one, or holds an edited one."""
    migrations = await status(pool)
    _refuse_strange(migrations)
    if any(each.state == "pending" for each in migrations):
        raise UsageError("数据库还缺表；请先运行 nianbao db migrate")


async def migrate(pool: Pool, folder: Traversable = FOLDER) -> list[str]:
    """Apply what is pending, one process at a time, and return the names; UsageError where an applied file was edited."""
    async with pool.acquire() as connection:
        await connection.execute("select pg_advisory_lock($1)", _LOCK)
        try:
            await connection.execute(
                """create table if not exists schema_migration (
                    name text primary key, sha256 text not null, applied_at timestamptz not null default now())"""
            )
            migrations = await _status(connection, folder)
            _refuse_strange(migrations)
            return [await _apply(connection, each) for each in migrations if each.state == "pending"]
        finally:
            await _unlock(connection)


async def status(pool: Pool, folder: Traversable = FOLDER) -> list[Migration]:
    """Return every migration in order, with its state."""
    async with pool.acquire() as connection:
        return await _status(connection, folder)


def known(folder: Traversable = FOLDER) -> dict[str, str]:
    """Return the SHA-256 of every migration that this program has, by name."""
    return {name: _sha256(sql) for name, sql in _files(folder).items()}


async def _status(connection: Any, folder: Traversable) -> list[Migration]:
    exists = await connection.fetchval("select to_regclass('schema_migration') is not null")
    rows = await connection.fetch("select name, sha256, applied_at from schema_migration") if exists else []
    applied = {row["name"]: row for row in rows}
    files = _files(folder)
    return [_migration(name, files.get(name), applied.get(name)) for name in sorted({*files, *applied})]


def _files(folder: Traversable) -> dict[str, str]:
    return {file.name: file.read_text("utf-8") for file in folder.iterdir() if file.name.endswith(".sql")}


def _sha256(sql: str) -> str:
    # read_text gives \n on every system, so a checkout with \r\n is the same file
    return hashlib.sha256(sql.encode()).hexdigest()


def _migration(name: str, sql: str | None, row: Any) -> Migration:
    sha256 = _sha256(sql) if sql is not None else None
    if row is None:
        return Migration(name, "pending", None, sql, sha256)
    state: State = "unknown" if sql is None else "applied" if row["sha256"] == sha256 else "edited"
    return Migration(name, state, row["applied_at"], sql, sha256)


def _refuse_strange(migrations: list[Migration]) -> None:
    for each in migrations:
        if each.state == "edited":
            raise UsageError(f"迁移文件 {each.name} 在执行之后被改动过；请恢复原文件，改动另写一个新编号的文件")
        if each.state == "unknown":
            raise UsageError(f"数据库执行过本程序没有的迁移 {each.name}：数据库较新，请升级程序")


async def _apply(connection: Any, migration: Migration) -> str:
    async with connection.transaction():
        await connection.execute(migration.sql)
        await connection.execute(
            "insert into schema_migration (name, sha256) values ($1, $2)", migration.name, migration.sha256
        )
    return migration.name


async def _unlock(connection: Any) -> None:
    if not connection.is_closed():
        await connection.execute("select pg_advisory_unlock($1)", _LOCK)
