"""The dashboard that Grafana is given: it is what its builder makes, its panels say what they show, its queries ask for what there is."""

import json
import pathlib
import re
import subprocess
import sys

import pytest
import typer
import yaml

from services.__main__ import build
from shared.ops.metrics import METRICS

GRAFANA = pathlib.Path(__file__).parents[2] / "deploy" / "grafana"
BUILDER = GRAFANA / "build.py"
DASHBOARD = json.loads((GRAFANA / "dashboards" / "pipeline.json").read_text(encoding="utf-8"))
PANELS = [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]
TARGETS = [target for panel in PANELS for target in panel["targets"]]
VARIABLES = {each["name"]: each for each in DASHBOARD["templating"]["list"]}
EXPRESSIONS = sorted({target["expr"] for target in TARGETS})
CHOSEN = {"job": ("=~", "$job"), "instance": ("=~", "$instance")}
PARTS = {"histogram": ("_bucket", "_count", "_sum"), "counter": ("",), "gauge": ("",)}
SERIES = {f"{each.name}{part}": each for each in METRICS for part in PARTS[each.kind]}

by_expression = pytest.mark.parametrize("expression", EXPRESSIONS)
by_panel = pytest.mark.parametrize("panel", [pytest.param(panel, id=f"{panel['id']}") for panel in PANELS])


def selected(expression):
    """Yield the name, the matchers, and what stands before and after each selector of an expression."""
    for found in re.finditer(r"(\w+ ?\()?(\w+)\{(.*?)\}(\[.*?\])?", expression):
        matchers = {label: (how, value) for label, how, value in re.findall(r'(\w+)(=~|!~|!=|=)"(.*?)"', found[3])}
        yield found[2], matchers, (found[1] or "").rstrip("( "), found[4]


def test_the_file_is_what_the_builder_makes():
    """deploy/grafana/build.py writes the very file that is there."""
    run = [sys.executable, str(BUILDER), "--check"]
    done = subprocess.run(run, cwd=GRAFANA.parents[1], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"stale, run deploy/grafana/build.py: {done.stdout}{done.stderr}"


def test_it_cannot_be_edited():
    """What is changed in the browser would be lost with the next start: there is nothing to save."""
    assert DASHBOARD["editable"] is False
    assert DASHBOARD["uid"] == "nianbao-pipeline"


def test_the_data_source_is_chosen():
    """The dashboard names no data source of one installation; it has a variable for it, one for jobs, one for instances."""
    assert list(VARIABLES) == ["datasource", "job", "instance"]
    assert (VARIABLES["datasource"]["type"], VARIABLES["datasource"]["query"]) == ("datasource", "prometheus")
    for name in CHOSEN:
        variable = VARIABLES[name]
        assert variable["type"] == "query"
        assert variable["datasource"]["uid"] == "${datasource}"
        assert (variable["multi"], variable["includeAll"], variable["allValue"]) == (True, True, ".+")
        assert variable["refresh"] == 2  # with the time shown, so that a replica started later is in the list
        (asked,) = re.findall(r"label_values\((\w+)", variable["query"])
        assert SERIES[asked].kind == "gauge"


@by_panel
def test_a_panel_says_what_it_shows(panel):
    """Each has a Chinese title, what it means with the metrics it reads, a unit, and the chosen data source."""
    assert re.search(r"[\u4e00-\u9fff]", panel["title"])
    meaning, _, metrics = panel["description"].partition("\n\n指标：")
    assert re.fullmatch(r"[\u4e00-\u9fff].*。", meaning)
    read = {SERIES[name].name for target in panel["targets"] for name, *_ in selected(target["expr"])}
    assert metrics.split("、") == sorted(read)
    assert panel["fieldConfig"]["defaults"]["unit"]
    assert {part["datasource"]["uid"] for part in (panel, *panel["targets"])} == {"${datasource}"}


def _understood(command, words):
    return not words or not hasattr(command, "commands") or _understood(command.commands[words[0]], words[1:])


def test_the_commands_that_a_panel_names_are_ours():
    """What a panel tells an operator to run exists."""
    named = re.findall(r"nianbao ([a-z-]+(?: [a-z-]+)*)", " ".join(panel["description"] for panel in PANELS))
    assert len(named) > 4
    for line in named:
        assert _understood(typer.main.get_command(build()), line.split()), line


def test_titles_are_plain_in_their_row():
    """No two panels of a row have the same title, and no two of all the same number."""
    row, titles = "", []
    for panel in DASHBOARD["panels"]:
        row = panel["title"] if panel["type"] == "row" else row
        titles.append((row, panel["title"]))
    assert len(set(titles)) == len(titles)
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(titles)


def test_panels_fill_the_width_and_cover_nothing():
    """Every place of the grid belongs to one panel, from the first line to the last."""
    places = [
        (x, y)
        for position in (panel["gridPos"] for panel in DASHBOARD["panels"])
        for x in range(position["x"], position["x"] + position["w"])
        for y in range(position["y"], position["y"] + position["h"])
    ]
    assert len(set(places)) == len(places)
    assert set(places) == {(x, y) for x in range(24) for y in range(max(y for _, y in places) + 1)}


@by_expression
def test_an_expression_asks_for_what_there_is(expression):
    """Metrics, labels, their values and a histogram's limits are those of shared/ops/metrics.py."""
    found = list(selected(expression))
    assert found
    assert set(re.findall(r"nianbao_\w+", expression)) == {name for name, *_ in found}
    for name, matchers, *_ in found:
        metric = SERIES[name]
        limits = {str(limit) for limit in getattr(metric.metric, "_upper_bounds", ())}
        for label, (how, value) in matchers.items():
            if label not in CHOSEN:
                assert (how, value in (limits if label == "le" else metric.labels[label])) == ("=", True)
    grouped = {label for labels in re.findall(r"by \((.*?)\)", expression) for label in labels.split(", ")}
    for name, *_ in found:
        assert grouped <= {*SERIES[name].labels, *CHOSEN, *({"le"} if name.endswith("_bucket") else ())}


@by_expression
def test_an_expression_follows_the_choice(expression):
    """Every selector is limited to the jobs and the instances chosen."""
    for _, matchers, *_ in selected(expression):
        assert {label: matchers.get(label) for label in CHOSEN} == CHOSEN


@by_expression
def test_a_counter_is_shown_as_what_it_gains(expression):
    """A counter or a histogram stands in a rate over $__rate_interval or an increase over $__range, a gauge in neither."""
    for name, _, function, window in selected(expression):
        counts = SERIES[name].kind != "gauge"
        windows = {("rate", "[$__rate_interval]"), ("increase", "[$__range]")}
        assert ((function, window) in windows) == counts
        assert (window is not None) == counts


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target["expr"])
def test_what_is_over_the_whole_time_is_asked_once(target):
    """A window of the whole time shown makes one value; a window of the rate interval makes a line."""
    if "$__r" in target["expr"]:
        assert ("$__range]" in target["expr"]) == target["instant"]
        assert ("$__rate_interval]" in target["expr"]) == target["range"]


