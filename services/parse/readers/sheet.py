"""Spreadsheets: XLSX, and XLS and ET as binary workbooks."""

from services.parse.document import Content, Unreadable
from services.parse.readers.package import Package
from services.parse.readers.workbook import read_workbook
from services.parse.readers.xls import read_xls


def read(data: bytes) -> Content:
    """Return the content of a workbook; Unreadable where it is damaged, encrypted, of a kind not read, or too large."""
    if not data.startswith(b"PK"):
        return read_xls(data)
    package = Package.of(data)
    if package.main_part("").endswith(".bin"):
        raise Unreadable("a workbook in Excel's binary packages", "xlsb")
    return read_workbook(package)
