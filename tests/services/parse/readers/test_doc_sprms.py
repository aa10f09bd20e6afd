"""Changes of formatting: codes, sizes of operands, what they say of characters, paragraphs and rows."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.parse.readers.doc_sprms import changes, expanded, of_prm, properties, shown
from services.parse.readers.look import PLAIN, Look
from services.parse.readers.marked_tables import CellShape
from shared.testing.formats.word_binary import change

TABS = change(0xC615, b"\xff\x01" + bytes(4) + b"\x02" + bytes(6))


@pytest.mark.parametrize(
    ("one", "operand"),
    [
        (change(0x0837, 1), b"\1"),
        (change(0x2A48, 2), b"\2"),
        (change(0x4845, 6), b"\6\0"),
        (change(0x6649, 1), b"\1\0\0\0"),
        (change(0x8418, 7), b"\7\0"),
        (change(0xCA47, b"\3abc"), b"\3abc"),
        (change(0xE001, b"abc"), b"abc"),
        (change(0xD608, struct.pack("<H", 4) + b"abc"), b"\4\0abc"),
        (TABS, TABS[2:]),
    ],
)
def test_every_operand_has_its_size(one, operand):
    """The code tells how long its operand is, or that the operand says so itself; the next change follows it."""
    code = int.from_bytes(one[:2], "little")
    assert list(changes(one + change(0x0800, 1))) == [(code, operand), (0x0800, b"\1")]


@given(st.binary(max_size=60))
def test_any_bytes_are_changes_or_none(listed):
    """Cut-off and senseless lists end without a fault."""
    assert sum(2 + len(operand) for _, operand in changes(listed)) <= len(listed)
    properties(0, listed)
    shown(listed, PLAIN)
    expanded(listed, listed)


def test_short_codes_of_pieces():
    """A piece changes one thing by a short code, or many by a list that stands before the pieces."""
    assert of_prm(0x41 << 1 | 1 << 8, []) == change(0x0800, 1)
    assert of_prm(0x19 << 1 | 1 << 8, []) == change(0x2417, 1)
    assert of_prm(0x7F << 1 | 1 << 8, []) == b""
    assert of_prm(0, []) == b""
    assert of_prm(1 << 1 | 1, [b"a", b"b"]) == b"b"
    assert of_prm(2 << 1 | 1, [b"a", b"b"]) == b""


def test_changes_that_stand_elsewhere_are_put_in():
    """What the data stream holds comes in the place of what points to it, and no further."""
    data = b"xx" + struct.pack("<H", 3) + change(0x2416, 1)
    assert expanded(change(0x6646, 2) + change(0x2417, 1), data) == change(0x2416, 1) + change(0x2417, 1)
    assert expanded(change(0x6646, 200), data) == b""
    inside = struct.pack("<H", 6) + change(0x6646, 0)
    assert properties(0, expanded(change(0x6646, 0), inside)).depth == 0


def test_toggles_are_held_against_the_style():
    """A toggle is on, off, as in the style, or the opposite of it."""
    styled = Look(hidden=True)
    seen = [shown(change(0x083C, operand), styled).look.hidden for operand in (0, 1, 0x80, 0x81)]
    assert seen == [False, True, True, False]


def test_paragraphs_tell_where_they_stand():
    """Depth comes from the newer codes, else from the oldest, by which all tables are one deep."""
    assert properties(7, change(0x2416, 1))[:2] == ("7", 1)
    assert properties(0, change(0x2416, 1) + change(0x6649, 3)).depth == 3
    assert properties(0, change(0x6649, 1) + change(0x664A, 1)).depth == 2
    assert properties(0, change(0x244B, 1)).ends_cell
    assert properties(0, change(0x244C, 1)).ends_row
    assert properties(0, change(0x460B, 3) + change(0x260A, 2)).listed == ("3", "2")


def edges(*flags, told=None):
    """Return the edges of a row of cells of 600 twips with these flags."""
    cells = b"".join(struct.pack("<H18x", flag) for flag in flags[: len(flags) if told is None else told])
    shape = struct.pack(f"<B{len(flags) + 1}h", len(flags), *range(-100, 600 * len(flags), 600)) + cells
    return change(0x2417, 1) + change(0xD608, struct.pack("<H", len(shape) + 1) + shape)


def cells(listed):
    """Return the cells of a row."""
    return properties(0, listed).shape.cells


def test_rows_tell_the_edges_of_their_cells():
    """The first edge is the row's, the others end cells; cells that are not told have no flags."""
    assert properties(0, edges(0, 0, told=1)).shape == (-100, (CellShape(500), CellShape(1100)))
    assert cells(change(0x2417, 1) + change(0xD608, struct.pack("<HB", 2, 9))) == ()
    assert properties(0, edges(0)[3:]).shape.cells == ()  # no end of a row


def test_cells_are_merged_sideways_in_either_reading():
    """Descriptions of the format disagree which flag the first of merged cells has; it is the one that comes first."""
    for first, other in ((1, 2), (2, 1)):
        joined = [cell.joins_left for cell in cells(edges(0, first, other, other, first, other, 0, other))]
        assert joined == [False, False, True, True, False, True, False, False]


def test_cells_are_merged_later_on():
    """Merges that follow the edges change what they say."""
    sideways = cells(edges(0, 0, 0) + change(0x5624, b"\1\3"))
    assert [cell.joins_left for cell in sideways] == [False, False, True]
    down = cells(edges(0x60, 0, 0) + change(0xD62B, b"\2\0\0") + change(0xD62B, b"\2\1\3") + change(0xD62B, b"\2\2\1"))
    assert [(cell.joins_below, cell.joins_above) for cell in down] == [(False, False), (True, False), (False, True)]
    assert cells(edges(0) + change(0x5624, b"\0\7") + change(0xD62B, b"\2\7\1")) == (CellShape(500),)