@by_expression
def test_replicas_are_not_added_up(expression):
    """Two replicas show the depth of one table, or a partition that is just changing hands: a gauge is the largest of them."""
    for name, _, function, _ in selected(expression):
        if SERIES[name].kind == "gauge":
            assert re.search(r"max( by \(.*?\))? ?\($", expression[: expression.index(name)]), function


def test_a_series_is_called_by_its_whole_name():
    """A name given to one series of a panel does not go to another whose name only ends alike."""
    for panel in PANELS:
        patterns = [each["matcher"]["options"].strip("/") for each in panel["fieldConfig"]["overrides"]]
        names = [re.sub(r"^\^\(\.\*\[\^a-z_\]\)\?|\$$", "", pattern) for pattern in patterns if pattern != "p50$"]
        for name in names:
            called = [each for each in patterns if each != "p50$" and re.search(each, name)]
            assert len(called) == 1, (panel["title"], name, called)


def _provisioned(kind):
    (path,) = (GRAFANA / "provisioning" / kind).glob("*.yaml")
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def test_the_dashboards_provided_stay_as_they_are():
    """Grafana deletes none of them and lets nobody change them."""
    (provider,) = _provisioned("dashboards")["providers"]
    assert (provider["type"], provider["disableDeletion"], provider["allowUiUpdates"]) == ("file", True, False)


def test_the_data_source_knows_how_often_is_scraped():
    """$__rate_interval is four times the interval that the data source names: with another than Prometheus', rates have gaps."""
    (source,) = _provisioned("datasources")["datasources"]
    path = GRAFANA.parent / "prometheus" / "prometheus.yml"
    scraping = yaml.safe_load(path.read_text(encoding="utf-8"))["global"]["scrape_interval"]
    assert (source["type"], source["editable"], source["jsonData"]["timeInterval"]) == ("prometheus", False, scraping)
