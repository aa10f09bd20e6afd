"""Objects drawn over a binary sheet are found by the cells that they cover."""

import struct

import pytest

from services.parse.document import Unreadable
from services.parse.readers.biff import Record
from services.parse.readers.xls_drawings import drawn_areas

PICTURE, FILTER, REMARK = 0x08, 0x14, 0x19


def drawing(*anchors):
    """Return the record of a drawing with these anchors: left, part, top, part, right, part, bottom, part."""
    told = b"".join(struct.pack("<HHI9H", 0, 0xF010, 18, 2, *anchor) for anchor in anchors)
    return Record(0, 0x00EC, (b"\x0f\0\x04\xf0" + told[:9], told[9:]))


def object_(kind):
    """Return the record of an object."""
    return Record(0, 0x005D, (struct.pack("<4H10x", 0x15, 0x12, kind, 1),))


@pytest.mark.parametrize(
    ("anchor", "kind", "area"),
    [
        ((1, 50, 2, 30, 1, 800, 2, 200), PICTURE, (2, 1, 2, 1)),
        ((1, 50, 2, 30, 3, 800, 4, 200), PICTURE, (2, 1, 4, 3)),
        ((1, 50, 2, 30, 2, 20, 3, 5), PICTURE, (2, 1, 2, 1)),
        ((1, 1000, 2, 250, 2, 900, 3, 200), PICTURE, (3, 2, 3, 2)),
        ((1, 50, 2, 30, 1, 60, 2, 200), PICTURE, None),
        ((1, 50, 2, 30, 1, 800, 2, 200), FILTER, None),
        ((1, 50, 2, 30, 1, 800, 2, 200), REMARK, None),
    ],
    ids=["in a cell", "over cells", "hardly over", "from hardly", "thin", "arrow of a filter", "remark"],
)
def test_an_object_between_two_corners(anchor, kind, area):
    """It covers the cells into which it reaches more than slightly; what is no drawing covers none."""
    assert [tuple(each) for each in drawn_areas([drawing(anchor), object_(kind)])] == ([area] if area else [])


def test_a_drawing_belongs_to_the_object_behind_it():
    """One remark hides no picture, and an object without a drawing has no place."""
    place = (1, 50, 2, 30, 1, 800, 2, 200)
    records = [object_(PICTURE), drawing(place), object_(REMARK), drawing(place), object_(PICTURE), object_(PICTURE)]
    assert len(list(drawn_areas(records))) == 1


def test_an_object_cut_short_is_damage():
    """No record ends before it says what it is."""
    with pytest.raises(Unreadable):
        list(drawn_areas([Record(0, 0x005D, (b"\x15",))]))
