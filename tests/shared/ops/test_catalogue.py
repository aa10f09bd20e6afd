"""Which series of a metric are known before anything was counted."""

from prometheus_client import CollectorRegistry, Counter

from shared.ops.catalogue import register, series


def test_every_value_that_is_listed_makes_a_series():
    """All combinations, but of what is ours to list only what this process has."""
    labels = {"stage": ("parse", "validate"), "outcome": ("done", "dead")}
    assert list(series(labels, {"stage": ("validate",)})) == [("validate", "done"), ("validate", "dead")]


def test_what_cannot_be_known_makes_none():
    """A metric without labels is there by itself; of values that are not ours to list there is no series yet."""
    assert list(series({}, {})) == []
    assert list(series({"topic": None}, {})) == []
    assert list(series({"rule": None}, {"rule": ("T3-01",)})) == [("T3-01",)]


def test_a_metric_is_shown_once_however_often_it_is_asked_for():
    """A registry refuses a metric that it has."""
    registry, counter = CollectorRegistry(), Counter("nianbao_test", "A test.", registry=None)
    for _ in range(2):
        register(counter, registry)
    assert registry.get_sample_value("nianbao_test_total") == 0
