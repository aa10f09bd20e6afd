"""Word documents (OOXML, transitional and strict): what a reader of the accepted document sees, tables as grids."""

import posixpath
from collections.abc import Mapping
from typing import Any

from services.parse.document import Content, Unreadable
from services.parse.readers.flow import Flow, write_page
from services.parse.readers.package import Package, attributes
from services.parse.readers.pictures import among_tables
from services.parse.readers.word_numbering import read_lists
from services.parse.readers.word_styles import read_styles
from services.parse.readers.word_text import Walk
from services.parse.simplified import simplify

_DOCUMENT = "word/document.xml"
_NOTES = ("footnote", "endnote")


def read(data: bytes) -> Content:
    """Return the content of a Word document; Unreadable where it is damaged, encrypted, or beyond any report's structure."""
    package = Package.of(data)
    part = package.main_part(_DOCUMENT)
    root = package.xml(part)
    body = None if root is None else root.find("{*}body")
    if body is None:
        raise Unreadable("no document in the package", "damaged")
    parts = {related.kind: related.target for related in package.related(part).values()}
    styles, lists = (_part(package, part, parts, kind) for kind in ("styles", "numbering"))
    walk, flow = Walk(read_styles(styles), read_lists(lists), _kinds_of_notes(root)), Flow()
    walk.blocks(body, flow)
    for note in _NOTES:
        _append_notes(_part(package, part, parts, f"{note}s"), walk, note, flow)
    page = write_page(flow)
    text, blocks = page.finished()
    return Content(text=text, blocks=blocks, pictures=among_tables(simplify(text), page.pictures))


def _part(package: Package, document: str, parts: Mapping[str, str], kind: str) -> Any | None:
    return package.xml(parts.get(kind, posixpath.join(posixpath.dirname(document), f"{kind}.xml")))


def _kinds_of_notes(root: Any) -> dict[str, str]:
    """Return the kinds of numbers of footnotes and endnotes; Arabic ones where nothing is said."""
    kinds = {}
    for note in _NOTES:
        told = root.find(f".//{{*}}sectPr/{{*}}{note}Pr/{{*}}numFmt")
        kinds[note] = "decimal" if told is None else attributes(told).get("val", "decimal")
    return kinds


def _append_notes(root: Any | None, walk: Walk, kind: str, flow: Flow) -> None:
    """Put the notes that were referred to behind the text, in the order of their numbers."""
    notes = {} if root is None else {attributes(note).get("id", ""): note for note in root.iterchildren(f"{{*}}{kind}")}
    for name in list(walk.notes.get(kind, ())):
        if name in notes:
            walk.note = walk.mark(kind, name)
            inside = Flow()
            walk.blocks(notes[name], inside)
            flow.add(inside)
