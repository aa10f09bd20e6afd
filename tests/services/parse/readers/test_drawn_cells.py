"""What is drawn in a cell without text may be its figure; what also lies under text says nothing."""

import pytest

from services.parse.readers.drawn import Area, Drawing
from services.parse.readers.drawn_cells import drawn_cells
from services.parse.readers.lattice import find_tables
from services.parse.readers.rules import Box, Rule

LEVEL = [Rule(y, 0, 90) for y in (0, 20, 40)]
UPRIGHT = [Rule(x, 0, 40) for x in (0, 30, 60, 90)]
LABELS = (True, False, False, True, False, False)  # two rows: a label, and two cells without text


def drawing(*, pictures=(), shapes=(), areas=()):
    """Return what is on a page."""
    return Drawing(
        595,
        842,
        pictures=[Area(Box(*box), white=False, order=0) for box in pictures],
        shapes=[Box(*box) for box in shapes],
        areas=[Area(Box(*box), white=white, order=0) for *box, white in areas],
    )


def found(drawn):
    """Return the cells in which something is seen."""
    (lattice,) = find_tables(LEVEL, UPRIGHT).tables
    return sorted(drawn_cells(lattice, LABELS, drawn))


@pytest.mark.parametrize(
    ("drawn", "cells"),
    [
        (drawing(pictures=[(40, 5, 50, 15)]), [1]),
        (drawing(pictures=[(30, 0, 60, 20)]), [1]),
        (drawing(pictures=[(32, 2, 88, 18)]), [1, 2]),
        (drawing(pictures=[(10, 5, 20, 15)]), []),
        (drawing(pictures=[(40, 5, 40.5, 15)]), []),
        (drawing(pictures=[(0, 0, 595, 842)]), []),
        (drawing(pictures=[(5, 2, 80, 18)]), []),
        (drawing(pictures=[(400, 500, 410, 510)]), []),
        (drawing(shapes=[(40, 5, 45, 13)]), [1]),
        (drawing(shapes=[(40, 5, 41, 6)]), []),
        (drawing(areas=[(40, 5, 45, 13, False)]), [1]),
        (drawing(areas=[(40, 5, 45, 13, True)]), []),
        (drawing(areas=[(30, 0, 60, 20, False)]), []),
        (drawing(), []),
    ],
    ids=[
        *("picture", "as large as its cell", "over two cells", "beside text", "thin", "of the page", "under text too"),
        *("elsewhere", "outline", "speck", "area", "white", "shade", "nothing"),
    ],
)
def test_what_is_seen_in_cells_without_text(drawn, cells):
    """Pictures, outlines and areas are; thin ones, shades and what lies under text are not."""
    assert found(drawn) == cells


def test_many_wide_drawings_cost_little():
    """Beyond some hundreds that reach over cells they are a pattern of the page."""
    assert found(drawing(shapes=[(200, 200, 400, 400)] * 9 + [(32, 2, 88, 18)] * 50_000)) == [1, 2]
