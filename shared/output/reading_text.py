"""What was read from documents, for a person at a terminal: each table with its figures, none judged."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from rich.console import Console
from rich.table import Table as Listing

from shared.forms import FORMS as FORM_TABLES
from shared.forms.form import Row
from shared.forms.printed import printed_column, printed_row, printed_table
from shared.model.cell import FormEdition, Table, TableNumber
from shared.model.report import Document, Report
from shared.output.checked import FORMS, STATUSES
from shared.output.columns import printable, wrap
from shared.output.meanings import edition_of, shown
from shared.output.reading import is_unsure, remarks, tally

_INDENT = "  "
_LABEL = 34
_DOUBT = "?"


def reading_text(documents: Sequence[Document], *, columns: int) -> str:
    """Return what was read from each document, in lines of at most so many columns where the figures allow it."""
    blocks = ["\n".join(_document(document, columns)) for document in documents]
    doubted = any(is_unsure(cell) for d in documents for r in d.reports for t in r.tables.values() for cell in t.cells)
    closing = [wrap(f"数字后有“{_DOUBT}”的，没有十足把握。", columns)] if doubted else []
    return "\n\n".join([*blocks, *closing]) + "\n"


def _document(document: Document, columns: int) -> Iterator[str]:
    yield printable(document.source)
    if document.status != "report":
        why = f"：{document.reason.message}" if document.reason else ""
        yield wrap(f"{STATUSES[document.status]}{why}", columns, _INDENT, _INDENT)
    for report in document.reports:
        yield from _report(report, columns)


def _report(report: Report, columns: int) -> Iterator[str]:
    form = FORMS[report.form] if report.form else "格式未能识别"
    year = f"{report.year}年度" if report.year else "年度未能识别"
    yield wrap(f"{report.agency or '机关未能识别'}　{year}　{form}", columns, _INDENT, _INDENT)
    yield wrap(f"标题：{report.title or '未能识别'}", columns, _INDENT, _INDENT)
    for number, table in sorted(report.tables.items()):
        yield ""
        yield from _table(number, table, columns)


def _table(number: TableNumber, table: Table, columns: int) -> Iterator[str]:
    counts = tally(table)
    told = " ".join([f"{counts}。" if counts else "", *remarks(table)]).strip()
    yield wrap(f"{printed_table(number)} {told}", columns, _INDENT, _INDENT)
    if counts is None:
        return
    edition = edition_of(number, table)
    for _, rows in groupby(FORM_TABLES[edition].tables[number].rows, key=lambda row: row.columns):
        yield from _rows(edition, number, list(rows), table, columns)


def _rows(edition: FormEdition, number: TableNumber, rows: Sequence[Row], table: Table, columns: int) -> Iterator[str]:
    """Yield the rows that have the same columns, under the names of these."""
    listing = Listing(box=None, pad_edge=False)
    listing.add_column("", max_width=_LABEL, overflow="fold")
    for column in rows[0].columns:
        listing.add_column(printed_column(edition, number, column.name), justify="right", overflow="fold")
    for row in rows:
        cells = (table.cell(row.path, column.name) for column in row.columns)
        figures = (printable(shown(cell)) + _DOUBT * is_unsure(cell) for cell in cells)
        listing.add_row(printed_row(edition, number, row.path), *figures)
    console = Console(width=columns - len(_INDENT) * 2, markup=False, highlight=False, no_color=True)
    with console.capture() as captured:
        console.print(listing)
    yield from (f"{_INDENT * 2}{line}".rstrip() for line in captured.get().splitlines())
