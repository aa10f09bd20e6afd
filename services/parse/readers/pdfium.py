"""A PDF as PDFium opens it: its pages one at a time, and each as a picture.

PDFium is not thread-safe: one document at a time in a process.
"""

import ctypes
import math
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2  # noqa: F401 - starts the library
from pypdfium2 import raw

from services.parse.document import Unreadable
from services.parse.readers.raster import MOST_PAGES, Raster

_MOST_NOTES = 1000
_EMPTY = 2  # bytes of a text without characters
_UNDER_GLASS = frozenset({raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP})  # nothing of them is seen on the page


Handle = Any
"""An address that PDFium gave."""


class Item(ctypes.c_void_p):
    """The address of an object of a page, as PDFium takes it again: a plain number has to be told as an address every time."""


def function(name: str, *arguments: Any, returns: Any = ctypes.c_int) -> Any:
    """Return a function of PDFium that takes plain addresses: those called for every character or line must cost little.

    One of which no arguments are told takes handles and references as they are, in half of the time again.
    """
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0
    return ctypes.PYFUNCTYPE(returns, *arguments)(address)


@contextmanager
def opened(data: bytes) -> Iterator[Handle]:
    """Open a document; Unreadable where it is damaged, locked with a password, or of more than MOST_PAGES pages."""
    document = raw.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        locked = raw.FPDF_GetLastError() in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}
        raise Unreadable("cannot be opened", "encrypted" if locked else "damaged")
    try:
        yield document
    finally:
        raw.FPDF_CloseDocument(document)


def page_count(document: Handle) -> int:
    """Return how many pages there are; Unreadable beyond MOST_PAGES, and where there is none."""
    pages = int(raw.FPDF_GetPageCount(document))
    if pages > MOST_PAGES:
        raise Unreadable(f"{pages} pages", "too_many_pages")
    if pages < 1:
        raise Unreadable("no pages", "damaged")
    return pages


@contextmanager
def page_of(document: Handle, number: int) -> Iterator[Handle]:
    """Open a page, from 0, with all that is printed over it: filled-in fields, typed notes, stamps.

    Unreadable where it is damaged, or where something over it is not drawn in the file itself.
    """
    page = raw.FPDF_LoadPage(document, number)
    if page and _has_notes(page):
        flat = raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
        raw.FPDF_ClosePage(page)
        page = raw.FPDF_LoadPage(document, number) if flat != raw.FLATTEN_FAIL else None
    if not page:
        raise Unreadable("a page that cannot be read", "damaged")
    try:
        yield page
    finally:
        raw.FPDF_ClosePage(page)


def _has_notes(page: Handle) -> bool:
    notes = raw.FPDFPage_GetAnnotCount(page)
    seen = [_is_seen(page, number) for number in range(min(notes, _MOST_NOTES))]
    return notes > _MOST_NOTES or any(seen)


def _is_seen(page: Handle, number: int) -> bool:
    """Whether a note is seen on the page; Unreadable for a filled-in field that programs should draw by themselves."""
    note = raw.FPDFPage_GetAnnot(page, number)
    if not note:
        return False
    try:
        kind = raw.FPDFAnnot_GetSubtype(note)
        drawn = raw.FPDFAnnot_GetAP(note, raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL, None, 0) > _EMPTY
        if kind == raw.FPDF_ANNOT_WIDGET and not drawn and raw.FPDFAnnot_GetStringValue(note, b"V", None, 0) > _EMPTY:
            raise Unreadable("a field that is not drawn", "no_recognition")
        return kind not in _UNDER_GLASS
    finally:
        raw.FPDFPage_CloseAnnot(note)


def raster(page: Handle, pixels: int) -> Raster:
    """Return a page as it is shown, with at most so many pixels."""
    wide, high = raw.FPDF_GetPageWidthF(page), raw.FPDF_GetPageHeightF(page)
    scale = math.sqrt(pixels / max(wide * high, 1))
    width, height = max(int(wide * scale), 1), max(int(high * scale), 1)
    bitmap = raw.FPDFBitmap_CreateEx(width, height, raw.FPDFBitmap_Gray, None, 0)
    if not bitmap:
        raise MemoryError
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xFFFFFFFF)
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT)
        return Raster(width, height, _rows(bitmap, width, height), scale)
    finally:
        raw.FPDFBitmap_Destroy(bitmap)


def _rows(bitmap: Handle, width: int, height: int) -> bytes:
    """Return the pixels without what pads the rows."""
    stride = raw.FPDFBitmap_GetStride(bitmap)
    pixels = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * height)
    return b"".join(pixels[row * stride : row * stride + width] for row in range(height))
