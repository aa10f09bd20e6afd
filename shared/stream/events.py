"""The events: bodies as pydantic models, one class a topic. Additive changes only; a breaking one is a new topic."""

from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.model.judgement import Judgement
from shared.model.report import Document

SourceKind = Literal["portal", "attachment", "upload", "folder"]


class Event(BaseModel):
    """Body of an event; unknown fields are ignored on reading, so that a newer writer does not stop an older reader."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    type: ClassVar[str]

    @property
    def digest(self) -> str | None:
        """SHA-256 of the document that it is about, None where it is about none."""
        return getattr(self, "sha256", None)


class RawReport(Event):
    """A document was seen at a source: the claim check only, never its text. Subject and key: the source.

    `address` is where a web page was found that was redirected. `held` marks a rerun: the notices that follow from it wait
    for an operator.
    """

    type: ClassVar[str] = "nianbao.report.raw.v1"
    observation_id: UUID
    source: str
    source_kind: SourceKind
    sequence: int
    observed_at: datetime
    sha256: str
    bytes: int
    media_type: str
    address: str | None = None
    held: bool = False


class StructuredReport(Event):
    """A report version was read from a document. `document.reports` holds exactly this one report."""

    type: ClassVar[str] = "nianbao.report.structured.v1"
    report_id: UUID
    observation_id: UUID
    source_kind: SourceKind
    observed_at: datetime
    agency_key: str
    agency_id: str | None
    sequence: int
    document: Document
    held: bool = False

    @property
    def digest(self) -> str | None:
        """SHA-256 of the document that it was read from."""
        return self.document.sha256


class ReportViolations(Event):
    """A judgement on a report version, also when it is clean. `judgement_no` rises per agency and year.

    `waiting`: an attachment of the report is still being fetched, and the report is judged again then.
    """

    type: ClassVar[str] = "nianbao.report.violations.v1"
    judgement_id: UUID
    judgement_no: int
    report_id: UUID
    observation_id: UUID
    observed_at: datetime
    agency_key: str
    agency_id: str | None
    agency_name: str | None
    year: int | None
    source: str
    sha256: str
    judgement: Judgement
    waiting: bool = False
    held: bool = False


class NoticeStatus(Event):
    """What became of a notice."""

    type: ClassVar[str] = "nianbao.notice.status.v1"
    notice_id: UUID
    agency_key: str
    year: int | None
    kind: str
    status: str
    at: datetime
