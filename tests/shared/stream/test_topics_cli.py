"""`nianbao topics` as an operator runs it on a real cluster."""

import json

import pytest

from shared.stream.topics import TOPICS
from shared.testing.command import run


@pytest.fixture
def settings(kafka_settings) -> dict[str, str]:
    """Give the settings of the command."""
    return {"kafka": kafka_settings.kafka, "kafka_prefix": kafka_settings.kafka_prefix}


def test_diff_says_what_is_missing_apply_makes_it_and_diff_is_content(settings):
    """Exit code 1 where anything differs, 0 where nothing does; JSON is one object a line."""
    before = run("topics", "diff", "--format", "json", settings=settings)
    told = [json.loads(line) for line in before.stdout.splitlines()]
    assert before.returncode == 1
    assert [each["topic"] for each in told] == [settings["kafka_prefix"] + topic.name for topic in TOPICS]
    applied = run("topics", "apply", settings=settings)
    assert applied.returncode == 0
    assert applied.stdout.count("已建立") == len(TOPICS)
    after = run("topics", "diff", settings=settings)
    assert (after.returncode, after.stdout) == (0, "主题齐全，设置一致\n")
    assert run("topics", "diff", "--format", "json", settings=settings).stdout == ""


def test_a_cluster_that_is_away_is_one_line(settings):
    """Exit code 4, as for a database that is away."""
    done = run("topics", "diff", settings={**settings, "kafka": "127.0.0.1:9"})
    assert done.returncode == 4
    (line,) = done.stderr.splitlines()
    assert line.startswith("nianbao: 连不上Kafka 127.0.0.1:9（")
