"""Which characters the bytes of an RTF file are: by its fonts, and by the code page of the whole."""

import codecs
from dataclasses import dataclass, field
from functools import lru_cache

WESTERN, CHINESE = "cp1252", "gb18030"

_SYMBOLS = "symbols"
_OF_CHARSETS = dict(
    zip(
        (0, 2, 77, 128, 129, 130, 134, 136, 161, 162, 163, 177, 178, 186, 204, 222, 238, 254, 255),
        (
            *(WESTERN, _SYMBOLS, "mac_roman", "cp932", "cp949", "johab", CHINESE, "big5hkscs", "cp1253", "cp1254"),
            *("cp1258", "cp1255", "cp1256", "cp1257", "cp1251", "cp874", "cp1250", "cp437", "cp850"),
        ),
        strict=True,
    )
)
_OF_PAGES = {936: CHINESE, 54936: CHINESE, 950: "big5hkscs", 65001: "utf-8", 10000: "mac_roman", 1361: "johab"}


@lru_cache(maxsize=64)
def of_page(number: int) -> str | None:
    """Return the encoding of a code page, None for one that is not known."""
    if number in _OF_PAGES:
        return _OF_PAGES[number]
    try:
        return codecs.lookup(f"cp{number}").name
    except LookupError:
        return None


@dataclass(slots=True)
class Fonts:
    """The encodings of a file: of its fonts by their numbers, of the whole, and the number of the font that is usual."""

    of_fonts: dict[int, str] = field(default_factory=dict)
    whole: str | None = None
    usual: int = 0
    _named: int = 0

    def begin(self, font: int) -> None:
        """Go on to the entry of a font in the table of fonts."""
        self._named = font

    def charset(self, number: int) -> None:
        """Note the character set of the font whose entry this is."""
        if number in _OF_CHARSETS:
            self.of_fonts[self._named] = _OF_CHARSETS[number]

    def page(self, number: int) -> None:
        """Note the code page of the font whose entry this is: it goes before its character set."""
        if (encoding := of_page(number)) is not None:
            self.of_fonts[self._named] = encoding

    def decode(self, data: bytes, font: int) -> str:
        """Return the characters of these bytes in a font; those that are none in its encoding as U+FFFD.

        Western fonts, and those of which nothing is said, hold Chinese text too unless the file says that it is Western;
        bytes that are no such text are Western.
        """
        encoding = self.of_fonts.get(font) or self.whole or WESTERN
        if encoding == _SYMBOLS:
            return "".join(chr(0xF000 + byte) for byte in data)
        if encoding == WESTERN:
            try:
                return data.decode(self.whole or CHINESE)
            except UnicodeDecodeError:
                pass
        return data.decode(encoding, "replace")
