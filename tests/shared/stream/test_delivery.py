"""The account of an event: counted once, in one line, with its trace and its document."""

from dataclasses import replace

import pytest
from prometheus_client import CollectorRegistry
from structlog.testing import capture_logs

from shared.ops import metrics
from shared.ops.errors import Transient
from shared.ops.metrics import STAGES
from shared.stream.consumer import Consumer
from shared.stream.stage import Outcome
from shared.testing.spans import recorded
from shared.testing.stages import TRACE, Pinger, make_tables, record

REGISTRY = CollectorRegistry()


@pytest.fixture(autouse=True)
async def tables(pool):
    """Give every test the tables of the small stages, and the metrics of all."""
    metrics.start(STAGES, rules=(), version="1", ruleset="1", registry=REGISTRY)
    await make_tables(pool)


class Counted:
    """What the metrics of the stage grew by since this was made."""

    def __init__(self):
        self._before = self._now()

    @staticmethod
    def _now():
        samples = [sample for family in REGISTRY.collect() for sample in family.samples]
        return {(s.name, *sorted(s.labels.items())): s.value for s in samples if s.labels.get("stage") == "parse"}

    def by(self, name, **labels):
        """Return by how much a series of the stage grew."""
        key = (f"nianbao_{name}", *sorted({"stage": "parse", **labels}.items()))
        return self._now()[key] - self._before[key]


async def test_an_event_counts_once_however_often_it_comes(pool):
    """The second delivery is a duplicate: it has neither a duration nor an age of its own."""
    counted, consumer = Counted(), Consumer(Pinger(), pool)
    for _ in range(3):
        await consumer.handle([record(1)])
    assert counted.by("stage_outcomes_total", outcome="done") == 1
    assert counted.by("stage_outcomes_total", outcome="duplicate") == counted.by("inbox_duplicates_total") == 2
    assert counted.by("stage_duration_seconds_count") == counted.by("event_age_seconds_count") == 1


async def test_what_was_rolled_back_is_not_counted(pool):
    """Work that waited for the database and was done again counts once, and leaves one span."""
    times = []

    async def away_once(_n: int) -> None:
        times.append(1)
        if len(times) == 1:
            raise ConnectionResetError

    counted, consumer = Counted(), Consumer(Pinger(in_commit=away_once), pool)
    with recorded() as spans:
        with pytest.raises(Transient):
            await consumer.handle([record(1), record(2)])
        assert counted.by("stage_outcomes_total", outcome="done") == 0
        await consumer.handle([record(1), record(2)])
        assert counted.by("stage_outcomes_total", outcome="done") == 2
        assert [span.attributes["nianbao.outcome"] for span in spans.get_finished_spans()] == ["done", "done"]


async def test_what_a_stage_counts_is_counted_after_the_commit(pool):
    """A savepoint that is tried three times calls it once; one that fails for good never."""
    calls, tries = [], []

    class Counting(Pinger):
        async def commit(self, connection, received, result):
            tries.append(result)
            if result == 2 or len(tries) < 3:
                raise ZeroDivisionError
            await super().commit(connection, received, result)
            return Outcome(committed=lambda: calls.append(result))

    await Consumer(Counting(), pool).handle([record(1), record(2)])
    assert calls == [1]


async def test_a_dead_letter_is_counted_by_its_reason_once(pool):
    """Also a record without an id of its own, which comes again with every redelivery of its batch."""
    broken = replace(record(1), headers=())
    counted, consumer = Counted(), Consumer(Pinger(), pool)
    for _ in range(2):
        await consumer.handle([broken, record(2)])
    assert counted.by("dead_letters_total", reason="envelope") == 1
    assert counted.by("stage_outcomes_total", outcome="dead") == 1
    assert counted.by("stage_outcomes_total", outcome="duplicate") == 2


async def test_the_line_of_an_event_says_where_it_came_from_and_what_it_came_to(pool):
    """Stage, outcome, event, trace and place; of a dead one also why."""
    with capture_logs() as lines:
        await Consumer(Pinger(), pool).handle([record(1), replace(record(2), value=b"{}")])
    done, dead = lines
    assert (done["outcome"], done["stage"], done["offset"], done["events"]) == ("done", "parse", 1, 1)
    assert done["trace_id"] == dead["trace_id"] == TRACE
    assert done["milliseconds"] > 0
    assert (dead["outcome"], dead["reason"], dead["log_level"]) == ("dead", "schema", "warning")
