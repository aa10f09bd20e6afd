"""The one table of topics."""

from dataclasses import dataclass

from shared.stream.events import Event, NoticeStatus, RawReport, ReportViolations, StructuredReport


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic: name, event class, what its key is, partitions, retention in days, largest message in bytes."""

    name: str
    event: type[Event]
    key: str
    partitions: int
    retention_days: int
    max_bytes: int = 1024 * 1024


RAW = Topic("reports.raw.v1", RawReport, key="source", partitions=6, retention_days=14)
STRUCTURED = Topic(
    "reports.structured.v1", StructuredReport, key="agency", partitions=6, retention_days=30, max_bytes=2 * 1024 * 1024
)
VIOLATIONS = Topic(
    "reports.violations.v1", ReportViolations, key="agency", partitions=6, retention_days=90, max_bytes=2 * 1024 * 1024
)
STATUS = Topic("notices.status.v1", NoticeStatus, key="agency", partitions=3, retention_days=90)

TOPICS: tuple[Topic, ...] = (RAW, STRUCTURED, VIOLATIONS, STATUS)
