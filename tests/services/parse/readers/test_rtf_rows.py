"""Rows of RTF tables by their control words."""

from services.parse.readers.marked_tables import CellShape, RowShape
from services.parse.readers.rtf_rows import RowDefinition


def row(*words):
    """Return a row as these words define it."""
    made = RowDefinition()
    for word in words:
        name = word.rstrip("-0123456789")
        made.take(name, int(word[len(name) :] or 0))
    return made


def test_what_stands_before_an_edge_is_said_of_its_cell():
    """Joins hold for one cell only."""
    made = row("trleft-5", "clmgf", "clvmgf", "cellx10", "clmrg", "cellx20", "clvmrg", "cellx30", "cellx40")
    assert made.shape == RowShape(
        -5,
        (
            CellShape(10, joins_below=True),
            CellShape(20, joins_left=True),
            CellShape(30, joins_above=True),
            CellShape(40),
        ),
    )


def test_a_definition_begins_anew():
    """Nothing of the row before holds on."""
    assert row("trleft9", "cldel", "clvmrg", "cellx10", "clmrg", "trowd", "cellx20").shape == RowShape(
        0, (CellShape(20),)
    )


def test_a_row_is_gone_with_all_its_cells():
    """One that keeps a cell, or has none, is a row."""
    assert row("cldel", "cellx10", "cldel", "cellx20").gone
    assert not row("cldel", "cellx10", "cellx20").gone
    assert not row("cldel").gone
