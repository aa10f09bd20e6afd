"""A page as a leaf: its characters in the cells of its ruled tables, the others in lines."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter, itemgetter

from services.parse.readers.continued import Table, TableCell
from services.parse.readers.drawn import Drawing, Glyph, Ink
from services.parse.readers.drawn_cells import drawn_cells
from services.parse.readers.lattice import Lattice, Place, find_tables
from services.parse.readers.leaves import Item, Leaf
from services.parse.readers.lines import FIGURES_APART, Line, lines_in, lines_of
from services.parse.readers.paragraphs import in_cell, whole_figures
from services.parse.readers.rules import SNAP, Box, Rule
from services.parse.readers.visible import Layer
from shared.model.cell import PageBox
from shared.text import PICTURE

_TOO_HIGH, _TOO_LARGE = 1.3, 3.0  # of the cell's height, of the usual size: a mark printed over the table
_HIGH, _LOW = 0.6, 0.1  # from this height above the base line to that one a character must be inside its cell
_HAIR = 1.0
_SAMPLE = 200
_LOGO = 0.02  # of the page: what is smaller is no picture of a table

_Spot = tuple[int, int]  # table and cell
_OUTSIDE, _OVER_ALL = (-1, 0), (-2, 0)
_ink = attrgetter("ink")


def read_leaf(drawing: Drawing, layer: Layer, number: int) -> Leaf:
    """Return what stands on page `number`; what may stand in another cell, or say something else, is not sure."""
    ruled = find_tables(drawing.horizontals, drawing.verticals)
    usual = _usual_size(layer.glyphs)
    inside, doubtful = _spread(layer.glyphs, ruled.tables, usual)
    painted: list[tuple[int, Item]] = []
    for place, lattice in enumerate(ruled.tables):
        glyphs = [inside.get((place, cell), []) for cell in range(len(lattice.cells))]
        texts = [_lines(*each, ruled.loose) for each in zip(lattice.cells, glyphs, strict=True)]
        first = min((each[0].ink.order for each in glyphs if each), default=0)
        drawn = drawn_cells(lattice, [bool(lines) for lines in texts], drawing)
        sure = [(place, cell) not in doubtful for cell in range(len(glyphs))]
        cells = _cells(lattice, texts, sure, drawing, number, recognised=layer.recognised)
        cells = tuple(each._replace(lines=(PICTURE,)) if cell in drawn else each for cell, each in enumerate(cells))
        whole = _is_closed(lattice, texts) and _is_on_page(lattice.box, drawing)
        painted.append((first, Table(lattice.box, len(lattice.ys) - 1, cells, whole)))
    outside = lines_of(inside.get(_OUTSIDE, ()), ruled.loose)
    if layer.recognised:
        painted += [(line.order, line._replace(sure=False)) for line in outside]
    else:
        painted += [(line.order, line) for line in outside]
        painted += [(each.order, each.box) for each in drawing.pictures if _is_large(each.box, drawing)]
    items = _without_marks([item for _, item in sorted(painted, key=itemgetter(0))], usual)
    return Leaf(number, drawing.width, drawing.height, items)


def _lines(cell: Place, glyphs: Sequence[Glyph], strokes: Sequence[Rule]) -> list[Line]:
    if not glyphs:
        return []
    lines = lines_in(glyphs, strokes)
    return whole_figures(lines, cell.box.left, cell.box.right) if len(lines) > 1 else lines


def _usual_size(glyphs: Sequence[Glyph]) -> float:
    sample = sorted(glyph.ink.size for glyph in glyphs[:: len(glyphs) // _SAMPLE + 1])
    return sample[len(sample) // 2] if sample else 0.0


def _without_marks(items: list[Item], usual: float) -> list[Item]:
    """Return the items without words printed large over others: a stamp on the paper, no text of the report."""
    boxes = [item if isinstance(item, Box) else item.box for item in items]
    return [
        item
        for item, box in zip(items, boxes, strict=True)
        if not isinstance(item, Line)
        or item.size <= _TOO_LARGE * usual
        or not any(other is not box and box.meets(other) for other in boxes)
    ]


def _is_closed(lattice: Lattice, texts: Sequence[Sequence[Line]]) -> bool:
    """Whether there is text only in cells with lines all round: elsewhere it may be of another cell."""
    return all(cell.whole or not lines for cell, lines in zip(lattice.cells, texts, strict=True))


def _is_on_page(box: Box, drawing: Drawing) -> bool:
    """Whether a table ends on its page, at a line where it reaches the paper's edge: else there is more than is seen of it."""
    if min(box.left, box.top) < -_HAIR or box.right > drawing.width + _HAIR or box.bottom > drawing.height + _HAIR:
        return False
    at_edge = (place for place, edge in ((box.left, 0.0), (box.right, drawing.width)) if abs(place - edge) <= _HAIR)
    return all(any(abs(rule.at - place) <= SNAP for rule in drawing.verticals) for place in at_edge)


