"""A page and its attachments are one report: what the page lacks is filled from them, what it has is never overwritten."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import reduce

from services.parse.attachments import ARCHIVE
from services.parse.reasons import reason
from shared.model.cell import Cell, Span, Table, TableNumber, TableState
from shared.model.claim import Claim
from shared.model.report import Attachment, Document, DocumentStatus, Report, ReportForm, Section

_ZIP = "application/zip"
_NOT_READ: tuple[TableState, ...] = ("absent", "picture")


def lacks_tables(report: Report) -> bool:
    """Whether a report has a table that is not there or a picture, so that it may stand in an attachment."""
    return any(table.state in _NOT_READ for table in report.tables.values())


def bundled(page: Document, files: Mapping[str, Document], awaited: Sequence[str] = ()) -> Document:
    """Return the page with its attachments: `files` by source as far as they are known, `awaited` are still being fetched.

    An attachment on another year or by another agency is none of this report's; one without a report in it is unread, and so
    is what could not be read of an archive.
    """
    if not page.attachments or len(page.reports) > 1:
        return page
    known = [files[source] for source in page.attachments if source in files and source not in awaited]
    reports = [*page.reports, *(file.reports[0] for file in known if len(file.reports) == 1)]
    if not reports:
        return page
    report = reduce(lambda whole, part: _filled(whole, part) if belongs(part, whole) else whole, reports)
    read = {file.source for file in known if file.reports}
    states = tuple(
        Attachment(source, "awaited" if source in awaited else "read" if source in read else "unread")
        for source in page.attachments
    )
    archives = [file for file in known if file.media_type == _ZIP]
    states += tuple(each for file in archives for part in file.reports for each in part.attachments)
    return replace(page, status="report", reason=None, reports=(replace(report, attachments=states),))


def belongs(part: Report, whole: Report) -> bool:
    """Whether an attachment's report may be a part of the page's: neither year nor agency contradicts."""
    same_year = part.year is None or whole.year is None or part.year == whole.year
    return same_year and (part.agency is None or whole.agency is None or part.agency == whole.agency)


def absorbed(page: Document, file: Document) -> bool:
    """Whether what a file holds stands in the bundle that `page` is, so that it is no report of its own."""
    return (
        (file.source in page.attachments or _holds(page.attachments, file.source))
        and len(page.reports) == len(file.reports) == 1
        and belongs(file.reports[0], page.reports[0])
    )


def joined(documents: Iterable[Document]) -> list[Document]:
    """Return documents that came together with pages and their attachments as one report, which is the page's."""
    alone = list(documents)
    known = {document.source: document for document in alone}
    known |= _archives(alone, {source for page in alone for source in page.attachments} - known.keys())
    bundles = [bundled(document, known) for document in alone]
    listed = {source: page for page in bundles for source in page.attachments}
    pages = ([listed[each] for each in (file.source, *_around(file.source)) if each in listed] for file in bundles)
    return [
        as_part(file) if any(absorbed(page, file) for page in listing) else file
        for file, listing in zip(bundles, pages, strict=True)
    ]


def _archives(documents: Sequence[Document], listed: AbstractSet[str]) -> dict[str, Document]:
    """Return the archives that pages list, of which only the members are among the documents."""
    members: dict[str, list[Document]] = {}
    for document in documents:
        for archive in _around(document.source):
            if archive in listed:
                members.setdefault(archive, []).append(document)
    return {
        source: whole(Document(source, None, None, _ZIP, "unreadable", reason("no_report"), files[0].parser), files)
        for source, files in members.items()
    }


def _around(source: str) -> Iterator[str]:
    """Yield the archives whose names a member's source begins with."""
    for match in ARCHIVE.finditer(source):
        yield source[: match.end() - 1]


def _holds(listed: Sequence[str], source: str) -> bool:
    """Whether a source is that of a member of an archive that is listed."""
    return any(source.startswith(f"{archive}/") for archive in listed)


def whole(archive: Document, members: Sequence[Document]) -> Document:
    """Return an archive as one document: its documents' reports, those that are parts of one put together.

    Each says which documents could not be read. Where there is no report the archive is what the first of these is, if any.
    """
    documents = joined(members)
    unread = [document for document in documents if document.status in {"unreadable", "empty"}]
    lost = tuple(Attachment(document.source, "unread") for document in unread)
    parts = _put_together(documents)
    reports = tuple(replace(report, attachments=report.attachments + lost) for report in parts)
    if len(reports) > 1:
        return replace(archive, status="multiple", reason=reason("several_reports"), reports=reports)
    if reports:
        status: DocumentStatus = "old_form_report" if reports[0].form == "pre2019" else "report"
        return replace(archive, status=status, reason=None, reports=reports)
    if unread:
        return replace(archive, status=unread[0].status, reason=unread[0].reason)
    return replace(archive, status="not_a_report", reason=reason("no_report"))


