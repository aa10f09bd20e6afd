"""Pictures: those that may be tables, for they stand where tables belong, and those too thin to show anything."""

import re
from collections.abc import Sequence
from typing import Any

from services.parse.document import Content
from services.parse.readers.package import attributes, whole
from services.parse.readers.page import Page
from shared.simplified import simplify

_TABLE_CHAPTER = re.compile(r"^[ \u3000]{0,8}二、[^\n]{0,20}公开", re.MULTILINE)
_LAST_CHAPTERS = re.compile(r"^[ \u3000]{0,8}[五六]、", re.MULTILINE)
_HARDLY_ANY_TEXT = 200
_SIDE = re.compile(
    r"""(?:^|[\s;"'])(?:width|height)\s{0,9}[:=]\s{0,9}["']?([0-9]{1,4}(?:\.[0-9]{1,9})?)(px|pt|["'\s;/>]|$)"""
)
_THIN = 3.0  # points, or pixels; the smallest figure is higher and wider
_POINT, _LARGE = 12_700, 10**6  # English Metric Units


def thin(*sides: float) -> bool:
    """Whether a picture with these sides in points shows nothing: what spaces or underlines; not where no side is known."""
    return min(sides, default=_THIN) < _THIN


def thin_by(style: str) -> bool:
    """Whether a picture is thin by the sides that its attributes or its style name in pixels or points."""
    return thin(*(float(number) for number, _ in _SIDE.findall(style.lower())))


def content_of(page: Page, *, confidence: float = 1.0) -> Content:
    """Return the content of a document that is written down: nothing of it is surer than that."""
    text, blocks = page.finished()
    return Content(
        text=text,
        blocks=blocks,
        pictures=among_tables(simplify(text), page.pictures) if page.pictures else 0,
        confidence=confidence,
        doubtful=frozenset(page.doubtful),
    )


def among_tables(text: str, places: Sequence[int]) -> int:
    """Count the pictures at these offsets of a simplified text that stand in the chapters of tables.

    In a document with hardly any text, all of them.
    """
    if len(text) < _HARDLY_ANY_TEXT:
        return len(places)
    first = _TABLE_CHAPTER.search(text)
    last = [match.start() for match in _LAST_CHAPTERS.finditer(text)]
    return sum(first.end() <= place <= last[-1] for place in places) if first and last else 0


def is_thin(drawing: Any) -> bool:
    """Whether a drawing of a Word document is nothing but a thin picture."""
    if next(drawing.iter("{*}blip", "{*}imagedata"), None) is None:
        return False
    extent = next(drawing.iter("{*}extent"), None)
    if extent is not None:
        return thin(*(whole(extent.get(side), _LARGE) / _POINT for side in ("cx", "cy")))
    return any(thin_by(attributes(shape).get("style", "")) for shape in drawing.iter("{*}shape"))
