"""A published document as read, and the annual reports found in it."""

from dataclasses import dataclass, field
from typing import Literal

from shared.model.cell import Span, Table, TableNumber
from shared.model.claim import Claim

DocumentStatus = Literal["report", "multiple", "old_form_report", "other_report", "not_a_report", "empty", "unreadable"]
ReportForm = Literal["2019", "2021", "mixed", "pre2019"]
AttachmentState = Literal["read", "awaited", "unread"]
MarkKind = Literal["identity_number", "mobile", "mailbox", "bank_card", "applicant"]


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter: its ordinal as printed ("一"), its title as printed, and its range in the text.

    `chapter`: which of the six of the official format it is, None for another. `body`: where what it says begins, behind the heading.
    """

    ordinal: str | None
    title: str
    start: int
    end: int
    chapter: int | None = field(default=None, kw_only=True)
    body: int = field(default=0, kw_only=True)


@dataclass(frozen=True, slots=True)
class Mark:
    """Personal data that parse masked: `masked` stands in the text at start..end (same length as the original).

    `valid`: check digit and date hold (identity number), Luhn holds (bank card), else None.
    `digest`: HMAC-SHA256 of the original under the deployment's key, hex; None where no key is given.
    `official`: for a mailbox, whether its domain is a government's or an organisation's own (not a free mail provider).
    """

    kind: MarkKind
    start: int
    end: int
    masked: str
    valid: bool | None = None
    digest: str | None = None
    official: bool | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a document has its status: a code of the closed list in docs/output.md and one Chinese sentence."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that the page of a report lists as a part of it, by the source that it has as a document of its own.

    `read`: what it holds is in the report. `awaited`: it is still being fetched. `unread`: it could not be had or read.
    """

    source: str
    state: AttachmentState


@dataclass(frozen=True)
class Report:
    """One agency's report on one year. `text` is the normalised text with personal data masked; spans count its code points.

    `attachments` are listed only where tables are missing on the page itself. Their text follows the page's.
    `title_at` and `tabular`: where the title and the tables stand in the text; a title that only the page's head bears stands nowhere.
    `title_agency`, `title_year`: whom and which year the title itself names ("" where it names nobody; None without a title).
    `publisher`: what the page's head gives as its source.
    """

    agency: str | None
    year: int | None
    form: ReportForm | None
    title: str | None
    published: str | None
    sections: tuple[Section, ...]
    tables: dict[TableNumber, Table]
    claims: tuple[Claim, ...]
    text: str
    marks: tuple[Mark, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    title_at: Span | None = None
    tabular: tuple[Span, ...] = ()
    title_agency: str | None = None
    title_year: int | None = None
    publisher: str | None = None


@dataclass(frozen=True)
class Document:
    """A published document, known by its sha256, with its status and the reports read from it.

    `attachments`: sources of the files that it lists as the rest of its report, where it does not hold the whole.
    """

    source: str
    sha256: str | None
    bytes: int | None
    media_type: str | None
    status: DocumentStatus
    reason: Reason | None
    parser: str
    reports: tuple[Report, ...] = ()
    attachments: tuple[str, ...] = ()
