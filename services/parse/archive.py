"""A ZIP archive that a page lists: the documents in it, read one after the other, are one attachment."""

from services.parse.bundle import whole
from services.parse.core import PARSER, parse, unread
from shared.documents import PROBLEMS, Found, documents_in, is_archive
from shared.model.report import Document, Reason


def read(data: bytes, *, source: str, mark_key: bytes | None = None) -> Document:
    """Return the document that these bytes are; an archive is what its documents are together, within the limits of shared.documents."""
    if not is_archive(data):
        return parse(data, source=source, mark_key=mark_key)
    members = [
        refused(found) if found.data is None else parse(found.data, source=found.source, mark_key=mark_key)
        for found in documents_in(data, source)
    ]
    return whole(unread(data, source=source, code="no_report"), members)


def refused(found: Found) -> Document:
    """Return the document that stands for one that could not be taken from where it stands."""
    problem = found.problem or "missing"
    reason = Reason(problem, PROBLEMS[problem])
    return Document(found.source, None, found.bytes, None, "unreadable", reason, PARSER)
