"""Personal data is masked before anything else sees the text, and once more in whatever was put together from it."""

import dataclasses
from typing import Any, TypeVar

from services.parse.document import Block, Content, Grid, GridCell
from shared.model.cell import AlteredLabel, Cell, PrintedRow, Printing, Table
from shared.model.claim import Claim
from shared.model.report import Mark, Report, Section
from shared.personal.marks import cover, find, mask_text

Part = TypeVar("Part", AlteredLabel, Cell, Claim, PrintedRow, Section)


def mask(content: Content, key: bytes | None = None) -> tuple[Content, tuple[Mark, ...]]:
    """Return the content with personal data masked in its text, cells, title and agency, and the text's marks in order."""
    marks = find(content.folded, key)
    title, agency = (told and mask_text(told) for told in (content.title, content.agency))
    if (title, agency) != (content.title, content.agency):
        content = dataclasses.replace(content, title=title, agency=agency)
    if not marks:
        return content, ()
    text = cover(content.text, marks)
    return dataclasses.replace(content, text=text, blocks=tuple(_block(each, text) for each in content.blocks)), marks


def _block(block: Block, text: str) -> Block:
    """Return the block of the masked text: a cell says what stands at its place, never what the reader took from there."""
    if not isinstance(block, Grid):
        return block
    rows = tuple(tuple(_cell(cell, text) for cell in row) for row in block.rows)
    return dataclasses.replace(block, rows=rows)


def _cell(cell: GridCell, text: str) -> GridCell:
    return cell._replace(text=text[cell.start : cell.end]) if cell.text else cell


def sealed(report: Report) -> Report:
    """Return the report with nothing personal in any string put together from its text: joined lines, dropped spaces."""
    return dataclasses.replace(
        report,
        agency=report.agency and mask_text(report.agency),
        title=report.title and mask_text(report.title),
        sections=_each(report.sections, "title"),
        tables={number: _table(table) for number, table in report.tables.items()},
        claims=_each(report.claims, "quote"),
    )


def _table(table: Table) -> Table:
    return Table(table.form, table.state, _each(table.cells, "raw"), _printing(table.printing))


def _printing(printing: Printing) -> Printing:
    return dataclasses.replace(
        printing,
        rows=_each(printing.rows, "label"),
        altered=_each(printing.altered, "found"),
        copies=tuple(_each(cells, "raw") for cells in printing.copies),
    )


def _each(parts: tuple[Part, ...], name: str) -> tuple[Part, ...]:
    """Return the parts with personal data masked in their string of this name."""
    return tuple(_with(part, name) for part in parts)


def _with(part: Part, name: str) -> Part:
    told = getattr(part, name)
    masked: dict[str, Any] = {name: mask_text(told) if told else told}
    return part if masked[name] == told else dataclasses.replace(part, **masked)
