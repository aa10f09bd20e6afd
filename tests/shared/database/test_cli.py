"""`nianbao db`: tables are made by hand on a foreign database, and their state can be seen."""

import asyncio
import json

import pytest
from typer.testing import CliRunner

from shared.database.cli import db
from shared.database.migrate import FOLDER
from shared.testing.database import empty_database

NAMES = sorted(file.name for file in FOLDER.iterdir())


@pytest.fixture
async def run(database_server, monkeypatch):
    """Give a function that runs `nianbao db …` on a database without tables."""
    async with empty_database(database_server) as address:
        monkeypatch.setenv("NIANBAO_DATABASE", address)

        async def run_command(*arguments: str) -> str:
            result = await asyncio.to_thread(CliRunner().invoke, db, arguments, catch_exceptions=False)
            assert result.exit_code == 0
            return result.stdout

        yield run_command


async def test_migrate_then_status_in_words(run):
    """A second run says that there is nothing to do."""
    assert f"{NAMES[0]}  待执行" in await run("status")
    assert f"已执行 {NAMES[-1]}" in await run("migrate")
    assert "没有待执行的迁移" in await run("migrate")
    assert "待执行" not in await run("status")


async def test_migrate_then_status_as_json(run):
    """One object a line, nothing else."""
    assert [json.loads(line)["state"] for line in (await run("status", "--format", "json")).splitlines()] == [
        "pending" for _ in NAMES
    ]
    assert [json.loads(line)["name"] for line in (await run("migrate", "--format", "json")).splitlines()] == NAMES
    assert await run("migrate", "--format", "json") == ""
    states = [json.loads(line) for line in (await run("status", "--format", "json")).splitlines()]
    assert {each["state"] for each in states} == {"applied"}
    assert all(each["applied_at"] for each in states)
