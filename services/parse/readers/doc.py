"""Binary Word documents (Word 97 to 2003, WPS): what a reader of the accepted document sees, tables as grids."""

from services.parse.document import Content
from services.parse.readers.doc_file import open_file
from services.parse.readers.doc_walk import Walk
from services.parse.readers.flow import write_page
from services.parse.readers.pictures import among_tables
from shared.simplified import simplify


def read(data: bytes) -> Content:
    """Return the content of a binary Word document; Unreadable where it is damaged, encrypted, older, or beyond any report."""
    page = write_page(Walk.of(open_file(data)).document())
    text, blocks = page.finished()
    return Content(text=text, blocks=blocks, pictures=among_tables(simplify(text), page.pictures))
