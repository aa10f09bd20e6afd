"""The metrics of the mission: every name, label and value that a dashboard or an alert may use.

A label's values are a closed list wherever we know them, and such a series exists from the start of a process that has it:
a rate cannot see a counter's first step from nothing. A process shows the metrics of the stages that it runs, no others.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Literal, TypeVar, get_args

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics
from prometheus_client.metrics import MetricWrapperBase

from shared.documents import PROBLEMS, Problem
from shared.model.finding import Severity
from shared.model.judgement import Judgement, Verdict
from shared.model.report import DocumentStatus, ReportForm
from shared.ops.catalogue import Labels, Metric, register, series
from shared.ops.errors import REJECT_REASONS, RejectReason
from shared.stream.stage import StageName

CameTo = Literal["done", "duplicate", "dead"]
NoticeKind = Literal["correction", "closing"]
NoticeStatus = Literal["held", "pending", "sending", "sent", "deferred", "failed", "unknown", "superseded"]

STAGES: tuple[StageName, ...] = get_args(StageName)
_CONSUMERS: tuple[StageName, ...] = ("parse", "validate", "notify")
_NO_FORM = "none"

# Each holds a limit that an alert asks about: 60 s for a mail or a document, 120 s for a verdict.
_WORK = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 60, 120)
_AGE = (0.1, 0.3, 1, 3, 10, 30, 60, 120, 300, 900, 3600, 4 * 3600, 86400)
_WHOLE = (1, 3, 10, 30, 60, 90, 120, 180, 300, 900, 3600, 4 * 3600, 86400)

M = TypeVar("M", bound=MetricWrapperBase)

disable_created_metrics()  # type: ignore[no-untyped-call] # twice the series, and nobody asks when a counter was made


METRICS: list[Metric] = []


def _add(
    kind: type[M],
    name: str,
    text: str,
    labels: Labels | None = None,
    *,
    stages: tuple[str, ...] | None = None,
    buckets: Sequence[float] | None = None,
) -> M:
    labels = labels or {}
    more = {"buckets": buckets} if buckets else {}
    metric = kind(name, text, tuple(labels), registry=None, **more)  # type: ignore[arg-type] # buckets: histograms only
    METRICS.append(Metric(metric, name, kind.__name__.lower(), text, labels, stages or labels.get("stage") or STAGES))
    return metric


_STAGE: Labels = {"stage": STAGES}
_CONSUMER: Labels = {"stage": _CONSUMERS}
_STATUS: Labels = {"status": get_args(DocumentStatus)}
_PARTITION: Labels = {"group": None, "topic": None, "partition": None}

_OUTCOMES = _add(
    Counter,
    "nianbao_stage_outcomes_total",
    "Events by what they came to at a stage.",
    {**_STAGE, "outcome": get_args(CameTo)},
)
_DURATION = _add(
    Histogram,
    "nianbao_stage_duration_seconds",
    "Time that a stage spent on an event: its work and its rows.",
    _STAGE,
    buckets=_WORK,
)
_SUCCESS = _add(
    Gauge,
    "nianbao_last_success_timestamp_seconds",
    "When a stage last handled an event; 0 where it has not since it started.",
    _STAGE,
)
_EVENT_AGE = _add(
    Histogram,
    "nianbao_event_age_seconds",
    "Age of an event when a stage took it up: the lag, in time.",
    _CONSUMER,
    buckets=_AGE,
)
_DUPLICATES = _add(
    Counter, "nianbao_inbox_duplicates_total", "Deliveries of events dealt with before, absorbed.", _CONSUMER
)
_DEAD = _add(
    Counter,
    "nianbao_dead_letters_total",
    "Events put aside because they could not be handled.",
    {**_CONSUMER, "reason": REJECT_REASONS},
)
_LAG = _add(
    Gauge,
    "nianbao_consumer_lag_records",
    "Records of a partition assigned to this process that its group has not handled yet.",
    _PARTITION,
    stages=_CONSUMERS,
)
_POSITION = _add(
    Gauge,
    "nianbao_consumer_committed_offset",
    "Offset up to which its group has handled a partition assigned to this process.",
    _PARTITION,
    stages=_CONSUMERS,
)
_OUTBOX = _add(
    Gauge, "nianbao_outbox_depth", "Events of a service written down and not published yet.", {"service": STAGES}
)
_OUTBOX_OLDEST = _add(
    Gauge,
    "nianbao_outbox_oldest_seconds",
    "Age of the oldest event of a service not published yet; 0 where there is none.",
    {"service": STAGES},
)
_REFUSED = _add(
    Counter,
    "nianbao_refusals_total",
    "Files that could not be taken in, by what is the matter with them.",
    {"problem": tuple(PROBLEMS)},
    stages=("ingest",),
)
_DOCUMENTS = _add(
    Counter, "nianbao_documents_total", "Documents read, by what they turned out to be.", _STATUS, stages=("parse",)
)
_FINDINGS = _add(
    Counter,
    "nianbao_findings_total",
    "Findings of the judgements made.",
    {"rule": None, "severity": get_args(Severity)},
    stages=("validate",),
)
_URGENT = _add(
    Counter,
    "nianbao_urgent_judgements_total",
    "Judgements with an urgent finding: personal data or a secrecy marking was published.",
    stages=("validate",),
)
_RAISED = _add(Counter, "nianbao_rule_failures_total", "Rules that raised.", {"rule": None}, stages=("validate",))
_REPORTS = _add(
    Counter,
    "nianbao_reports_total",
    "Judgements made on report versions, by form edition and verdict.",
    {"edition": (*get_args(ReportForm), _NO_FORM), "verdict": get_args(Verdict)},
    stages=("validate",),
)
_END_TO_END = _add(
    Histogram,
    "nianbao_end_to_end_seconds",
    "Time from seeing a document to deciding on its notice; reruns and neighbouring years judged again do not count.",
    {"verdict": get_args(Verdict)},
    stages=("notify",),
    buckets=_WHOLE,
)
_NOTICES = _add(
    Counter,
    "nianbao_notices_total",
    "Notices by the status they came to; each attempt to send one is a sending.",
    {"kind": get_args(NoticeKind), "outcome": get_args(NoticeStatus)},
    stages=("notify",),
)
_PENDING = _add(Gauge, "nianbao_notices_pending", "Notices released and not sent yet.", stages=("notify",))
_PENDING_OLDEST = _add(
    Gauge,
    "nianbao_notice_oldest_pending_seconds",
    "Age of the oldest notice released and not sent yet; 0 where there is none.",
    stages=("notify",),
)
_READY = _add(Gauge, "nianbao_ready", "1 where a process can work, 0 where it waits, has halted, or is ending.")
_BUILD = _add(Gauge, "nianbao_build_info", "What runs: always 1.", {"version": None, "ruleset": None})


def start(
    stages: Sequence[StageName],
    *,
    rules: Iterable[str],
    version: str,
    ruleset: str,
    registry: CollectorRegistry = REGISTRY,
) -> None:
    """Show the metrics of these stages, every series whose labels are known at 0; more stages may start later."""
    known: dict[str, tuple[str, ...]] = {"rule": tuple(rules), "version": (version,), "ruleset": (ruleset,)}
    for each in METRICS:
        if set(stages) & set(each.stages):
            register(each.metric, registry)
            for values in series(each.labels, known | {"stage": tuple(stages), "service": tuple(stages)}):
                each.metric.labels(*values)
    _BUILD.labels(version, ruleset).set(1)


def ready_when(is_ready: Callable[[], bool]) -> None:
    """Show whether this process is ready, as it stands whenever that is asked for."""
    _READY.set_function(is_ready)


def taken_up(stage: StageName, since: datetime, now: datetime) -> None:
    """Observe how old an event was when a stage took it up; two clocks may differ, an age is never below 0."""
    _EVENT_AGE.labels(stage).observe(max(0.0, (now - since).total_seconds()))


def handled(stage: StageName, came_to: CameTo, seconds: float, *, reason: RejectReason | None = None) -> None:
    """Count an event that a stage is through with after so many seconds of its time; `reason` where it is dead."""
    _OUTCOMES.labels(stage, came_to).inc()
    if came_to == "duplicate":
        _DUPLICATES.labels(stage).inc()
        return
    _DURATION.labels(stage).observe(seconds)
    if came_to == "done":
        _SUCCESS.labels(stage).set_to_current_time()
    if reason:
        _DEAD.labels(stage, reason).inc()


def partitions_gone() -> None:
    """Show no partition any more; whoever still has some says so next. Another replica's would be contradicted."""
    _LAG.clear()
    _POSITION.clear()


