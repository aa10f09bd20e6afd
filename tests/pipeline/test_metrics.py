"""`/metrics` of a running `nianbao up` after real work: what it says is what the database holds, and Prometheus likes its form."""

import asyncio
import json
import os
import shutil
import subprocess
from dataclasses import replace
from functools import partial

import httpx2
import pytest
from prometheus_client import CollectorRegistry
from prometheus_client.parser import text_string_to_metric_families

from shared.database.pool import connect
from shared.directory import store
from shared.ops import metrics
from shared.ops.metrics import STAGES
from shared.testing.command import Command, run
from shared.testing.season import season
from shared.testing.waiting import until

REPORTS = tuple(season(6))


@pytest.fixture
async def scrape(database, tmp_path):
    """Give a way to scrape an `up` that has handled six reports and a file of noise, and its database."""
    (tmp_path / "reports").mkdir()
    settings = {
        "database": database,
        "data_dir": str(tmp_path / "data"),
        "upload_port": "0",
        "http_port": "0",
        "release": "auto",
    }
    async with await connect(database) as pool:
        async with pool.acquire() as connection:
            await store.replace(connection, [each.agency for each in REPORTS], by="test")
        up = Command(("up", "--watch", str(tmp_path / "reports")), settings, tmp_path / "log")
        up.start()
        for each in REPORTS:
            (tmp_path / "reports" / each.name).write_bytes(each.data)
        (tmp_path / "reports" / "noise.pdf").write_bytes(bytes(range(256)) * 400)
        try:
            await until(lambda: pool.fetchval("select (select count(*) from reading) = 7"), seconds=60)
            await until(lambda: pool.fetchval("select count(*) = 2 from notice where status = 'sent'"), seconds=60)
            address = await _address(up)
            yield lambda: httpx2.get(f"http://{address}/metrics", timeout=10).text, pool
        finally:
            await up.listening()
            assert up.stop() == 0


async def _address(up: Command) -> str:
    lines = [json.loads(line) for line in up.log.read_text(encoding="utf-8").splitlines()]
    return next(line["address"] for line in lines if line["event"] == "listening")


def _figures(text: str):
    """Return a way to ask for the value of a series by its name and labels; None where it is not shown."""
    series = {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    return lambda name, **labels: series.get((f"nianbao_{name}", frozenset(labels.items())))


async def _decided(read, count: int) -> bool:
    return _figures(read())("end_to_end_seconds_count", verdict="需更正") == count


async def test_the_figures_are_those_of_the_database(scrape):
    """Documents by status, judgements by verdict, findings by rule, notices by outcome; four stages in one process."""
    read, pool = scrape
    await until(lambda: _decided(read, 2))
    figure = _figures(read())
    assert (figure("documents_total", status="report"), figure("documents_total", status="unreadable")) == (6, 1)
    assert figure("reports_total", edition="2021", verdict="需更正") == 2
    assert figure("notices_total", kind="correction", outcome="sent") == 2
    for row in await pool.fetch("select rule, severity, count(*)::int from finding group by 1, 2"):
        assert figure("findings_total", rule=row["rule"], severity=row["severity"]) == row["count"]
    done = {stage: figure("stage_outcomes_total", stage=stage, outcome="done") for stage in STAGES}
    assert done == {"ingest": 7, "parse": 7, "validate": 6, "notify": 6}
    for name in ("stage_duration_seconds_count", "event_age_seconds_count"):
        assert figure(name, stage="validate") == 6
    assert figure("dead_letters_total", stage="parse", reason="bug") == 0
    assert figure("last_success_timestamp_seconds", stage="notify") > 0


async def test_prometheus_finds_no_fault_with_their_form(scrape):
    """Names, units, help texts: `promtool check metrics` has nothing to say."""
    promtool = shutil.which("promtool")
    if promtool is None:
        assert "CI" not in os.environ, "promtool is missing; it comes with the package prometheus"
        pytest.skip("promtool is not installed")
    read, _ = scrape
    checking = partial(subprocess.run, capture_output=True, text=True, encoding="utf-8", check=False)
    check = await asyncio.to_thread(checking, [promtool, "check", "metrics"], input=read())
    assert (check.returncode, check.stdout + check.stderr) == (0, "")


async def test_end_to_end_is_a_documents_own_way_through(pool, database, process):
    """A year judged again because its neighbour came, and a rerun, would count the months since they were seen."""
    registry = CollectorRegistry()
    metrics.start(STAGES, rules=(), version="1", ruleset="1", registry=registry)

    def total(name: str) -> float:
        samples = (sample for family in registry.collect() for sample in family.samples)
        return sum(sample.value for sample in samples if sample.name == f"nianbao_{name}")

    async def list_agency(**changed: str) -> None:
        async with pool.acquire() as connection:
            await store.replace(connection, [replace(REPORTS[0].agency, **changed)], by="test")

    judged, decided = total("reports_total"), total("end_to_end_seconds_count")
    await list_agency()
    for year in (2024, 2023):
        await process([next(season(1, year=year))])
    assert total("reports_total") - judged == 3
    await list_agency(mailbox="changed@example.invalid")
    again = await asyncio.to_thread(run, "rerun", "validate", "--all", settings={"database": database})
    assert again.returncode == 0, again.stderr
    await process([])
    assert total("reports_total") - judged == 5
    assert total("end_to_end_seconds_count") - decided == 2
