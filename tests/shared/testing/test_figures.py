"""Drawn figures, and what a reading made of them."""

import random

from shared.model.cell import Cell, Table
from shared.testing.figures import ODD, drawn, misread, unread


def test_what_is_drawn_fills_every_cell():
    """Both forms have their number of figures."""
    assert len(drawn(random.Random(1))) == 200
    assert len(drawn(random.Random(1), "2019", ODD)) == 198


def test_a_reading_is_held_against_what_was_printed():
    """Another text is misread, a refused cell unread, a blank is a blank."""
    cells = (
        Cell("规章", "a", raw="7", state="number"),
        Cell("规章", "b", raw="", state="blank"),
        Cell("规章", "c", state="unplaced"),
    )
    tables = {"2": Table("2021", "present", cells)}
    figures = {("2", "规章", "a"): "8", ("2", "规章", "b"): " "}
    assert [(number, printed) for number, printed, _ in misread(tables, figures)] == [("2", "8")]
    assert unread(tables) == [("2", "规章", "c")]
