"""From published bytes to a document: pure, and for any bytes an answer."""

import dataclasses
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from services.parse.attachments import listed
from services.parse.bundle import lacks_tables
from services.parse.document import Content, Unreadable
from services.parse.identity import Identity, identify
from services.parse.narrative import read_claims
from services.parse.parts import cut, marks_in, parts
from services.parse.privacy import mask, sealed
from services.parse.readers import doc, docx, flat, html, mht, odt, pdf, rtf, scan, sheet, text
from services.parse.reasons import ReasonCode, reason
from services.parse.sections import Heading, headings, sections
from services.parse.status import classify
from services.parse.tables import Tables, read_tables
from shared.forms import form_of_year
from shared.media import (
    DOC,
    DOCX,
    EXCEL_2003,
    FLAT_DOCX,
    GZIP,
    ODS,
    ODT,
    OFD,
    PDF,
    PICTURES,
    RAR,
    RTF,
    SEVEN_ZIP,
    UNKNOWN,
    WORD_2003,
    XLS,
    XLSB,
    XLSX,
    media_type,
)
from shared.model.claim import Claim
from shared.model.report import Attachment, Document, DocumentStatus, Mark, Reason, Report, ReportForm

PARSER = "6"
"""Version of the reading: it rises whenever the same bytes may be read differently."""

_MIB = 1024 * 1024


class Reader(NamedTuple):
    """How a format is read, and the bytes beyond which a document of it is no report."""

    read: Callable[[bytes], Content]
    largest: int = 40 * _MIB


READERS: dict[str, Reader] = {
    "text/plain": Reader(text.read, 8 * _MIB),
    "text/markdown": Reader(text.read, 8 * _MIB),
    "text/html": Reader(html.read, 8 * _MIB),
    "multipart/related": Reader(mht.read),
    DOCX: Reader(docx.read),
    FLAT_DOCX: Reader(flat.read),
    DOC: Reader(doc.read),
    RTF: Reader(rtf.read),
    XLSX: Reader(sheet.read),
    XLS: Reader(sheet.read),
    ODT: Reader(odt.read),
    ODS: Reader(odt.read),
    PDF: Reader(pdf.read),
    **dict.fromkeys(PICTURES, Reader(scan.read)),
}
_NOT_READ: dict[str, ReasonCode] = {
    OFD: "ofd",
    XLSB: "xlsb",
    **dict.fromkeys((WORD_2003, EXCEL_2003), "office_2003_xml"),
    **dict.fromkeys((RAR, SEVEN_ZIP, GZIP), "packed"),
}
_LOST_OF = 50  # one lost character among so many: more, and the encoding is not what it seems
_READ_STATUSES: frozenset[DocumentStatus] = frozenset({"report", "old_form_report"})


@dataclass(frozen=True)
class _Reading:
    """What was made of one piece of text."""

    content: Content
    marks: tuple[Mark, ...]
    tables: Tables
    headings: tuple[Heading, ...]
    identity: Identity
    status: DocumentStatus
    code: ReasonCode | None


def parse(data: bytes, *, source: str, mark_key: bytes | None = None) -> Document:
    """Return the document that these bytes are; never raises: what cannot be read has its status and reason.

    `mark_key` is the key of the digests that recognise masked personal data; without it there are none.
    """
    seen = unread(data, source=source, code="reader_failed")
    try:
        return _document(seen, data, mark_key)
    except Unreadable as why:
        return _refused(seen, why.code)
    except MemoryError:
        return _refused(seen, "too_much_memory")
    except Exception as error:  # noqa: BLE001 - a fault of ours in one document must not stop the others
        return dataclasses.replace(seen, reason=_fault(error))


def unread(data: bytes, *, source: str, code: ReasonCode) -> Document:
    """Return the document of bytes that could not be read, for this reason."""
    return Document(
        source=source,
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        media_type=media_type(data, source),
        status="unreadable",
        reason=reason(code),
        parser=PARSER,
    )


def _fault(error: Exception) -> Reason:
    """Return the reason that names the fault's type and place in our code, never any text of the report."""
    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_name}:{place.tb_lineno}" if place else "?"
    known = reason("reader_failed")
    return Reason(known.code, f"{known.message}（{type(error).__name__}，{where}）")


def _refused(document: Document, code: ReasonCode) -> Document:
    return dataclasses.replace(document, reason=reason(code))


def _document(seen: Document, data: bytes, mark_key: bytes | None) -> Document:
    if not data:
        return dataclasses.replace(seen, status="empty", reason=reason("no_bytes"))
    content = _content(data, seen.media_type or UNKNOWN)
    if not isinstance(content, Content):
        return _refused(seen, content)
    if not content.text.strip():
        if content.pictures:
            return _refused(seen, "picture")
        return dataclasses.replace(seen, status="empty", reason=reason("no_text"))
    return _with_reports(seen, *mask(content, mark_key))


