"""A printed chapter heading against the official format's: its ordinal, its title."""

import re
from functools import lru_cache

from shared.forms.chapters import CHAPTERS
from shared.simplified import simplify
from shared.text import fold

NUMERALS = "一二三四五六七八九十"
_ALIKE = ((re.compile("[、,.:;。()\\s]|以及|[和及与]"), ""), (re.compile("其它"), "其他"))


def number_of(ordinal: str | None) -> int:
    """Return the number that a chapter's ordinal says, 0 where it says none: 三 and 3 are 3."""
    if ordinal and ordinal.isdecimal():
        return int(ordinal)
    return NUMERALS.find(ordinal) + 1 if ordinal else 0


def is_official(chapter: int, title: str) -> bool:
    """Whether a printed title is the format's: 和 for 、, 其它 for 其他, traditional characters and white space make no difference."""
    return _alike(title) == _alike(CHAPTERS[chapter][1])


@lru_cache(maxsize=256)
def _alike(title: str) -> str:
    alike = simplify(fold(title))
    for pattern, plain in _ALIKE:
        alike = pattern.sub(plain, alike)
    return alike
