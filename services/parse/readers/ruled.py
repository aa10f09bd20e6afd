"""A page as a leaf: its characters in the cells of its ruled tables, the others in lines."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import chain, groupby, repeat
from operator import attrgetter, itemgetter

from services.parse.readers.continued import Table, TableCell
from services.parse.readers.drawn import Drawing, Run
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

_made = tuple.__new__  # makes a cell in half of the time; there are hundreds in a report
_sure = attrgetter("sure")

_Spot = tuple[int, int]  # table and cell
_FIRST, _OUTSIDE, _OVER_ALL = (0, 0), (-1, 0), (-2, 0)


def read_leaf(drawing: Drawing, layer: Layer, number: int) -> Leaf:
    """Return what stands on page `number`; what may stand in another cell, or say something else, is not sure."""
    ruled = find_tables(drawing.horizontals, drawing.verticals)
    usual = _usual_size(layer.runs)
    inside, doubtful = _spread(layer.runs, ruled.tables, usual)
    painted: list[tuple[int, Item]] = []
    for place, lattice in enumerate(ruled.tables):
        runs = [inside.get((place, cell), ()) for cell in range(len(lattice.cells))]
        texts = [_lines(*each, ruled.loose) for each in zip(lattice.cells, runs, strict=True)]
        first = min((each[0].ink.order for each in runs if each), default=0)
        drawn = drawn_cells(lattice, [bool(lines) for lines in texts], drawing)
        sure = [(place, cell) not in doubtful for cell in range(len(runs))]
        cells = _cells(lattice, texts, sure, drawing, number, recognised=layer.recognised)
        if drawn:
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


def _lines(cell: Place, runs: Sequence[Run], strokes: Sequence[Rule]) -> list[Line]:
    if not runs:
        return []
    lines = lines_in(runs, strokes)
    return whole_figures(lines, cell.box.left, cell.box.right) if len(lines) > 1 else lines


def _usual_size(runs: Sequence[Run]) -> float:
    sizes = list(chain.from_iterable(repeat(run.ink.size, len(run.text)) for run in runs))
    sample = sorted(sizes[:: len(sizes) // _SAMPLE + 1])
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
    cells = []
    for (box, row, _, rows, _, _), lines, certain in zip(lattice.cells, texts, sure, strict=True):
        left, top, right, bottom = drawing.as_shown(box)
        at = PageBox(number, (round(left, 1), round(top, 1), round(right, 1), round(bottom, 1)))
        clear = certain and False not in map(_sure, lines)
        cells.append(_made(TableCell, (row, rows, box[0], box[2], in_cell(lines), at, recognised, clear)))
    return tuple(cells)


def _is_large(box: Box, drawing: Drawing) -> bool:
    return (box.right - box.left) * (box.bottom - box.top) >= _LOGO * drawing.width * drawing.height


def _spread(runs: Sequence[Run], tables: Sequence[Lattice], usual: float) -> tuple[dict[_Spot, list[Run]], set[_Spot]]:
    """Return the characters of each cell, and the cells between which a character or a figure stands."""
    if not tables:
        return {_OUTSIDE: list(runs)}, set()
    inside: dict[_Spot, list[Run]] = defaultdict(list)
    doubtful: set[_Spot] = set()
    before: tuple[_Spot, Run] | None = None
    for run in runs:
        for spot, piece in _pieces(run, tables, usual, doubtful):
            if before is not None and before[0] != spot and _is_one_piece(before[1], piece):
                doubtful |= {before[0], spot}
            inside[spot].append(piece)
            before = spot, piece
    return inside, doubtful


def _pieces(run: Run, tables: Sequence[Lattice], usual: float, doubtful: set[_Spot]) -> Sequence[tuple[_Spot, Run]]:
    """Return what one text object prints by cells: it stands on one line, so that its ends tell of all of it."""
    end = len(run.text) - 1
    first = _spot(run, 0, tables, usual, doubtful)
    if not end or _is_all_in(run, first, tables):
        return ((first, run),)
    last = _spot(run, end, tables, usual, doubtful)
    if first == last and run.ink.turn == 0:
        return ((first, run),)
    spots = [_spot(run, place, tables, usual, doubtful) for place in range(end + 1)]
    by_spot = (list(places) for _, places in groupby(range(end + 1), spots.__getitem__))
    return [(spots[places[0]], run.piece(places[0], places[-1] + 1)) for places in by_spot]


def _is_all_in(run: Run, spot: _Spot, tables: Sequence[Lattice]) -> bool:
    """Whether a run ends inside the cell in which it begins, and stands upon no line above or below it."""
    size, base, turn, _, _, _ = run.ink
    if turn != 0 or spot < _FIRST:
        return False
    left, top, right, bottom = tables[spot[0]].cells[spot[1]].box
    within = base - _HIGH * size >= top - _HAIR and base - _LOW * size <= bottom + _HAIR
    return within and left <= (run.lefts[-1] + run.rights[-1]) / 2 < right


def _spot(run: Run, place: int, tables: Sequence[Lattice], usual: float, doubtful: set[_Spot]) -> _Spot:
    """Return the cell of a character; note the cells that it may belong to where it stands upon their line."""
    size, base, turn, _, _, _ = run.ink
    high, low = base - _HIGH * size, base - _LOW * size
    x, y = (run.lefts[place] + run.rights[place]) / 2, (high + low) / 2 if turn == 0 else run.middles[place]
    for table, lattice in enumerate(tables):
        cell = lattice.cell_at(x, y)
        if cell is not None:
            box = lattice.cells[cell].box
            if size > _TOO_LARGE * usual or size > _TOO_HIGH * (box.bottom - box.top):
                return _OVER_ALL
            within = turn != 0 or (high >= box.top - _HAIR and low <= box.bottom + _HAIR)
            if not within and not run.text[place].isspace():
                doubtful.update((table, each) for at in (high, y, low) if (each := lattice.cell_at(x, at)) is not None)
            return table, cell
    return _OUTSIDE


def _is_one_piece(before: Run, after: Run) -> bool:
    """Whether a figure runs from one piece to the next, or any text that is printed in one piece."""
    ink, last, first = after.ink, before.text[-1], after.text[0]
    near = abs(after.lefts[0] - before.rights[-1]) < FIGURES_APART * ink.size
    if not near or before.ink.base != ink.base or last.isspace() or first.isspace():
        return False
    return before.ink == ink or (last.isdigit() and first.isdigit())