def _content(data: bytes, media: str) -> Content | ReasonCode:
    """Return what the reader for this media type finds, or why there is nothing."""
    reader = READERS.get(media)
    if reader is None:
        return _no_reader(media)
    if len(data) > reader.largest:
        return "text_too_large"
    content = reader.read(data)
    return "undecodable" if content.text.count("\ufffd") > 2 + len(content.text) // _LOST_OF else content


def _no_reader(media: str) -> ReasonCode:
    if media.endswith("-encrypted"):
        return "encrypted"
    return "unknown_format" if media == UNKNOWN else _NOT_READ.get(media, "unsupported_format")


def _with_reports(seen: Document, content: Content, marks: tuple[Mark, ...]) -> Document:
    whole, several = _readings(content, marks)
    if several:
        reports = tuple(_report(reading) for reading in several)
        return dataclasses.replace(seen, status="multiple", reason=reason("several_reports"), reports=reports)
    reports = (_report(whole),) if whole.status in _READ_STATUSES else ()
    why = reason(whole.code) if whole.code else None
    document = dataclasses.replace(seen, status=whole.status, reason=why, reports=reports)
    if whole.code == "body_elsewhere" or any(lacks_tables(report) for report in reports):
        return _with_attachments(document, listed(content.links, whole.identity.year, seen.source))
    return document


def _with_attachments(document: Document, sources: tuple[str, ...]) -> Document:
    """Return the document with the files that it lists; whoever has them may join them to it (`bundle`)."""
    unread = tuple(Attachment(source, "unread") for source in sources)
    reports = tuple(dataclasses.replace(report, attachments=unread) for report in document.reports)
    return dataclasses.replace(document, reports=reports, attachments=sources)


def _readings(content: Content, marks: tuple[Mark, ...]) -> tuple[_Reading, tuple[_Reading, ...]]:
    """Return the reading of the whole, and of each of several reports in it (none where there is but one)."""
    tables = read_tables(content, None)
    found = headings(content, tables.ranges)
    pieces = parts(content, found)
    if len(pieces) == 1:
        return _reading(content, marks, tables, found), ()
    several = tuple(_reading_alone(cut(content, piece), marks_in(marks, piece)) for piece in pieces)
    several = tuple(reading for reading in several if reading.status in _READ_STATUSES)
    own = tuple(heading for heading in found if heading.start < pieces[1].start)
    whole = _reading(content, marks, tables, own)
    return whole, several if _differ(several) else ()


def _differ(readings: Sequence[_Reading]) -> bool:
    """Whether pieces are reports of several agencies or years, not one report printed again (for telephones)."""
    agencies = {reading.identity.agency for reading in readings} - {None}
    years = {reading.identity.year for reading in readings} - {None}
    return len(agencies) > 1 or len(years) > 1


def _reading_alone(content: Content, marks: tuple[Mark, ...]) -> _Reading:
    tables = read_tables(content, None)
    return _reading(content, marks, tables, headings(content, tables.ranges))


def _reading(content: Content, marks: tuple[Mark, ...], tables: Tables, found: tuple[Heading, ...]) -> _Reading:
    identity = identify(content, found)
    status, code = classify(content, identity, found, tables)
    if any(table.form is None for table in tables.tables.values()) and _ordered(identity.year) == "2019":
        tables = read_tables(content, identity.year)
    return _Reading(content, marks, tables, found, identity, status, code)


def _ordered(year: int | None) -> str | None:
    """Return the edition ordered for reports on a year."""
    form = form_of_year(year) if year else None
    return form.edition if form else None


def _claims(reading: _Reading) -> tuple[Claim, ...]:
    found = sections(reading.headings, len(reading.content.text))
    identity = reading.identity
    return read_claims(reading.content, found, reading.tables.ranges, agency=identity.agency, year=identity.year)


def _report(reading: _Reading) -> Report:
    old = reading.status == "old_form_report"
    form: ReportForm | None = "pre2019" if old else reading.tables.form
    report = Report(
        agency=reading.identity.agency,
        year=reading.identity.year,
        form=form,
        title=reading.identity.title,
        published=reading.identity.published,
        sections=sections(reading.headings, len(reading.content.text)),
        tables={} if old else reading.tables.tables,
        claims=() if old else _claims(reading),
        text=reading.content.text,
        marks=reading.marks,
        title_at=reading.identity.title_at,
        title_agency=reading.identity.title_agency,
        title_year=reading.identity.title_year,
        publisher=reading.content.agency,
        tabular=reading.tables.ranges,
    )
    return sealed(report)
