"""Word documents (OOXML, transitional and strict): what a reader of the accepted document sees, tables as grids."""

import posixpath
from collections.abc import Iterable, Mapping
from functools import cache, partial
from typing import Any

from lxml import etree

from services.parse.document import Content, Unreadable
from services.parse.readers import html, mht
from services.parse.readers.flow import Flow, write_page
from services.parse.readers.package import Package, attributes, local
from services.parse.readers.pictures import content_of
from services.parse.readers.word_numbering import read_lists
from services.parse.readers.word_styles import Styles, read_styles
from services.parse.readers.word_text import Walk
from shared.media import media_type

_DOCUMENT = "word/document.xml"
_NOTES = ("footnote", "endnote")
_LARGEST_PAGE = 8 * 1024 * 1024  # bytes, as for a page alone
_IDLE = (
    *(
        "{*}tcW",
        "{*}tcBorders",
        "{*}tblPr",
        "{*}tblGrid",
        "{*}shd",
        "{*}jc",
        "{*}rFonts",
        "{*}sz",
        "{*}szCs",
        "{*}lang",
    ),
    *("{*}color", "{*}spacing", "{*}ind", "{*}kern", "{*}widowControl", "{*}snapToGrid", "{*}bidi", "{*}proofErr"),
    *("{*}bookmarkStart", "{*}bookmarkEnd", "{*}lastRenderedPageBreak"),
)
_OF_CHARACTERS = tuple(
    f"{{*}}{name}" for name in ("vanish", "strike", "dstrike", "vertAlign", "position", "rStyle", "del", "moveFrom")
)
_OF_PARAGRAPHS = ("{*}numPr", "{*}footnotePr", "{*}endnotePr")
"""Without these no run, no paragraph has a property that is looked at (paragraphs' marks have characters' too)."""


def read(data: bytes) -> Content:
    """Return the content of a Word document; Unreadable where it is damaged, encrypted, or beyond any report's structure."""
    package = Package.of(data)
    part = package.main_part(_DOCUMENT)
    root = package.xml(part)
    body = None if root is None else root.find("{*}body")
    if body is None:
        raise Unreadable("no document in the package", "damaged")
    if (page := _web_page(package, part, body)) is not None:
        return page
    parts = {related.kind: related.target for related in package.related(part).values()}
    styles = read_styles(_part(package, part, parts, "styles"))
    lists = read_lists(_part(package, part, parts, "numbering"))
    _drop_idle(root, styles)
    walk, flow = Walk(styles, lists, cache(partial(_kind_of_notes, root))), Flow()
    walk.blocks(body, flow)
    for note in _NOTES:
        _append_notes(_part(package, part, parts, f"{note}s"), walk, note, flow)
    return content_of(write_page(flow))


def _web_page(package: Package, part: str, body: Any) -> Content | None:
    """Return the page that is all that a document holds: programs of the web put one into a package and call it a document."""
    inside = [child for child in body.iterchildren("{*}*") if local(child) != "sectPr"]
    if len(inside) != 1 or local(inside[0]) != "altChunk":
        return None
    named = package.related(part).get(attributes(inside[0]).get("id", ""))
    data = package.read(named.target) if named else None
    media = media_type(data) if data else None
    if data and media == "text/html" and len(data) <= _LARGEST_PAGE:
        return html.read(data)
    return mht.read(data) if data and media == "multipart/related" else None


def _drop_idle(root: Any, styles: Styles) -> None:
    """Drop the properties that change nothing of what is read: most of the elements, and of the time to walk them."""
    idle = list(_IDLE)
    plain = not _has_any(root, _OF_CHARACTERS)
    if plain:
        idle.append("{*}rPr")
        if styles.idle and not _has_any(root, _OF_PARAGRAPHS):
            idle.append("{*}pPr")
    etree.strip_elements(root, *idle, with_tail=False)
    if plain:  # a run is nothing but the text in it
        etree.strip_tags(root, "{*}r")


def _has_any(root: Any, names: Iterable[str]) -> bool:
    return next(root.iter(*names), None) is not None


def _part(package: Package, document: str, parts: Mapping[str, str], kind: str) -> Any | None:
    return package.xml(parts.get(kind, posixpath.join(posixpath.dirname(document), f"{kind}.xml")))


def _kind_of_notes(root: Any, note: str) -> str:
    """Return the kind of numbers that footnotes or endnotes bear; Arabic ones where nothing is said."""
    told = root.find(f".//{{*}}sectPr/{{*}}{note}Pr/{{*}}numFmt")
    return "decimal" if told is None else attributes(told).get("val", "decimal")


def _append_notes(root: Any | None, walk: Walk, kind: str, flow: Flow) -> None:
    """Put the notes that were referred to behind the text, in the order of their numbers."""
    notes = {} if root is None else {attributes(note).get("id", ""): note for note in root.iterchildren(f"{{*}}{kind}")}
    for name in list(walk.notes.get(kind, ())):
        if name in notes:
            walk.note = walk.mark(kind, name)
            inside = Flow()
            walk.blocks(notes[name], inside)
            flow.add(inside)
