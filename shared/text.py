"""One normal form of text: what is removed from published text, and how it is folded for matching."""

import re
import unicodedata

PICTURE = "\ufffc"
"""Stands in a cell without text in which something else is seen: a figure, for all we know (Unicode's OBJECT REPLACEMENT CHARACTER)."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\u0085\v\f]")


def normalise(published: str) -> str:
    """Return published text with one kind of line end, without invisible characters and NULs; nothing else is changed."""
    if published.isprintable():  # most lines and cells: nothing of all that is printable
        return published
    return _INVISIBLE.sub("", _LINE_ENDS.sub("\n", published)).replace("\0", "")


def _narrow(code: int) -> str | None:
    """Return the single ASCII character that a full-width form or an odd space stands for, else None."""
    character = chr(code)
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 and folded != character and folded.isascii() else None


_FOLD = {
    chr(code): narrow
    for code in (0xA0, 0x3000, *range(0x2000, 0x200B), 0x202F, 0x205F, *range(0xFF01, 0xFF5F))
    if (narrow := _narrow(code)) is not None
}
_ODD = re.compile(f"[{''.join(_FOLD)}]")  # far faster than `translate`, which raises inside for every other character


def fold(text: str) -> str:
    """Return the text with full-width ASCII and odd spaces narrowed: same length, so offsets stay valid."""
    for odd in set(_ODD.findall(text)):  # a few, each often: the commas and brackets of Chinese text
        text = text.replace(odd, _FOLD[odd])
    return text
