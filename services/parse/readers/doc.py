"""Binary Word documents (Word 97 to 2003, WPS): what a reader of the accepted document sees, tables as grids."""

from services.parse.document import Content
from services.parse.readers.doc_file import open_file
from services.parse.readers.doc_walk import Walk
from services.parse.readers.flow import write_page
from services.parse.readers.pictures import content_of


def read(data: bytes) -> Content:
    """Return the content of a binary Word document; Unreadable where it is damaged, encrypted, older, or beyond any report."""
    return content_of(write_page(Walk.of(open_file(data)).document()))
