"""An office's own rule set from the file to every output of the running services, and anew after it has changed."""

import asyncio
import json
import re

import httpx2
import pytest

from services.validate.ruleset_file import configuration_of
from shared.database.pool import connect
from shared.directory import store
from shared.testing.command import Command, run
from shared.testing.season import season
from shared.testing.waiting import until

FAULTY = next(season(1))


def written(file, version, severities):
    """Write a rule-set file and return the rule set that it makes."""
    lines = "".join(f'{rule} = "{severity}"\n' for rule, severity in severities.items())
    file.write_text(f'version = "{version}"\n[severity]\n{lines}', encoding="utf-8")
    return configuration_of(file).ruleset


@pytest.fixture
async def up(database, tmp_path):
    """Give a way to start `up` on a folder with a faulty report, its rule set in a file; it ends with the test."""
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / FAULTY.name).write_bytes(FAULTY.data)
    settings = {
        "database": database,
        "data_dir": str(tmp_path / "data"),
        "mail_folder": str(tmp_path / "mails"),
        "release": "auto",
        "upload_port": "0",
        "http_port": "0",
        "ruleset": str(tmp_path / "ruleset.toml"),
    }
    process = Command(("up", "--watch", str(tmp_path / "reports")), settings, tmp_path / "log")
    yield process
    if process.is_running:
        process.stop()


async def test_what_an_office_sets_is_in_every_output_and_judged_by_anew(up, database, tmp_path):
    """Database, page of metrics, mail and `reports show` name it as `check` does; a changed file judges again on a rerun."""
    file, report = tmp_path / "ruleset.toml", tmp_path / "reports" / FAULTY.name
    first = written(file, "试-1", {})
    async with await connect(database) as pool:
        async with pool.acquire() as connection:
            await store.replace(connection, [FAULTY.agency], by="test")
        up.start()
        await until(lambda: pool.fetchval("select exists (select from notice where status = 'sent')"))
        assert await _standing(pool) == (1, "需更正", first.version, first.hash)
        assert f'ruleset="{first.label}"' in await _metrics(up)
        assert first.printed in run("notices", "show", *(await _notices(pool)), settings=up.settings).stdout
        await asyncio.to_thread(up.stop)
        found = _checked(report, file)["findings"]
        second = written(file, "试-2", {each["rule"]: "I" for each in found})
        up.start()
        await up.listening()
        assert run("rerun", "validate", "--all", settings=up.settings).returncode == 0
        await until(lambda: pool.fetchval("select exists (select from judgement where judgement_no = 2)"))
        assert await _standing(pool) == (2, "合格", second.version, second.hash)
        shown = json.loads(run("reports", "show", FAULTY.agency.name, "--format", "json", settings=up.settings).stdout)
    assert shown["ruleset"] == {"version": second.version, "hash": second.hash}
    told = _checked(report, file)
    assert [shown["reports"][0][key] for key in ("verdict", "findings")] == [
        told[key] for key in ("verdict", "findings")
    ]
    assert set(told["ran"]) <= set(shown["reports"][0]["ran"])  # with the directory more can be looked at


@pytest.mark.parametrize("command", [("up",), ("serve", "validate"), ("doctor",), ("rules", "list")])
def test_a_file_that_cannot_be_used_stops_a_command_before_it_begins(command, tmp_path):
    """One line names the file, the line and the key; exit code 2, nothing was started. `doctor` tells it among the rest."""
    file = tmp_path / "ruleset.toml"
    file.write_text('version = "1"\n[severity]\nT3-01 = "错"\n', encoding="utf-8")
    settings = {
        "ruleset": str(file),
        "database": "postgresql://x@127.0.0.1:1/x",
        "data_dir": str(tmp_path),
        "http_port": "0",
    }
    done = run(*command, settings=settings)
    told = f"规则集文件 {file}：第3行 severity.T3-01：应为E、W或I"
    if command == ("doctor",):
        assert f"待办  规则集：{told}\n" in done.stdout
    else:
        assert (done.returncode, done.stdout, done.stderr) == (2, "", f"nianbao: {told}\n")


def _checked(report, file):
    """Return what `check` says of the report by the rule set of a file."""
    done = run("check", "--format", "json", "--ruleset", str(file), str(report), settings={})
    return json.loads(done.stdout)["reports"][0]


async def _standing(pool):
    row = await pool.fetchrow("select judgement_no, verdict, ruleset_version, ruleset_hash from current_judgement")
    return tuple(row)


async def _notices(pool):
    return [str(row["notice_id"]) for row in await pool.fetch("select notice_id from notice")]


async def _metrics(up):
    """Return the page of metrics of a running `up`."""
    await up.listening()
    address = re.findall(r'"address": "([^"]+)"', up.said)[0]
    async with httpx2.AsyncClient(trust_env=False) as client:
        return (await client.get(f"http://{address}/metrics")).text
