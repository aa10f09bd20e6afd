"""Prometheus scrapes the four services on Kafka while reports flow: every query of the dashboard and every rule has data."""

import functools
import json
import math
import os
import pathlib
import re
import time
from contextlib import suppress

import pytest
import yaml

from shared.stream.envelope import Record
from shared.stream.topics import RAW
from shared.testing.books import through
from shared.testing.fleet import SERVICES, lines
from shared.testing.prometheus import installed, prometheus
from shared.testing.records import send_records
from shared.testing.season import season
from shared.testing.waiting import until

DEPLOY = pathlib.Path(__file__).parents[2] / "deploy"
DASHBOARD = json.loads((DEPLOY / "grafana" / "dashboards" / "pipeline.json").read_text(encoding="utf-8"))
TARGETS = [(panel["title"], target) for panel in DASHBOARD["panels"] for target in panel.get("targets", [])]
REPORTS = tuple(season(6))
FIGURES = {
    "核验的报告": [[6]],
    "需更正的报告": [[2]],
    "须立即撤下的报告": [[0]],
    "死信": [[1]],
    "两分钟内办结": [[1]],
    "误差预算已用": [[0]],
    "最早一封已等": [[0]],
}
NO_EVENT = Record(RAW.name, None, 0, b"k", b"{", ())


def configured(addresses):
    """Return the configuration of deploy/, with the addresses of processes in place of names, and a short interval."""
    configuration = yaml.safe_load((DEPLOY / "prometheus" / "prometheus.yml").read_text(encoding="utf-8"))
    (scraping,) = configuration["scrape_configs"]
    (names,) = scraping.pop("dns_sd_configs")
    assert set(names["names"]) == set(addresses)
    scraping["static_configs"] = [
        {"targets": [address], "labels": {"__meta_dns_name": name}} for name, address in addresses.items()
    ]
    del configuration["alerting"]
    configuration["global"] = {"scrape_interval": "1s", "evaluation_interval": "1s"}
    configuration["rule_files"] = [str(DEPLOY / "prometheus" / name) for name in configuration["rule_files"]]
    return configuration


@pytest.fixture
async def running(topics, listed, services):
    """Give the four services, ready, with the agencies of the reports in the directory."""
    await listed(REPORTS)
    with services(topics) as fleet:
        fleet.start()
        await until(fleet.ready, seconds=60)
        yield fleet
        assert await fleet.stop() == {0}


@pytest.fixture
async def scraping(running, tmp_path):
    """Give a Prometheus that has scraped each service."""
    if not installed():
        assert "CI" not in os.environ, "Prometheus is missing; it comes with the package prometheus"
        pytest.skip("Prometheus is not installed")
    addresses = {service: lines(running[service][0], "listening")[-1]["address"] for service in SERVICES}
    with prometheus(tmp_path, configured(addresses)) as server:
        await until(server.is_ready)
        await until(lambda: _count(server, "up == 1", len(SERVICES)))
        yield server


@pytest.fixture
async def looked_at(scraping, running, topics, pool):
    """Give a way to run a query as Grafana does, once six reports have flowed, two mails have left, an event has died."""
    begin = time.time()
    for each in REPORTS:
        (running.reports / each.name).write_bytes(each.data)
    await send_records(topics, [NO_EVENT])
    await until(lambda: through(pool, len(REPORTS)), seconds=60)
    await until(lambda: pool.fetchval("select count(*) = 1 from dead_letter"))
    return functools.partial(run, scraping, begin - 5)


async def run(server, begin, target):
    """Return a query's series with a value each, its variables in place: every job and instance, a line's points a second apart."""
    now = time.time()
    variables = {"job": ".+", "instance": ".+", "__rate_interval": "4s", "__range": f"{now - begin:.0f}s"}
    query = re.sub(r"\$(\w+)", lambda name: variables[name[1]], target["expr"])
    if target["instant"]:
        found = await server.ask("query", query=query, time=str(now))
        series = [(each["metric"], [each["value"]]) for each in found["result"]]
    else:
        found = await server.ask("query_range", query=query, start=str(begin), end=str(now), step="1")
        series = [(each["metric"], each["values"]) for each in found["result"]]
    values = ((labels, [float(value) for _, value in points]) for labels, points in series)
    return [(labels, kept) for labels, points in values if (kept := [each for each in points if not math.isnan(each)])]


async def _count(server, query, count):
    return len((await server.ask("query", query=query))["result"]) == count


async def _rules(server):
    return [rule for group in (await server.read("rules"))["groups"] for rule in group["rules"]]


async def _evaluated(server):
    return all(rule["health"] != "unknown" for rule in await _rules(server))


async def _filled(queries):
    """Return whether every query has a series with a value; `queries` loses those that have."""
    for name, ask in list(queries.items()):
        if await ask():
            del queries[name]
    return not queries


async def _all_filled(queries):
    try:
        await until(lambda: _filled(queries), seconds=60)
    except TimeoutError:
        pytest.fail(f"without data: {sorted(queries)}")


async def _shown(look, figures):
    """Return whether the large numbers are as they must be; `figures` takes what they are."""
    for title in FIGURES:
        series = await look(next(target for name, target in TARGETS if name == title))
        figures[title] = [values for _, values in series]
    return figures == FIGURES


async def _chosen(server, variable):
    """Return what a list to choose from holds."""
    selector, label = re.fullmatch(r"label_values\((.*), (\w+)\)", variable["query"]).groups()
    found = await server.ask("query", query=selector.replace("$job", ".+"))
    return {each["metric"][label] for each in found["result"]}


async def test_every_panel_and_every_rule_has_data(scraping, looked_at, running):
    """Each query of the dashboard, each list to choose from and each recording rule; the large numbers are those of the books."""
    queries = {f"{title}: {target['expr']}": functools.partial(looked_at, target) for title, target in TARGETS}
    for rule in (rule for rule in await _rules(scraping) if rule["type"] == "recording"):
        recorded = {"expr": rule["name"], "instant": False}
        queries[rule["name"]] = functools.partial(looked_at, recorded)
    assert len(queries) > len(TARGETS)
    await _all_filled(queries)
    figures = {}
    with suppress(TimeoutError):
        await until(lambda: _shown(looked_at, figures))
    assert figures == FIGURES
    jobs, instances = [
        await _chosen(scraping, each) for each in DASHBOARD["templating"]["list"] if each["type"] == "query"
    ]
    assert jobs == set(SERVICES)
    assert instances == {lines(each, "listening")[-1]["address"] for each in running.all}


@pytest.mark.usefixtures("looked_at")
async def test_the_alerts_say_what_happened_and_nothing_else(scraping):
    """No rule fails; the one dead letter is told at once, and nothing is told that is not so."""
    await until(lambda: _count(scraping, 'ALERTS{alertstate="firing"}', 1))
    firing = (await scraping.ask("query", query='ALERTS{alertstate="firing"}'))["result"]
    assert [(each["metric"]["alertname"], each["metric"]["stage"]) for each in firing] == [
        ("DeadLettersArriving", "parse")
    ]
    await until(lambda: _evaluated(scraping))
    assert {rule["name"]: rule["lastError"] for rule in await _rules(scraping) if rule["health"] != "ok"} == {}
