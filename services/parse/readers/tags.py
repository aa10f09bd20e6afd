"""A page as a row of tags, each with the text before it: what the parser writes down again is well-formed, so one pass finds all."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from shared.text import normalise

_RAW = ("script", "style", "iframe", "noembed", "noframes", "xmp", "plaintext")
"""What stands in these is no markup, is written down unescaped, and is not shown."""

_TAG = re.compile(
    "<(?:"
    + "|".join(f"{name}[ >].*?</{name}>" for name in _RAW)
    + r"|!--.*?-->|[!?][^>]*>|(/?[^\s>]+)([^>]*)>)",  # attributes hold no bare < or >: they are written down escaped
    re.DOTALL,
)
_WHITE_SPACE = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")
_SHORT = 64


class Tags(NamedTuple):
    """The tags of a page: `texts[n]` stands before `names[n]` ("p", "/p", None for a comment), the last text behind all.

    `attributes[n]` are as written down: ` colspan="2" class="a"`.
    """

    texts: list[str]
    names: list[str | None]
    attributes: list[str]


def read_tags(markup: str) -> Tags:
    """Return the tags of markup that the parser has written down."""
    pieces = _TAG.split(markup)
    return Tags(pieces[::3], pieces[1::3], pieces[2::3])


def end_of(names: Sequence[str | None], start: int) -> int:
    """Return the place of the tag that ends the element which begins at `start`."""
    opening = names[start]
    closing = f"/{opening}"
    still_open, end = 1, start
    while still_open:
        following = names.index(closing, end + 1)
        still_open += names[end + 1 : following].count(opening) - 1
        end = following
    return end


def shown(text: str) -> str:
    """Return a text as a browser shows it: one space for any white space, character references as what they name."""
    return _known(text) if len(text) < _SHORT else _shown(text)


def unescaped(text: str) -> str:
    """Return a text with its character references as what they name."""
    if "&" in text:
        text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", "\xa0").replace("&amp;", "&")
    return normalise(text)


def _shown(text: str) -> str:
    return _WHITE_SPACE.sub(" ", unescaped(text))


_known = lru_cache(maxsize=4096)(_shown)  # the cells of all reports say the same few things
