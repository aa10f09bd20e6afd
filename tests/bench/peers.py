"""The libraries that people read reports with instead, and the least that must be done at all: what bench_formats compares with."""

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import olefile
from lxml import etree
from python_calamine import CalamineWorkbook
from selectolax.lexbor import LexborHTMLParser

from services.parse.document import Content
from services.parse.readers import html, text
from services.parse.readers.page import CellText, Page
from shared.media import DOC, DOCX, PDF, XLSX


@dataclass(frozen=True)
class Peer:
    """A library: what it must have installed, how it reads bytes, and its result as a document (None: a floor, not compared)."""

    name: str
    needs: tuple[str, ...]
    read: Callable[[bytes], Any]
    content: Callable[[Any], Content] | None = None


def gridded(tables: Iterable[Sequence[Sequence[object]]]) -> Content:
    """Return grids as a document."""
    page = Page()
    for rows in tables:
        page.table([[CellText((word,) if (word := _word(value)) else ()) for value in row] for row in rows])
        page.end_line()
    written, blocks = page.finished()
    return Content(written, blocks)


def _word(value: object) -> str:
    """Return a cell's text: a count that a library made a fraction counts as read."""
    if value is None or value != value:  # noqa: PLR0124 - not a number
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else " ".join(str(value).split())


def plain(told: str | None) -> Content:
    """Return text or Markdown as a document."""
    return text.read((told or "").encode())


def markup(told: str) -> Content:
    """Return HTML as a document."""
    return html.read(told.encode())


def pandas_html(data: bytes) -> Any:
    """Read the tables of a page."""
    return import_module("pandas").read_html(io.StringIO(data.decode()))


def pandas_excel(data: bytes) -> Any:
    """Read all sheets of a workbook."""
    return list(import_module("pandas").read_excel(io.BytesIO(data), sheet_name=None, header=None).values())


def frames(found: Any) -> Content:
    """Return data frames as a document."""
    return gridded(
        [
            ([] if frame.columns.inferred_type == "integer" else [list(frame.columns)]) + frame.to_numpy().tolist()
            for frame in found
        ]
    )


def trafilatura(data: bytes) -> str | None:
    """Extract a page's text with its tables."""
    return import_module("trafilatura").extract(data.decode(), include_tables=True)


def markitdown(suffix: str) -> Callable[[bytes], str]:
    """Return what turns a file into Markdown; the converter is made once."""
    converter: list[Any] = []

    def read(data: bytes) -> str:
        converter[:] = converter or [import_module("markitdown").MarkItDown()]
        return str(converter[0].convert_stream(io.BytesIO(data), file_extension=suffix).markdown)

    return read


def python_docx(data: bytes) -> list[list[list[str]]]:
    """Read the tables of a Word document, a merged cell once."""
    return [
        [[cell.text for cell in dict.fromkeys(row.cells)] for row in table.rows]
        for table in import_module("docx").Document(io.BytesIO(data)).tables
    ]


def mammoth(data: bytes) -> str:
    """Turn a Word document into HTML."""
    return str(import_module("mammoth").convert_to_html(io.BytesIO(data)).value)


def pdfplumber(data: bytes) -> list[list[list[str | None]]]:
    """Read the tables of a PDF."""
    with import_module("pdfplumber").open(io.BytesIO(data)) as document:
        return [table for page in document.pages for table in page.extract_tables()]


def openpyxl(data: bytes) -> list[list[tuple[object, ...]]]:
    """Read all sheets of a workbook."""
    return [
        list(sheet.iter_rows(values_only=True)) for sheet in import_module("openpyxl").load_workbook(io.BytesIO(data))
    ]


def selectolax(data: bytes) -> Any:
    """Parse a page, and no more."""
    return LexborHTMLParser(data.decode())


def unzipped(data: bytes) -> Any:
    """Unpack the body of a Word document and parse it, and no more."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read("word/document.xml"))


def streams(data: bytes) -> Any:
    """Take the streams of a Word 97 document, and no more."""
    with olefile.OleFileIO(io.BytesIO(data)) as file:
        return [file.openstream(name).read() for name in file.listdir()]


def pypdfium2(data: bytes) -> int:
    """Take the text of all pages, and no more."""
    with import_module("pypdfium2").PdfDocument(data) as document:
        return sum(len(page.get_textpage().get_text_range()) for page in document)


def calamine(data: bytes) -> Any:
    """Read the cells of all sheets, and no more."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


PEERS: dict[str, tuple[Peer, ...]] = {
    "text/html": (
        Peer("selectolax parse (floor)", ("selectolax",), selectolax),
        Peer("pandas.read_html", ("pandas", "lxml"), pandas_html, frames),
        Peer("trafilatura", ("trafilatura",), trafilatura, plain),
        Peer("markitdown", ("markitdown",), markitdown(".html"), plain),
    ),
    DOCX: (
        Peer("unzip and lxml parse (floor)", ("lxml",), unzipped),
        Peer("python-docx", ("docx",), python_docx, gridded),
        Peer("mammoth", ("mammoth",), mammoth, markup),
        Peer("markitdown", ("markitdown", "mammoth"), markitdown(".docx"), plain),
    ),
    DOC: (Peer("olefile streams (floor)", ("olefile",), streams),),
    XLSX: (
        Peer("python-calamine (floor)", ("python_calamine",), calamine),
        Peer("openpyxl", ("openpyxl",), openpyxl, gridded),
        Peer("pandas.read_excel", ("pandas", "openpyxl"), pandas_excel, frames),
        Peer("markitdown", ("markitdown", "pandas", "openpyxl"), markitdown(".xlsx"), plain),
    ),
    PDF: (
        Peer("pypdfium2 text (floor)", ("pypdfium2",), pypdfium2),
        Peer("pdfplumber", ("pdfplumber",), pdfplumber, gridded),
        Peer("markitdown", ("markitdown", "pdfminer"), markitdown(".pdf"), plain),
    ),
}
