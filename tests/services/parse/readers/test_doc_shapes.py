"""Anchors of notes, text boxes and pictures."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.parse.document import Unreadable
from services.parse.readers.doc_file import BOX_TEXTS, DRAWINGS, SHAPES, WordFile
from services.parse.readers.doc_shapes import anchors, boxes, pictures, ranges
from shared.testing.formats.word_binary import positions


def file_of(number, table):
    """Return a document with this part."""
    return WordFile(b"", table, b"", (), ((0, 0),) * number + ((0, len(table)),))


def record(kind, content, flags=0):
    """Return a record of a drawing."""
    return struct.pack("<HHI", flags, kind, len(content)) + content


def shape(kind, number):
    """Return the record of a shape, with another behind it."""
    inside = record(0xF00A, struct.pack("<II", number, 0), kind << 4 | 2) + record(0xF00B, b"abc")
    return record(0xF004, inside, 0xF)


def test_tables_of_positions():
    """Each range comes with what is told of it; what is cut off is not told."""
    table = positions([0, 4, 9], [b"ab", b"cd"])
    assert ranges(table, 2) == [((0, 4), b"ab"), ((4, 9), b"cd")]
    assert ranges(b"", 2) == ranges(b"abc", 2) == []


def test_ranges_that_overlap_are_damage():
    """A story told twice would be a report read twice."""
    with pytest.raises(Unreadable, match="order"):
        ranges(positions([0, 9, 4], [b"", b""]), 0)


def test_shapes_and_boxes_are_tied_by_number():
    """The anchor names the shape; the box of a number that is free for use is none."""
    told = [struct.pack("<I22x", 7), struct.pack("<I22x", 8)]
    assert anchors(file_of(SHAPES, positions([3, 5, 9], told))) == {3: 7, 5: 8}
    texts = [struct.pack("<8xH4xI4x", free, number) for free, number in ((0, 7), (1, 8))]
    assert boxes(file_of(BOX_TEXTS, positions([0, 4, 9], texts))) == {7: (0, 4)}


def test_pictures_are_told_from_other_shapes():
    """Of all drawings, shapes that frame a picture; a byte stands before each drawing."""
    first = record(0xF002, shape(75, 7) + shape(202, 8), 0xF)
    second = record(0xF002, record(0xF003, shape(75, 9), 0xF), 0xF)
    drawings = record(0xF000, b"x" * 30, 0xF) + b"\0" + first + b"\1" + second
    assert pictures(file_of(DRAWINGS, drawings)) == {7, 9}


@given(st.binary(max_size=200))
def test_any_bytes_are_drawings_or_none(drawings):
    """Senseless drawings end without a fault."""
    pictures(file_of(DRAWINGS, drawings))
    pictures(file_of(DRAWINGS, record(0xF000, b"", 0xF) + drawings))
