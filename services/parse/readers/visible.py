"""Which of a page's characters its reader sees, and whether they can be used at all."""

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from services.parse.document import Unreadable
from services.parse.readers.drawn import LOST, Drawing, Glyph

_MOST = 0.5
_FEW = 20
_LOST_AT_MOST, _LOST_SHARE = 5, 0.05  # bullets of symbol types are often not named
_MOST_COMPARED = 5_000_000
_OUTLINED = 200  # shapes: type that was turned into drawings

_text, _ink = attrgetter("text"), attrgetter("ink")


class Layer(NamedTuple):
    """The characters of a page. `recognised`: an unseen layer over a picture, put there by a recognition program."""

    glyphs: Sequence[Glyph]
    recognised: bool = False


def layer_of(drawing: Drawing) -> Layer | None:
    """Return the characters that can be used, in the order in which they were painted; None where the page must be recognised."""
    seen: list[Glyph] = []
    unseen: list[Glyph] = []
    white = False
    for ink, run in groupby(drawing.glyphs, _ink):
        if ink.turn is not None:
            white = white or ink.white
            (seen if ink.seen else unseen).extend(run)
    pictured = sum(_size(picture.box) for picture in drawing.pictures) >= _MOST * drawing.width * drawing.height
    if pictured and len(unseen) > len(seen):
        return _usable(Layer(unseen, recognised=True))
    if len(seen) * (len(drawing.areas) + white * len(drawing.pictures)) > _MOST_COMPARED:
        raise Unreadable("more areas on a page than any report has")
    if drawing.areas or white:
        seen = [glyph for glyph in seen if not _is_hidden(glyph, drawing)]
    if len(seen) < _FEW and (pictured or len(drawing.shapes) > _OUTLINED):
        return None
    return _usable(Layer(seen))


def _usable(layer: Layer) -> Layer | None:
    lost = [*map(_text, layer.glyphs)].count(LOST)
    return None if lost > max(_LOST_AT_MOST, _LOST_SHARE * len(layer.glyphs)) else layer


def _size(box: tuple[float, float, float, float]) -> float:
    left, top, right, bottom = box
    return (right - left) * (bottom - top)


def _is_hidden(glyph: Glyph, drawing: Drawing) -> bool:
    """Whether a character is white on white, or has been painted over: how figures are corrected on the page."""
    middle = (glyph.left + glyph.right) / 2
    round_ = [area for area in drawing.areas if area.box.holds(middle, glyph.middle)]
    if any(area.order > glyph.ink.order and area.white for area in round_):
        return True
    if not glyph.ink.white or not all(area.white for area in round_):
        return False
    return not any(picture.box.holds(middle, glyph.middle) for picture in drawing.pictures)
