"""Media types are told from bytes, not from names."""

import io
import random
import zipfile

import pytest

from shared.media import media_type, utf_16_without_mark
from shared.testing.formats import doc, docx, mht, odt, rtf, sheet
from shared.testing.layouts import outline, render

SENTENCE = "样例市数据局2024年政府信息公开工作年度报告\n一、总体情况\n"


def _zip(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "content")
    return buffer.getvalue()


def _open_document(kind: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", "<x/>")
    return buffer.getvalue()


def _ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le") + bytes(100)


def _xml(program: str, root: str) -> bytes:
    return f'\ufeff<?xml version="1.0"?>\r\n<?mso-application progid="{program}"?>\r\n{root}'.encode()


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (b"%PDF-1.7\n", "application/pdf"),
        (b"\n\n%PDF-1.4", "application/pdf"),
        (_zip("[Content_Types].xml", "word/document.xml"), DOCX),
        (_zip("[Content_Types].xml", "word/document.xml")[:-30], DOCX),
        (_zip("[Content_Types].xml", "xl/workbook.xml"), XLSX),
        (_zip("[Content_Types].xml", "xl/workbook.bin"), "application/vnd.ms-excel.sheet.binary.macroenabled.12"),
        (_zip("OFD.xml", "Doc_0/Document.xml"), "application/ofd"),
        (_zip("a.txt"), "application/zip"),
        (_xml("Word.Document", '<pkg:package xmlns:pkg="x">'), "application/vnd.ms-word.document+xml"),
        (_xml("Word.Document", '<w:wordDocument xmlns:w="x">'), "application/vnd.ms-word.2003+xml"),
        (
            _xml("Excel.Sheet", '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Table>'),
            "application/vnd.ms-excel.2003+xml",
        ),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body>", "text/html"),
        (_open_document("text"), "application/vnd.oasis.opendocument.text"),
        (_open_document("spreadsheet"), "application/vnd.oasis.opendocument.spreadsheet"),
        (_ole("WordDocument"), "application/msword"),
        (_ole("Workbook"), "application/vnd.ms-excel"),
        (_ole("EncryptedPackage"), "application/x-ole-encrypted"),
        (_ole("Other"), "application/x-ole-storage"),
        (b"{\\rtf1\\ansi", "application/rtf"),
        (b"\xef\xbb\xbf\r\n {\\rtf1\\ansi", "application/rtf"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n", "multipart/related"),
        (b"From: <saved>\nContent-Type: multipart/related;\n", "multipart/related"),
        (b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>=3D</p>", "multipart/related"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"<!DOCTYPE html><html></html>", "text/html"),
        (b"\xef\xbb\xbf\r\n<HTML lang=zh>", "text/html"),
        (b"<html>" + bytes(range(1, 256)) * 20, "application/octet-stream"),
        (b"<htmlx>\n" + SENTENCE.encode(), "text/plain"),
        ("<p>一、总体情况</p>".encode("gb18030"), "text/html"),
        (("\ufeff<html>" + SENTENCE).encode("utf-16-le"), "text/html"),
        (SENTENCE.encode(), "text/plain"),
        (SENTENCE.encode("gb18030") * 4000, "text/plain"),
        (SENTENCE.encode() * 4000, "text/plain"),
        (("\ufeff" + SENTENCE).encode("utf-16-be"), "text/plain"),
        (("總體情況與統計" * 30).encode("big5hkscs"), "text/plain"),
        (("# " + SENTENCE).encode(), "text/markdown"),
        (b"| a | b |\n|---|---|\n", "text/markdown"),
        (b"BMW", "text/plain"),
        (b"", "text/plain"),
        (bytes(range(256)) * 10, "application/octet-stream"),
    ],
)
def test_bytes_tell_the_format(data, media):
    """Every known format is recognised by its bytes, whatever the name says."""
    assert media_type(data, "report.doc") == media


@pytest.mark.parametrize(
    "name", ["a.doc", "a.docx", "a.wps", "a.rtf", "a.html", "a.mht", "a.xls", "a.txt", "a.md", "a"]
)
def test_a_report_is_what_its_bytes_are_whatever_its_name(name):
    """Programs and people give documents each other's names."""
    parts = outline({})
    written = {
        "application/msword": doc.write(parts),
        "application/rtf": rtf.write(parts),
        DOCX: docx.write(parts),
        XLSX: sheet.write(parts),
        "application/vnd.oasis.opendocument.text": odt.write(parts),
        "multipart/related": mht.write(parts),
        "text/html": render({}, style="word_html").encode("gb18030"),
    }
    assert [media_type(data, name) for data in written.values()] == list(written)


def test_a_name_tells_markdown_from_text():
    """Between two kinds of plain text the name decides."""
    assert media_type(SENTENCE.encode(), "a.MD") == "text/markdown"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_text_cut_off_in_a_character_is_text(encoding):
    """A short text that ends inside a character is still a text."""
    assert media_type("样例市数据局".encode(encoding)[:-1]) == "text/plain"


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_recognised_without_its_mark(order):
    """Chinese text, a page, and a text of one line tell their byte order."""
    for text in (SENTENCE * 50, f"<html><body>{SENTENCE}</body></html>", "2024年报\n"):
        assert utf_16_without_mark(text.encode(order)) == order


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0",
        bytes(5000),
        b"a\0b\0\0c\0d" * 100,
        "1\0年\0".encode() * 1000,
        "年报\n".encode() * 1000,
        "年报\n".encode("gb18030") * 999,
    ],
)
def test_other_bytes_are_no_utf_16(data):
    """NULs on both sides, or none, tell no byte order."""
    assert utf_16_without_mark(data) is None


def test_noise_is_no_text():
    """Random bytes are an unknown format."""
    assert media_type(random.Random(7).randbytes(1 << 20)) == "application/octet-stream"
