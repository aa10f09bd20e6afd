"""Every alert asks for what there is, has cases where it fires and where it is silent, and a page that says what to do."""

import pathlib
import re

import pytest
import yaml

from shared.ops.metrics import METRICS
from shared.testing.promtool import DEPLOY, installed, told

PROMETHEUS = DEPLOY / "prometheus"
RUNBOOKS = pathlib.Path(__file__).parents[2] / "docs" / "runbooks"
SECTIONS = ["含义", "查看", "处理"]

RULES = [
    rule
    for path in sorted((PROMETHEUS / "rules").glob("*.yml"))
    for group in yaml.safe_load(path.read_text(encoding="utf-8"))["groups"]
    for rule in group["rules"]
]
ALERTS = {rule["alert"]: rule for rule in RULES if "alert" in rule}
RECORDED = {rule["record"] for rule in RULES if "record" in rule}
TESTS = [
    test
    for path in sorted((PROMETHEUS / "tests").glob("*.yml"))
    for test in yaml.safe_load(path.read_text(encoding="utf-8"))["tests"]
]
CASES = [case for test in TESTS for case in test["alert_rule_test"]]

PARTS = {"histogram": ("_bucket", "_count", "_sum"), "counter": ("",), "gauge": ("",)}
SHOWN = {f"{each.name}{part}": each.labels for each in METRICS for part in PARTS[each.kind]} | {"up": {}}
OF_THE_SCRAPE = {"job": None, "instance": None, "le": None}

by_alert = pytest.mark.parametrize("alert", ALERTS)


def selectors(expression):
    """Yield the name of each series that an expression asks for, and its labels with their values."""
    for name, labels in re.findall(r"((?:\w+:)?\bnianbao_\w+(?::\w+)?|\bup\b)(\{[^}]*\})?", expression):
        yield name, [(label, values.split("|")) for label, values in re.findall(r'(\w+)\s*[=!]~?\s*"([^"]*)"', labels)]


def labels_of(name):
    """Return the labels of a series with their values, None for any; None where nobody shows such a series."""
    if name in RECORDED:
        metric = name.split(":")[1]
        return next((labels for shown, labels in SHOWN.items() if shown.startswith(metric)), None)
    return SHOWN.get(name)


def unknown(expression):
    """Yield what an expression asks for that no service shows: names, labels, values."""
    for name, matched in selectors(expression):
        labels = labels_of(name)
        if labels is None:
            yield name
        for label, values in matched:
            known = OF_THE_SCRAPE | dict(labels or {})
            if label not in known:
                yield f"{name} {label}"
            yield from (f"{name} {label} {value}" for value in values if known.get(label) and value not in known[label])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.get("alert") or rule["record"])
def test_a_rule_asks_for_what_the_services_show(rule):
    """A slip in a name, a label or a value would make an alert that never fires."""
    assert list(selectors(rule["expr"]))
    assert list(unknown(rule["expr"])) == []


@pytest.mark.parametrize(
    "slip",
    [
        "nianbao_dead_leters_total",
        'nianbao_notices_total{outcome="bounced"}',
        'nianbao_dead_letters_total{service="parse"}',
        "nianbao_event_age_seconds",
    ],
)
def test_a_slip_would_be_noticed(slip):
    """The law above is one."""
    assert list(unknown(f"sum(rate({slip}[5m])) > 0"))


def test_cases_are_made_of_what_the_services_show():
    """A case with a series that nobody shows would prove nothing."""
    series = sorted({each["series"] for test in TESTS for each in test["input_series"]})
    assert [each for each in series if list(unknown(each))] == []


@pytest.mark.skipif(not installed("promtool"), reason="promtool (package prometheus) is not installed")
def test_the_cases_hold():
    """`promtool test rules`: each fires and is silent as written, with these labels and these words."""
    code, said = told("promtool", "test", "rules", *map(str, sorted((PROMETHEUS / "tests").glob("*.yml"))))
    assert code == 0, said


@by_alert
def test_an_alert_has_cases_where_it_fires_and_where_it_is_silent(alert):
    """What was never seen to fire may never fire; what was never seen silent may never be."""
    mine = [case["exp_alerts"] for case in CASES if case["alertname"] == alert]
    assert [bool(fired) for fired in mine].count(True) >= 1
    assert [bool(fired) for fired in mine].count(False) >= 1


def test_every_case_is_of_an_alert():
    """To promtool an alert that does not exist is a silent one."""
    assert {case["alertname"] for case in CASES} <= ALERTS.keys()


@by_alert
def test_an_alert_says_how_urgent_it_is_what_is_the_matter_and_where_to_read_on(alert):
    """A sentence for the operator, filled in wherever it fires, and the service that Alertmanager goes by."""
    rule = ALERTS[alert]
    assert rule["labels"]["severity"] in {"page", "ticket"}
    assert rule["annotations"]["runbook_url"] == f"docs/runbooks/{alert}.md"
    fired = [each for case in CASES if case["alertname"] == alert for each in case["exp_alerts"]]
    for each in fired:
        assert each["exp_labels"].get("stage")
        summary = each["exp_annotations"]["summary"]
        assert re.search(r"[一-鿿]", summary)
        assert summary.endswith("。")
        assert not re.search(r"[{}<>]|no value", summary)


def test_every_alert_has_a_runbook_and_no_runbook_is_left_over():
    """One page an alert, under its name."""
    assert {path.stem for path in RUNBOOKS.glob("*.md")} == ALERTS.keys()


@by_alert
def test_a_runbook_says_what_it_means_where_to_look_and_what_to_do(alert):
    """In this order, with something in each part."""
    text = (RUNBOOKS / f"{alert}.md").read_text(encoding="utf-8")
    assert text.startswith(f"# {alert}：")
    parts = re.split(r"^## (.*)$", text, flags=re.MULTILINE)
    assert parts[1::2] == SECTIONS
    assert min(len(part.strip()) for part in parts[2::2]) > 40
