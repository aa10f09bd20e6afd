"""What a file is, told from its first bytes; its name only tells kinds of plain text apart."""

import codecs
import io
import re
import zipfile
from typing import Literal

PICTURES = ("image/png", "image/jpeg", "image/tiff", "image/bmp", "image/webp", "image/gif")
UNKNOWN = "application/octet-stream"
PDF = "application/pdf"
_OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX = f"{_OFFICE}wordprocessingml.document"
XLSX = f"{_OFFICE}spreadsheetml.sheet"
XLS = "application/vnd.ms-excel"
DOC = "application/msword"
RTF = "application/rtf"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
OFD = "application/ofd"
XLSB = "application/vnd.ms-excel.sheet.binary.macroenabled.12"
RAR, SEVEN_ZIP, GZIP = "application/vnd.rar", "application/x-7z-compressed", "application/gzip"
# Nobody has registered names for these: Office's files of one XML document.
FLAT_DOCX = "application/vnd.ms-word.document+xml"
WORD_2003, EXCEL_2003 = "application/vnd.ms-word.2003+xml", "application/vnd.ms-excel.2003+xml"
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."

_MAGIC = (
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\x1f\x8b", GZIP),
    (b"Rar!\x1a\x07", RAR),
    (b"7z\xbc\xaf\x27\x1c", SEVEN_ZIP),
)
_OFFICE_PARTS = (
    ("word/document", DOCX),
    ("xl/workbook.bin", XLSB),
    ("xl/workbook", XLSX),
    ("OFD.xml", OFD),
)
_OFFICE_XML = (
    ("<pkg:package ", FLAT_DOCX),
    ("<w:wordDocument ", WORD_2003),
    ('"urn:schemas-microsoft-com:office:spreadsheet"', EXCEL_2003),
)
_OLE_STREAMS = (
    ("EncryptedPackage", "application/x-ole-encrypted"),
    ("WordDocument", DOC),
    ("Workbook", XLS),
)
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

_BLANK = b"\xef\xbb\xbf \t\r\n"
_LOOK = 65536
_WIDE_LOOK = 4096
_XML_LOOK = 2000  # characters
_WIDE_NULS = 100  # UTF-16 text has a NUL in so many bytes at least: line ends and digits
_HIGH_SHARE = 0.9
# of ASCII, punctuation, ideographs and full-width forms
_HIGH_BYTES = bytes((0x00, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x30, *range(0x4E, 0xA0), 0xFF))
_ZIP_NAME = re.compile(rb"PK\x03\x04.{22}(..)..", re.DOTALL)
_MAIL = re.compile(
    r"\s*(?:[\w-]{1,40}:[^\n]{0,500}\n(?:[ \t][^\n]{0,500}\n)*){0,20}?Content-Type:\s*(?:multipart/|text/html)",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"<!doctype html|<(?:html|head|body|table|td|div|span|p|meta|script|br)\b[^<>]{0,500}>|</(?:p|div|td)>",
    re.IGNORECASE,
)
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,99}<(?:!doctype )?html[\s>]", re.IGNORECASE)
_MARKDOWN = re.compile(r"^#{1,6} \S|^\|? ?:?-{3,}:? ?\|", re.MULTILINE)
_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_BYTES = bytes([*range(0x01, 0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])


def is_pdf(data: bytes) -> bool:
    """Whether these bytes are a PDF, whose head may stand behind a little junk."""
    return b"%PDF-" in data[:1024]


def media_type(data: bytes, name: str = "") -> str:
    """Return the media type of a file's bytes; `application/octet-stream` where they are no known format."""
    if is_pdf(data):
        return PDF
    if data[:_WIDE_LOOK].lstrip(_BLANK).startswith(b"{\\rtf"):
        return RTF
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    found = next((media for magic, media in _MAGIC if data.startswith(magic)), None)
    if found == "application/zip":
        return _in_zip(data)
    if found == "application/x-ole-storage":
        return _in_ole(data)
    if found == "image/bmp" and data[6:10] != b"\0\0\0\0":
        found = None
    return found or ("text/html" if _begins_as_page(data) else _of_text(data, name))


def _begins_as_page(data: bytes) -> bool:
    """Whether this is text that begins as most web pages do: then the rest need not be looked at."""
    return _PAGE.match(data) is not None and _as_text(data[:_WIDE_LOOK]) is not None


def _in_zip(data: bytes) -> str:
    if data[30:38] == b"mimetype" and data[38:].startswith(_OPEN_DOCUMENT):
        kind = re.match(rb"[a-z-]+", data[38 + len(_OPEN_DOCUMENT) : 100])
        return (_OPEN_DOCUMENT + (kind[0] if kind else b"text")).removesuffix(b"PK").decode()
    names = _zip_names(data)
    return next((media for part, media in _OFFICE_PARTS if any(part in name for name in names)), "application/zip")


def _zip_names(data: bytes) -> list[str]:
    """Return the member names; those of a cut-off archive from the entries that are still there."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        entries = _ZIP_NAME.finditer(data[:_LOOK])
        return [
            data[entry.end() : entry.end() + int.from_bytes(entry[1], "little")].decode("ascii", "replace")
            for entry in entries
        ]


def _in_ole(data: bytes) -> str:
    for stream, media in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            return media
    return "application/x-ole-storage"


def _of_text(data: bytes, name: str) -> str:
    text = _as_text(data[:_LOOK])
    if text is None:
        return UNKNOWN
    if _MAIL.match(text):
        return "multipart/related"
    if text[:_XML_LOOK].lstrip("\ufeff \t\r\n").startswith("<?xml"):
        office = next((media for sign, media in _OFFICE_XML if sign in text[:_XML_LOOK]), None)
        if office is not None:
            return office
    if _TAG.search(text):
        return "text/html"
    if name.lower().endswith((".md", ".markdown")) or _MARKDOWN.search(text):
        return "text/markdown"
    return "text/plain"


def utf_16_without_mark(data: bytes) -> Literal["utf-16-le", "utf-16-be"] | None:
    """Return the byte order of Chinese text in UTF-16 that does not tell it, or None for anything else.

    It has NULs, which other text has not, and nearly all bytes on one side are the high bytes of its characters.
    """
    head = data[:_WIDE_LOOK]
    if head.count(0) * _WIDE_NULS < max(len(head), 1):
        return None
    big, little = (_share_of_high_bytes(head[side::2]) for side in (0, 1))
    if max(big, little) < _HIGH_SHARE or big == little:
        return None
    return "utf-16-le" if little > big else "utf-16-be"


def _share_of_high_bytes(side: bytes) -> float:
    return 1 - len(side.translate(None, _HIGH_BYTES)) / max(len(side), 1)


def _as_text(head: bytes) -> str | None:
    """Return the beginning of a text in the encoding it seems to have, or None where it is no text."""
    encoding = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), utf_16_without_mark(head))
    controlled = len(head.translate(None, _CONTROL_BYTES)) < len(head)  # quick: text has none in any encoding
    for candidate in (encoding,) if encoding else ("utf-8", "gb18030", "big5hkscs"):
        text = codecs.getincrementaldecoder(candidate)("replace").decode(
            head
        )  # a character cut off at the end is no fault
        strange = (len(_CONTROL.findall(text)) if controlled else 0) + text.count("�")
        if strange * 50 <= len(text):
            return text
    return None
