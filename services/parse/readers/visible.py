"""Which of a page's characters its reader sees, and whether they can be used at all."""

from collections.abc import Sequence
from typing import NamedTuple

from services.parse.document import Unreadable
from services.parse.readers.drawn import LOST, Area, Drawing, Glyph

_MOST = 0.5
_FEW = 20
_LOST_AT_MOST, _LOST_SHARE = 5, 0.05  # bullets of symbol types are often not named
_MOST_COMPARED = 5_000_000
_OUTLINED = 200  # shapes: type that was turned into drawings


class Layer(NamedTuple):
    """The characters of a page. `recognised`: an unseen layer over a picture, put there by a recognition program."""

    glyphs: Sequence[Glyph]
    recognised: bool = False


def layer_of(drawing: Drawing) -> Layer | None:
    """Return the characters that can be used, in the order in which they were painted; None where the page must be recognised."""
    wide, high = drawing.width, drawing.height
    seen: list[Glyph] = []
    unseen: list[Glyph] = []
    for glyph in drawing.glyphs:
        ink = glyph.ink
        if 0 <= glyph.left <= wide and 0 <= glyph.middle <= high and ink.turn is not None:
            (seen if ink.seen else unseen).append(glyph)
    pictured = sum(_size(picture.box) for picture in drawing.pictures) >= _MOST * drawing.width * drawing.height
    if pictured and len(unseen) > len(seen):
        return _usable(Layer(unseen, recognised=True))
    if len(seen) * len(drawing.areas) > _MOST_COMPARED:
        raise Unreadable("more areas on a page than any report has")
    if drawing.areas or any(glyph.ink.white for glyph in seen):
        seen = [glyph for glyph in seen if not _is_hidden(glyph, drawing.areas, pictured=bool(drawing.pictures))]
    if len(seen) < _FEW and (pictured or drawing.shapes > _OUTLINED):
        return None
    return _usable(Layer(seen))


def _usable(layer: Layer) -> Layer | None:
    lost = sum(glyph.text == LOST for glyph in layer.glyphs)
    return None if lost > max(_LOST_AT_MOST, _LOST_SHARE * len(layer.glyphs)) else layer


def _size(box: tuple[float, float, float, float]) -> float:
    left, top, right, bottom = box
    return (right - left) * (bottom - top)


def _is_hidden(glyph: Glyph, areas: Sequence[Area], *, pictured: bool) -> bool:
    """Whether a character is white on white, or has been painted over: how figures are corrected on the page."""
    middle = (glyph.left + glyph.right) / 2
    round_ = [area for area in areas if area.box.holds(middle, glyph.middle)]
    if any(area.order > glyph.ink.order and area.white for area in round_):
        return True
    return glyph.ink.white and not pictured and not any(not area.white for area in round_)
