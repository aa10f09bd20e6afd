"""The nouns of notify: notice, case, and what becomes of them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Literal
from uuid import UUID, uuid5

from shared.stream.events import NoticeStatus, ReportViolations
from shared.stream.stage import Outgoing
from shared.stream.topics import STATUS

Kind = Literal["correction", "closing"]
Status = Literal["held", "pending", "sending", "sent", "deferred", "failed", "unknown", "superseded"]
HoldReason = Literal[
    "review", "rerun", "unknown_agency", "no_mailbox", "unknown_year", "suppressed", "operator", "confirm"
]
CaseStatus = Literal["clean", "open", "waiting", "closed"]
WaitReason = Literal["unknown_agency", "no_mailbox", "unknown_year", "not_assessable", "rekeyed"]
Release = Literal["review", "auto"]

UNSENT: tuple[Status, ...] = ("held", "pending", "deferred", "failed")
PERHAPS_SENT: tuple[Status, ...] = ("sending", "sent", "unknown")

REASONS: dict[str, str] = {
    "review": "待放行",
    "rerun": "重新核验产生，待放行",
    "unknown_agency": "名录中没有这个机关",
    "no_mailbox": "机关在名录中没有邮箱",
    "unknown_year": "报告年度未能识别",
    "suppressed": "邮箱曾被邮件服务器永久拒收",
    "operator": "操作人员暂缓",
    "confirm": "涉及申请人信息，请对照原文确认后放行",
    "not_assessable": "报告无法核验，需人工处理",
    "rekeyed": "报告已归入名录中的机关",
}
"""Why a notice is held or a case waits, for the operator."""

_NOTIFY = UUID("0c6a1d7e-3b4c-5f1a-9d55-6f5c2a7b9e10")
_LONGEST_FILE_NAME = 40  # a file name may have 255 bytes, and a Chinese character takes three
CHINA = timezone(timedelta(hours=8))
_BACK_OFF = (30.0, 120.0, 600.0, 3600.0, 21600.0)


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier notice of a case, as far as a decision needs it; `numbers` are those of all findings told until then."""

    kind: Kind
    hold_reason: HoldReason | None
    fingerprints: frozenset[str]
    sha256: str
    numbers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Case:
    """An agency's year: the newest judgement seen, the newest notice that went out (or may have), and the unsent one."""

    id: UUID
    number: str | None
    status: CaseStatus
    judgement_no: int
    told: Earlier | None = None
    unsent: Earlier | None = None

    @property
    def numbers_told(self) -> Mapping[str, int]:
        """The numbers that findings have for good, by key: those of a mail that went out, or may have."""
        return self.told.numbers if self.told else {}


@dataclass(frozen=True)
class Notice:
    """A mail of the ledger and all that its text is made from; `dated_at` is the mail's date, whenever it is sent."""

    id: UUID
    case_id: UUID
    case_number: str
    kind: Kind
    status: Status
    hold_reason: HoldReason | None
    agency_key: str
    agency_id: str | None
    agency_name: str | None
    year: int | None
    violations: ReportViolations
    finding_numbers: dict[str, int]
    correlation_id: str
    traceparent: str | None
    created_at: datetime
    dated_at: datetime
    changed_at: datetime
    attempts: int
    recipient: str | None
    reply: str | None
    mail: bytes | None


@dataclass(frozen=True, slots=True)
class Summary:
    """A notice as a list shows it."""

    id: UUID
    status: Status
    hold_reason: HoldReason | None
    reply: str | None
    agency_name: str | None
    year: int | None
    kind: Kind
    errors: int
    warnings: int
    recipient: str | None
    changed_at: datetime


def case_id(agency_key: str, year: int | None) -> UUID:
    """Return the id of an agency's year."""
    return uuid5(_NOTIFY, f"case {agency_key} {year}")


def notice_id(case: UUID, judgement: UUID, kind: Kind) -> UUID:
    """Return the id of the one notice of a kind that a judgement can lead to: a replay gives it again."""
    return uuid5(_NOTIFY, f"notice {case} {judgement} {kind}")


def retry_delay(attempts: int, jitter: float) -> float:
    """Return the seconds to wait after this many attempts (from 1); `jitter` within -1..1 moves them by up to 20 %."""
    return _BACK_OFF[min(attempts, len(_BACK_OFF)) - 1] * (1 + 0.2 * jitter)


def file_name(notice: Notice) -> str:
    """Return a name by which a person finds the mail of a notice among others: date, agency, year, kind, id."""
    day = notice.dated_at.astimezone(CHINA).date().isoformat()
    agency = "".join(char if char.isalnum() else "_" for char in notice.agency_name or "")[:_LONGEST_FILE_NAME]
    return f"{day}-{agency}-{notice.year or 0}-{notice.kind}-{notice.id.hex[:8]}"


def status_event(notice: Notice) -> Outgoing:
    """Return the event that tells a notice's present status."""
    body = NoticeStatus(
        notice_id=notice.id,
        agency_key=notice.agency_key,
        year=notice.year,
        kind=notice.kind,
        status=notice.status,
        at=notice.changed_at,
    )
    inputs = f"{notice.id} {notice.status} {notice.changed_at.isoformat()}"
    return Outgoing(STATUS, body, subject=str(notice.id), key=notice.agency_key, inputs=inputs)
