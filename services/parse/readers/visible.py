"""Which of a page's characters its reader sees, and whether they can be used at all."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from services.parse.document import Unreadable
from services.parse.readers.drawn import LOST, Area, Drawing, Glyph, Run

_MOST = 0.5
_FEW = 20
_LOST_AT_MOST, _LOST_SHARE = 5, 0.05  # bullets of symbol types are often not named
_MOST_COMPARED = 5_000_000
_OUTLINED = 200  # shapes: type that was turned into drawings


class Layer(NamedTuple):
    """The characters of a page. `recognised`: an unseen layer over a picture, put there by a recognition program."""

    runs: Sequence[Run]
    recognised: bool = False


def layer_of(drawing: Drawing) -> Layer | None:
    """Return the characters that can be used, in the order in which they were painted; None where the page must be recognised."""
    level = [run for run in drawing.runs if run.ink.turn is not None]
    seen, unseen = [run for run in level if run.ink.seen], [run for run in level if not run.ink.seen]
    white = any(run.ink.white for run in level)
    pictured = sum(_size(picture.box) for picture in drawing.pictures) >= _MOST * drawing.width * drawing.height
    if pictured and characters(unseen) > characters(seen):
        return _usable(Layer(unseen, recognised=True))
    if drawing.areas or white:
        if characters(seen) * (len(drawing.areas) + white * len(drawing.pictures)) > _MOST_COMPARED:
            raise Unreadable("more areas on a page than any report has")
        seen = [shown for run in seen if (shown := _shown(run, drawing)).text]
    if (pictured or len(drawing.shapes) > _OUTLINED) and characters(seen) < _FEW:
        return None
    return _usable(Layer(seen))


def _usable(layer: Layer) -> Layer | None:
    lost = sum(run.text.count(LOST) for run in layer.runs)
    return None if lost > _LOST_AT_MOST and lost > _LOST_SHARE * characters(layer.runs) else layer


def characters(runs: Iterable[Run]) -> int:
    """Return how many characters there are."""
    return sum(len(run.text) for run in runs)


def _size(box: tuple[float, float, float, float]) -> float:
    left, top, right, bottom = box
    return (right - left) * (bottom - top)


def _shown(run: Run, drawing: Drawing) -> Run:
    """Return the characters that are not hidden; only white ones are told from other areas than those painted over them."""
    ink = run.ink
    areas = [area for area in drawing.areas if ink.white or (area.white and area.order > ink.order)]
    if not areas and not ink.white:
        return run
    return run.chosen([not _is_hidden(glyph, areas, drawing.pictures) for glyph in run.glyphs()])


def _is_hidden(glyph: Glyph, areas: Iterable[Area], pictures: Iterable[Area]) -> bool:
    """Whether a character is white on white, or has been painted over: how figures are corrected on the page."""
    middle = (glyph.left + glyph.right) / 2
    round_ = [area for area in areas if area.box.holds(middle, glyph.middle)]
    if any(area.order > glyph.ink.order and area.white for area in round_):
        return True
    if not glyph.ink.white or not all(area.white for area in round_):
        return False
    return not any(picture.box.holds(middle, glyph.middle) for picture in pictures)