def partition_at(group: str, topic: str, partition: int, *, offset: int, lag: int) -> None:
    """Set how far a group is in a partition of this process: where it goes on, and how many records lie behind that."""
    _LAG.labels(group, topic, str(partition)).set(lag)
    _POSITION.labels(group, topic, str(partition)).set(offset)


def outbox_at(service: StageName, depth: int, oldest_seconds: float) -> None:
    """Set how many events of a service wait to be published, and how old the oldest is; its age then runs on by itself."""
    _OUTBOX.labels(service).set(depth)
    _OUTBOX_OLDEST.labels(service).set_function(_age(depth, oldest_seconds))


def notices_at(pending: int, oldest_seconds: float) -> None:
    """Set how many notices wait to be sent, and how old the oldest is; its age then runs on by itself."""
    _PENDING.set(pending)
    _PENDING_OLDEST.set_function(_age(pending, oldest_seconds))


def _age(waiting: int, seconds: float) -> Callable[[], float]:
    # While the database is away nothing leaves, so what waited goes on growing old.
    since = time.monotonic() - seconds
    return lambda: time.monotonic() - since if waiting else 0.0


def refused(problem: Problem) -> None:
    """Count a file that could not be taken in."""
    _REFUSED.labels(problem).inc()


def document(status: DocumentStatus) -> None:
    """Count a document read."""
    _DOCUMENTS.labels(status).inc()


def judged(edition: ReportForm | None, judgement: Judgement) -> None:
    """Count a judgement, its findings, and the rules that raised on the report."""
    _REPORTS.labels(edition or _NO_FORM, judgement.verdict).inc()
    for finding in judgement.findings:
        _FINDINGS.labels(finding.rule, finding.severity).inc()
    if judgement.urgent:
        _URGENT.inc()
    for failure in judgement.failures:
        _RAISED.labels(failure.rule).inc()


def decided(verdict: Verdict, seen: datetime, now: datetime) -> None:
    """Observe the time from seeing a document to deciding on its notice."""
    _END_TO_END.labels(verdict).observe(max(0.0, (now - seen).total_seconds()))


def notice(kind: NoticeKind, status: NoticeStatus) -> None:
    """Count a notice that came to a status."""
    _NOTICES.labels(kind, status).inc()
