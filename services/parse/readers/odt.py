"""OpenDocument texts and spreadsheets (ODT, ODS)."""

from typing import Any

from services.parse.document import Content, Unreadable
from services.parse.readers.flow import Flow, write_page
from services.parse.readers.odf_styles import read_styles
from services.parse.readers.odf_tables import read_sheet
from services.parse.readers.odf_text import Walk
from services.parse.readers.package import Package, attributes
from services.parse.readers.page import Page
from services.parse.readers.pictures import content_of
from services.parse.readers.sheet_cells import UNSURE
from services.parse.readers.sheet_page import MOST_SHEETS, write_sheets


def read(data: bytes) -> Content:
    """Return the content of an OpenDocument file; Unreadable where it is damaged, encrypted, or beyond any report's structure."""
    package = Package.of(data)
    manifest = package.xml("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter("{*}encryption-data"), None) is not None:
        raise Unreadable("an encrypted document", "encrypted")
    root = package.xml("content.xml")
    body = None if root is None else root.find("{*}body")
    if body is None:
        raise Unreadable("no document in the package", "damaged")
    walk = Walk(read_styles(package.xml("styles.xml"), root))
    sheets = body.find("{*}spreadsheet")
    page, sure = (_text(body, walk), True) if sheets is None else _sheets(sheets, walk)
    return content_of(page, confidence=1.0 if sure else UNSURE)


def _text(body: Any, walk: Walk) -> Page:
    flow = Flow()
    walk.blocks(body, flow)
    for note in walk.notes:
        flow.add(note)
    return write_page(flow)


def _sheets(parent: Any, walk: Walk) -> tuple[Page, bool]:
    """Return the page of the sheets that are not hidden, and whether everything is surely as it is shown."""
    tables = parent.findall("{*}table")
    if len(tables) > MOST_SHEETS:
        raise Unreadable("more sheets than any report")
    shown = (table for table in tables if not walk.styles.hidden("table", attributes(table).get("style-name")))
    sheets = [read_sheet(table, walk.inside) for table in shown]
    return write_sheets(sheets), all(sheet.sure for sheet in sheets)
