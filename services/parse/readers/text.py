"""Plain text and Markdown, as pasted or extracted: decoded by looking, one paragraph a line."""

import codecs
import contextlib
import re
import string

from services.parse.document import Content, Paragraph, Unreadable
from services.parse.labels import EXACT, HEAD_LETTERS
from shared.media import utf_16_without_mark
from shared.simplified import simplify
from shared.text import normalise

LONGEST = 4 * 1024 * 1024
"""Characters; a longer text is no annual report."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BOMS = tuple(mark for mark, _ in _MARKS)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "big5": "big5hkscs", "hz": "gb18030"}
_USUAL = frozenset("".join(EXACT)).union(*HEAD_LETTERS.values()) - frozenset(string.ascii_letters + string.digits)
_SAMPLE = 20_000
_TURNED, _UNSURE = "\u202e", 0.8  # what follows this character is shown from right to left
_LINE = re.compile(r"^[^\S\n]*\S[^\n]*", re.MULTILINE)
_PRONOUNCED = re.compile("(?<=[\u3400-\u9fff])(?:[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}[)）])+")
_ENOUGH_PRONOUNCED = 10  # fewer may be words of the report: 公里(km), 应用(app)
_PICTURE_NAME = re.compile(r"\]\(|\.(?:png|jpe?g|gif|bmp|webp)", re.IGNORECASE)
_PICTURE = re.compile(
    r"^[^\S\n]*(?:!\[[^\]\n]{0,200}\]\([^)\n]{1,500}\)|\S{1,100}\.(?:png|jpe?g|gif|bmp|webp))[^\S\n]*$",
    re.MULTILINE | re.IGNORECASE,
)


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the text of these bytes: by byte order mark, as UTF-16 by its look, strict UTF-8, else the most plausible.

    `declared` is a charset that the document claims; gb2312 and gbk are read as gb18030, which holds them both.
    """
    return decoded(data, declared)[0]


def decoded(data: bytes, declared: str | None = None) -> tuple[str, bytes]:
    """Return the text of these bytes as `decode` does, and its bytes in UTF-8: mostly the same bytes."""
    with contextlib.suppress(UnicodeDecodeError):
        if not data.startswith(_BOMS) and utf_16_without_mark(data) is None:
            return data.decode("utf-8"), data
    text = _decoded(data, declared)
    return text, text.encode("utf-8", errors="replace")


def _decoded(data: bytes, declared: str | None) -> str:
    """Return the text of bytes that are not plainly UTF-8."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    if (wide := utf_16_without_mark(data)) is not None:
        return data.decode(wide, errors="replace")
    candidates = dict.fromkeys(filter(None, (_known(declared), "gb18030", "utf-8", "big5hkscs")))
    return max((data.decode(encoding, errors="replace") for encoding in candidates), key=_plausibility)


def _known(declared: str | None) -> str | None:
    try:
        name = codecs.lookup(declared.strip().strip("'\"")).name if declared else None
    except (LookupError, ValueError):
        return None
    return _WIDER.get(name, name) if name else None


def _plausibility(text: str) -> int:
    """Return how many characters are those of the official forms, less those lost: Big5 read as GB18030 loses none."""
    return sum(map(simplify(text[:_SAMPLE]).count, _USUAL)) - text.count("\ufffd")


def read(data: bytes) -> Content:
    """Return the content of plain text or Markdown; Unreadable where it is longer than any report."""
    published = decode(data)
    text = _without_pronunciation(normalise(published))
    if len(text) > LONGEST:
        raise Unreadable(f"{len(text)} characters of text")
    return Content(
        text=text,
        blocks=tuple(Paragraph(*line.span()) for line in _LINE.finditer(text)),
        pictures=len(_PICTURE.findall(text)) if _PICTURE_NAME.search(text) else 0,
        confidence=_UNSURE if _TURNED in published else 1.0,
    )


def _without_pronunciation(text: str) -> str:
    """Return the text without the sounds that mirror pages put behind characters all over: 公开(kāi)年报(bào)."""
    bare, sounds = _PRONOUNCED.subn("", text)
    return bare if sounds >= _ENOUGH_PRONOUNCED else text
