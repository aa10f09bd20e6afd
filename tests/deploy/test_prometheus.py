"""The two configurations of Prometheus and its recording rules: valid, alike, and true to what they name."""

import pathlib
import re

import pytest
import yaml

from shared.ops.health import HttpSettings
from shared.testing.compose import SERVING
from shared.testing.fleet import SERVICES
from shared.testing.promtool import DEPLOY, installed, told

GUIDE = pathlib.Path(__file__).parents[2] / "docs" / "kafka.md"
PROMETHEUS = DEPLOY / "prometheus"
CONFIGURATIONS = ("prometheus.yml", "one-machine.yml")
PORT = HttpSettings.model_fields["http_port"].default


def read(name):
    """Return a file of Prometheus."""
    return yaml.safe_load((PROMETHEUS / name).read_text(encoding="utf-8"))


RECORDED = [rule for group in read("rules/recording.yml")["groups"] for rule in group["rules"]]
ALERTS = [rule for group in read("rules/alerts.yml")["groups"] for rule in group["rules"]]


@pytest.mark.skipif(not installed("promtool"), reason="promtool (package prometheus) is not installed")
@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_prometheus_takes_it(name):
    """`promtool check config` finds no fault, in the rules neither, and finds both files of them."""
    code, said = told("promtool", "check", "config", f"prometheus/{name}")
    assert (code, "2 rule files found" in said) == (0, True), said


def test_they_differ_in_addresses_only():
    """What is asked, how often, and by which rules does not depend on where the services run."""
    containers, machine = (read(name) for name in CONFIGURATIONS)
    for each in (containers, machine):
        del each["alerting"]["alertmanagers"][0]["static_configs"]
        for found_by in ("dns_sd_configs", "relabel_configs", "static_configs"):
            each["scrape_configs"][0].pop(found_by, None)
    assert containers == machine


def test_containers_are_found_by_the_names_of_the_compose_file():
    """Every service that serves is scraped, all replicas of it, and its job is its name."""
    (scraping,) = read("prometheus.yml")["scrape_configs"]
    (names,) = scraping["dns_sd_configs"]
    assert sorted(names["names"]) == sorted(SERVICES)
    assert set(SERVICES) <= set(SERVING)
    assert (names["type"], names["port"]) == ("A", PORT)
    assert scraping["relabel_configs"] == [{"source_labels": ["__meta_dns_name"], "target_label": "job"}]


def test_processes_of_one_machine_are_found_on_the_ports_of_the_guide():
    """The ports are those of the commands in docs/kafka.md."""
    guide = GUIDE.read_text(encoding="utf-8")
    ports = {
        service: int(port or PORT) for service, port in re.findall(r"nianbao serve (\w+)(?:.*--port (\d+))?", guide)
    }
    (scraping,) = read("one-machine.yml")["scrape_configs"]
    assert {each["labels"]["job"]: each["targets"] for each in scraping["static_configs"]} == {
        service: [f"127.0.0.1:{ports[service]}"] for service in SERVICES
    }


@pytest.mark.parametrize("rule", RECORDED, ids=lambda rule: rule["record"])
def test_a_recorded_series_says_its_level_metric_and_operation(rule):
    """The level of `level:metric:operation` is what it is summed up by: all of its labels, the last of them, or none."""
    level, metric, operation = rule["record"].split(":")
    labels = {label for grouped in re.findall(r"by \(([^)]*)\)", rule["expr"]) for label in re.findall(r"\w+", grouped)}
    assert set(level.split("_")) & (labels or {"pipeline"})
    assert metric.removesuffix("_count") in rule["expr"]
    assert operation


def test_every_recorded_series_is_used():
    """By an alert or by another one."""
    expressions = [rule["expr"] for rule in (*RECORDED, *ALERTS)]
    unused = [rule["record"] for rule in RECORDED if not any(rule["record"] in each for each in expressions)]
    assert unused == []