def _cells(
    lattice: Lattice,
    texts: Sequence[Sequence[Line]],
    sure: Sequence[bool],
    drawing: Drawing,
    number: int,
    *,
    recognised: bool,
) -> tuple[TableCell, ...]:
    return tuple(
        TableCell(
            *(cell.row, cell.rows, cell.box.left, cell.box.right),
            in_cell(lines),
            PageBox(number, _rounded(drawing.as_shown(cell.box))),
            recognised,
            certain and all(line.sure for line in lines),
        )
        for cell, lines, certain in zip(lattice.cells, texts, sure, strict=True)
    )


def _rounded(box: Box) -> tuple[float, float, float, float]:
    return round(box.left, 1), round(box.top, 1), round(box.right, 1), round(box.bottom, 1)


def _is_large(box: Box, drawing: Drawing) -> bool:
    return (box.right - box.left) * (box.bottom - box.top) >= _LOGO * drawing.width * drawing.height


def _spread(
    glyphs: Sequence[Glyph], tables: Sequence[Lattice], usual: float
) -> tuple[dict[_Spot, list[Glyph]], set[_Spot]]:
    """Return the characters of each cell, and the cells between which a character or a figure stands."""
    if not tables:
        return {_OUTSIDE: list(glyphs)}, set()
    inside: dict[_Spot, list[Glyph]] = defaultdict(list)
    doubtful: set[_Spot] = set()
    before: tuple[_Spot, Glyph] | None = None
    for ink, run in groupby(glyphs, _ink):
        for spot, piece in _pieces(list(run), ink, tables, usual, doubtful):
            if before is not None and before[0] != spot and _is_one_piece(before[1], piece[0]):
                doubtful |= {before[0], spot}
            inside[spot] += piece
            before = spot, piece[-1]
    return inside, doubtful


def _pieces(
    run: list[Glyph], ink: Ink, tables: Sequence[Lattice], usual: float, doubtful: set[_Spot]
) -> list[tuple[_Spot, list[Glyph]]]:
    """Return what one text object prints by cells: it stands on one line, so that its ends tell of all of it."""
    first = _spot(run[0], tables, usual, doubtful)
    last = _spot(run[-1], tables, usual, doubtful) if len(run) > 1 else first
    if first == last and ink.turn == 0:
        return [(first, run)]
    return [(_spot(glyph, tables, usual, doubtful), [glyph]) for glyph in run]


def _spot(glyph: Glyph, tables: Sequence[Lattice], usual: float, doubtful: set[_Spot]) -> _Spot:
    """Return the cell of a character; note the cells that it may belong to where it stands upon their line."""
    text, left, right, middle, ink = glyph
    high, low = ink.base - _HIGH * ink.size, ink.base - _LOW * ink.size
    x, y = (left + right) / 2, (high + low) / 2 if ink.turn == 0 else middle
    for table, lattice in enumerate(tables):
        place = lattice.cell_at(x, y)
        if place is not None:
            box = lattice.cells[place].box
            if ink.size > _TOO_LARGE * usual or ink.size > _TOO_HIGH * (box.bottom - box.top):
                return _OVER_ALL
            within = ink.turn != 0 or (high >= box.top - _HAIR and low <= box.bottom + _HAIR)
            if not within and not text.isspace():
                doubtful.update((table, each) for at in (high, y, low) if (each := lattice.cell_at(x, at)) is not None)
            return table, place
    return _OUTSIDE


def _is_one_piece(before: Glyph, after: Glyph) -> bool:
    """Whether a figure runs from one character to the next, or any text that is printed in one piece."""
    ink = after.ink
    near = abs(after.left - before.right) < FIGURES_APART * ink.size
    if not near or before.ink.base != ink.base or before.text.isspace() or after.text.isspace():
        return False
    return before.ink == ink or (before.text.isdigit() and after.text.isdigit())
