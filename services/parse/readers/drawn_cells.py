"""Cells of ruled tables in which something is seen that is no text: pictures of figures, or their outlines."""

from collections.abc import Iterator, Sequence

from services.parse.readers.drawn import Drawing
from services.parse.readers.lattice import Lattice
from services.parse.readers.pictures import thin
from services.parse.readers.rules import Box

_SPECK = 3.0  # points
_SHADE = 0.85  # of a cell's height: an area as high is its background
_SLACK = 1.0
_MOST_WIDE = 500  # drawings that reach over several cells


def drawn_cells(lattice: Lattice, filled: Sequence[bool], drawing: Drawing) -> frozenset[int]:
    """Return the cells without text in which something is seen; `filled`: those with text.

    What also reaches under text is a background, a seal or a watermark, and says nothing of the cells beside it.
    """
    if all(filled):
        return frozenset()
    wide = 0
    found: set[int] = set()
    for box in _drawn(drawing, lattice):
        middle = lattice.cell_at((box.left + box.right) / 2, (box.top + box.bottom) / 2)
        if middle is not None and _is_in(box, lattice.cells[middle].box):
            found.add(middle)
        elif wide < _MOST_WIDE:
            wide += 1
            covered = [place for place, cell in enumerate(lattice.cells) if _covers(box, cell.box)]
            if not any(filled[place] for place in covered):
                found.update(covered)
    return frozenset(place for place in found if not filled[place])


def _drawn(drawing: Drawing, lattice: Lattice) -> Iterator[Box]:
    """Yield what is drawn on a table, but for lines, specks and shades."""
    for picture in drawing.pictures:
        if lattice.box.meets(picture.box) and not thin(_wide(picture.box), _high(picture.box)):
            yield picture.box
    for shape in drawing.shapes:
        if lattice.box.meets(shape) and max(_wide(shape), _high(shape)) >= _SPECK:
            yield shape
    for box, white, _ in drawing.areas:
        if not white and lattice.box.meets(box) and not _is_shade(box, lattice):
            yield box


def _is_shade(box: Box, lattice: Lattice) -> bool:
    place = lattice.cell_at((box.left + box.right) / 2, (box.top + box.bottom) / 2)
    return place is None or _high(box) > _SHADE * _high(lattice.cells[place].box)


def _is_in(box: Box, cell: Box) -> bool:
    across = box.left >= cell.left - _SLACK and box.right <= cell.right + _SLACK
    return across and box.top >= cell.top - _SLACK and box.bottom <= cell.bottom + _SLACK


def _covers(box: Box, cell: Box) -> bool:
    return box.holds((cell.left + cell.right) / 2, (cell.top + cell.bottom) / 2)


def _wide(box: Box) -> float:
    return box.right - box.left


def _high(box: Box) -> float:
    return box.bottom - box.top
