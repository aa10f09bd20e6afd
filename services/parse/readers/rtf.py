"""Rich Text Format: what a reader of the accepted document sees, tables as grids."""

from services.parse.document import Content, Unreadable
from services.parse.readers.flow import write_page
from services.parse.readers.pictures import content_of
from services.parse.readers.rtf_tokens import Tokens
from services.parse.readers.rtf_walk import Walk
from services.parse.readers.rtf_words import take


def read(data: bytes) -> Content:
    """Return the content of an RTF document; Unreadable where it is cut off, or beyond any report's structure."""
    tokens = Tokens(data[data.index(b"{") :] if b"{" in data else b"")
    walk = Walk()
    for token in tokens:
        take(walk, token, tokens)
    if not tokens.whole:
        raise Unreadable("groups that are never closed", "damaged")
    return content_of(write_page(walk.document()))
