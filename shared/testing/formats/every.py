"""Every file format that made reports are written in, in one table."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from shared.testing.formats import doc, docx, html, odt, pdf, pdf_leaves, rtf, sheet


class Format(NamedTuple):
    """How a format is written: `write(parts, variant)`, and the variants in which the reader of the report sees the same."""

    write: Callable[..., bytes]
    variants: tuple[str, ...]


FORMATS: Mapping[str, Format] = {
    "html": Format(html.write, html.VARIANTS),
    "docx": Format(docx.write, docx.VARIANTS),
    "doc": Format(doc.write, doc.VARIANTS),
    "rtf": Format(rtf.write, rtf.VARIANTS),
    "odt": Format(odt.write, odt.VARIANTS),
    "xlsx": Format(sheet.write, sheet.VARIANTS),
    "pdf": Format(pdf.write, pdf_leaves.VARIANTS),
}
"""Name -> how it is written; scans are apart, for reading one takes seconds."""
