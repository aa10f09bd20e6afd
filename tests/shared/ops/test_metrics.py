"""The metrics: closed lists, every series there from the start, nothing shown that a process does not have."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise, product

import pytest
from prometheus_client import CollectorRegistry

from shared.model.judgement import Failure
from shared.ops import metrics
from shared.ops.metrics import METRICS, STAGES
from shared.testing.judgements import finding, violations


def shown(*stages) -> CollectorRegistry:
    """Return what a process that runs these stages shows."""
    registry = CollectorRegistry()
    metrics.start(stages, rules=("T3-01", "T3-02"), version="1.2", ruleset="1-abc", registry=registry)
    return registry


def names(registry) -> set[str]:
    """Return the names of what is shown."""
    return {family.name for family in registry.collect()}


def test_every_series_that_can_be_known_is_there_before_anything_happens():
    """`increase` does not see a counter's first step from nothing to one."""
    registry = shown(*STAGES)
    for stage in ("parse", "validate", "notify"):
        for reason in ("envelope", "schema", "document_missing", "bug"):
            labels = {"stage": stage, "reason": reason}
            assert registry.get_sample_value("nianbao_dead_letters_total", labels) is not None
    assert registry.get_sample_value("nianbao_findings_total", {"rule": "T3-02", "severity": "W"}) is not None
    assert registry.get_sample_value("nianbao_reports_total", {"edition": "none", "verdict": "无法核验"}) is not None
    assert registry.get_sample_value("nianbao_outbox_oldest_seconds", {"service": "ingest"}) is not None
    assert registry.get_sample_value("nianbao_end_to_end_seconds_count", {"verdict": "合格"}) is not None
    assert registry.get_sample_value("nianbao_build_info", {"version": "1.2", "ruleset": "1-abc"}) == 1


CLOSED = [each for each in METRICS if each.labels and None not in each.labels.values()]


@pytest.mark.parametrize("each", CLOSED, ids=lambda each: each.name)
def test_a_metric_of_closed_lists_has_a_series_for_each_of_their_values(each):
    """As many as the product of the lists: no value was forgotten, none is there that the list has not."""
    family = next(family for family in shown(*STAGES).collect() if family.name == each.name.removesuffix("_total"))
    series = {tuple(sample.labels[label] for label in each.labels) for sample in family.samples}
    assert series == set(product(*each.labels.values()))


def test_a_process_shows_its_own_stages_only():
    """Four processes that each showed a 0 for the others would hide the one that stands still."""
    registry = shown("parse")
    assert {"nianbao_documents", "nianbao_consumer_lag_records", "nianbao_build_info"} <= names(registry)
    assert not names(registry) & {"nianbao_findings", "nianbao_notices_pending", "nianbao_end_to_end_seconds"}
    assert registry.get_sample_value("nianbao_outbox_depth", {"service": "parse"}) is not None
    outcomes = next(family for family in registry.collect() if family.name == "nianbao_stage_outcomes")
    assert {"stage": "parse", "outcome": "dead"} in [sample.labels for sample in outcomes.samples]


def test_starting_again_changes_nothing():
    """A registry takes each metric once."""
    registry = CollectorRegistry()
    for _ in range(2):
        metrics.start(("validate",), rules=(), version="1", ruleset="1", registry=registry)
    assert "nianbao_reports" in names(registry)


def test_what_waits_grows_old_while_nobody_can_look():
    """An outbox that could not be asked about again is no younger for it; an empty one has no age."""
    registry = shown(*STAGES)
    metrics.outbox_at("parse", 3, 60.0)
    ages = [registry.get_sample_value("nianbao_outbox_oldest_seconds", {"service": "parse"}) for _ in range(5)]
    assert ages[0] >= 60.0
    assert all(later > earlier for earlier, later in pairwise(ages))
    metrics.outbox_at("parse", 0, 0.0)
    metrics.notices_at(0, 0.0)
    assert registry.get_sample_value("nianbao_outbox_oldest_seconds", {"service": "parse"}) == 0
    assert registry.get_sample_value("nianbao_notice_oldest_pending_seconds") == 0


def test_a_partition_that_went_to_another_replica_is_shown_no_more():
    """Its lag would stand still there for ever and contradict the other replica's."""
    registry = shown("parse")
    metrics.partition_at("parse", "reports.raw.v1", 0, offset=5, lag=2)
    metrics.partitions_gone()
    metrics.partition_at("parse", "reports.raw.v1", 1, offset=7, lag=0)
    gone, here = ({"group": "parse", "topic": "reports.raw.v1", "partition": n} for n in "01")
    assert registry.get_sample_value("nianbao_consumer_lag_records", gone) is None
    assert registry.get_sample_value("nianbao_consumer_lag_records", here) == 0
    assert registry.get_sample_value("nianbao_consumer_committed_offset", here) == 7
    metrics.partitions_gone()


def test_no_age_is_below_zero():
    """The clocks of two machines differ."""
    registry = shown("validate")
    labels = {"stage": "validate"}
    before = registry.get_sample_value("nianbao_event_age_seconds_sum", labels)
    now = datetime.now(UTC)
    metrics.taken_up("validate", now + timedelta(seconds=5), now)
    assert registry.get_sample_value("nianbao_event_age_seconds_sum", labels) == before


def test_what_is_urgent_is_counted_once_a_judgement():
    """However many findings are; other errors are not."""
    registry = shown("validate")
    urgent = [finding("P-01", attention="urgent"), finding("L-05", attention="urgent")]
    before = registry.get_sample_value("nianbao_urgent_judgements_total")
    for found in (urgent, [finding("T3-02")], []):
        metrics.judged("2021", violations(*found).judgement)
    assert registry.get_sample_value("nianbao_urgent_judgements_total") == before + 1


def test_a_rule_that_raised_is_counted_beside_the_judgement():
    """A fault of ours shows under its rule; it is no finding, and the report was judged."""
    registry = shown("validate")
    judgement = replace(violations(finding("T3-02")).judgement, failures=(Failure("T3-01", "KeyError at rule:1"),))
    series = (
        ("nianbao_rule_failures_total", {"rule": "T3-01"}),
        ("nianbao_findings_total", {"rule": "T3-02", "severity": "E"}),
        ("nianbao_reports_total", {"edition": "2021", "verdict": "需更正"}),
        ("nianbao_rule_failures_total", {"rule": "T3-02"}),
    )
    before = [registry.get_sample_value(*each) for each in series]
    metrics.judged("2021", judgement)
    assert [registry.get_sample_value(*each) - was for each, was in zip(series, before, strict=True)] == [1, 1, 1, 0]
