"""Objects drawn over a sheet are found by the cells that they cover."""

import pytest
from lxml import etree

from services.parse.document import Unreadable
from services.parse.readers.sheet_drawings import MOST_DRAWN, drawn_areas

XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
SHEET = etree.fromstring(
    '<worksheet><cols><col min="2" max="2" width="20"/></cols><sheetData><row r="3" ht="60"/></sheetData></worksheet>'
)
POINT = 12_700


def areas(*anchors):
    """Return what these anchors cover."""
    return [
        tuple(area) for area in drawn_areas(etree.fromstring(f'<wsDr xmlns="{XDR}">{"".join(anchors)}</wsDr>'), SHEET)
    ]


def corner(name, row, column, row_offset=5, column_offset=5):
    """Return a corner: places from 0, offsets in points."""
    return (
        f"<{name}><col>{column}</col><colOff>{column_offset * POINT}</colOff>"
        f"<row>{row}</row><rowOff>{row_offset * POINT}</rowOff></{name}>"
    )


def over(first, last, more='<pic><nvPicPr><cNvPr id="1"/></nvPicPr></pic>'):
    """Return an object between two corners."""
    return f"<twoCellAnchor>{corner('from', *first)}{corner('to', *last)}{more}</twoCellAnchor>"


@pytest.mark.parametrize(
    ("anchor", "area"),
    [
        (over((1, 1), (1, 1, 12, 12)), (1, 1, 1, 1)),
        (over((1, 1), (3, 2, 9, 9)), (1, 1, 3, 2)),
        (over((1, 1), (2, 2, 1, 1)), (1, 1, 1, 1)),
        (over((1, 1, 14, 100), (2, 2, 9, 9)), (2, 1, 2, 2)),
        (over((1, 1, 5, 5), (1, 1, 6, 40)), None),
        (over((3, 3), (1, 1)), None),
        (over((1, 1), (1, 1, 12, 12), '<pic><nvPicPr><cNvPr id="1" hidden="1"/></nvPicPr></pic>'), None),
    ],
    ids=["in a cell", "over cells", "hardly over", "from hardly", "thin", "inside out", "hidden"],
)
def test_an_object_between_two_corners(anchor, area):
    """It covers the cells into which it reaches more than slightly; nothing, where it is hidden or thin."""
    assert areas(anchor) == ([area] if area else [])


@pytest.mark.parametrize(
    ("first", "size", "area"),
    [
        ((0, 0), (20, 8), (0, 0, 0, 0)),
        ((0, 0), (60, 15), (0, 0, 1, 1)),
        ((0, 1), (90, 8), (0, 1, 0, 1)),
        ((2, 0), (9, 50), (2, 0, 2, 0)),
        ((0, 0), (9, 7000), (0, 0, 200, 0)),
    ],
    ids=["small", "wider than its cell", "in a wide column", "in a high row", "endless"],
)
def test_an_object_by_its_size(first, size, area):
    """Columns and rows are as wide and high as the sheet says."""
    extent = f'<ext cx="{size[0] * POINT}" cy="{size[1] * POINT}"/>'
    assert areas(f"<oneCellAnchor>{corner('from', *first)}{extent}<pic/></oneCellAnchor>") == [area]


def test_more_objects_than_any_report_has_are_refused():
    """However small they are; columns that are told of again and again cost little."""
    with pytest.raises(Unreadable):
        areas(*["<oneCellAnchor/>"] * (MOST_DRAWN + 1))
    columns = '<col min="1" max="99999" width="9"/>' * 20_000
    sheet = etree.fromstring(f"<worksheet><cols>{columns}</cols></worksheet>")
    drawing = etree.fromstring(f'<wsDr xmlns="{XDR}">{over((1, 1), (1, 1, 12, 12)) * 99}</wsDr>')
    assert len(list(drawn_areas(drawing, sheet))) == 99


def test_anchors_without_corners_are_left_out():
    """What is placed by points alone, or not at all, is over no cell for certain."""
    assert areas("<absoluteAnchor/>", "<twoCellAnchor/>", "<oneCellAnchor><from/></oneCellAnchor>") == []