def _put_together(documents: Iterable[Document]) -> list[Report]:
    """Return the reports of documents, each with the parts of it: first those that say whose they are and of which year.

    What does not say it is a part of the only report that it may belong to, of those in its folder if there are any; where
    several may be meant it is none's, and each says so.
    """
    parts = [(document.source, report) for document in documents for report in document.reports]
    parts.sort(key=lambda part: part[1].agency is None or part[1].year is None)
    found: list[Report] = []
    folders: list[str] = []
    for source, part in parts:
        folder = source.rpartition("/")[0]
        places = [place for place, report in enumerate(found) if belongs(part, report)]
        places = [place for place in places if folders[place] == folder] or places
        if not places:
            found.append(part)
            folders.append(folder)
        elif len(places) == 1:
            found[places[0]] = _filled(found[places[0]], part)
        else:
            for place in places:
                unread = (*found[place].attachments, Attachment(source, "unread"))
                found[place] = replace(found[place], attachments=unread)
    return found


def as_part(file: Document) -> Document:
    """Return an absorbed attachment as the document that it is beside its page: read, and no report of its own."""
    return replace(file, status="not_a_report", reason=reason("attachment"), reports=())


def _filled(whole: Report, part: Report) -> Report:
    """Return a report with what it lacks taken from a part, whose text then follows its own."""
    shift = len(whole.text) + 1
    tables = {number: _table(table, part.tables.get(number), shift) for number, table in whole.tables.items()}
    chapters = {section.ordinal for section in whole.sections}
    more = tuple(section for section in part.sections if section.ordinal not in chapters)
    return replace(
        whole,
        agency=whole.agency or part.agency,
        year=whole.year or part.year,
        title=whole.title or part.title,
        published=whole.published or part.published,
        form=_form(tables) or whole.form,
        tables=tables,
        sections=whole.sections + tuple(_section(section, shift) for section in more),
        claims=whole.claims + _claims(part, {section.ordinal for section in more}, shift),
        text=f"{whole.text}\n{part.text}",
        marks=whole.marks + tuple(replace(m, start=m.start + shift, end=m.end + shift) for m in part.marks),
        title_at=whole.title_at if whole.title else _span(part.title_at, shift),
        title_agency=whole.title_agency if whole.title else part.title_agency,
        title_year=whole.title_year if whole.title else part.title_year,
        tabular=whole.tabular + tuple(Span(span.start + shift, span.end + shift) for span in part.tabular),
    )


def _section(section: Section, shift: int) -> Section:
    return replace(section, start=section.start + shift, end=section.end + shift, body=section.body + shift)


def _span(span: Span | None, shift: int) -> Span | None:
    return span and Span(span.start + shift, span.end + shift)


def _table(own: Table, other: Table | None, shift: int) -> Table:
    """Return the page's table, or the attachment's where the page has none that can be read."""
    if other is None or own.state not in _NOT_READ or other.state == "absent":
        return own
    if other.state == "picture":
        return replace(own, state="picture")
    copies = tuple(_moved(cells, shift) for cells in other.printing.copies)
    return replace(other, cells=_moved(other.cells, shift), printing=replace(other.printing, copies=copies))


def _moved(cells: Sequence[Cell], shift: int) -> tuple[Cell, ...]:
    return tuple(
        replace(cell, at=Span(cell.at.start + shift, cell.at.end + shift)) if isinstance(cell.at, Span) else cell
        for cell in cells
    )


def _claims(part: Report, chapters: set[str | None], shift: int) -> tuple[Claim, ...]:
    """Return what is stated in the chapters that are taken over; prose that the page has too is not counted twice."""
    return tuple(
        replace(claim, start=claim.start + shift, end=claim.end + shift)
        for claim in part.claims
        if claim.section in chapters
    )


def _form(tables: Mapping[TableNumber, Table]) -> ReportForm | None:
    """Return the form that tables 2 and 3 tell, else table 4, as for a report in one document."""
    forms = {table.form for number, table in tables.items() if table.form and number != "4"}
    if len(forms) > 1:
        return "mixed"
    return forms.pop() if forms else tables["4"].form if "4" in tables else None
