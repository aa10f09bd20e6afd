"""Cells of workbooks by their formats and fonts."""

from services.parse.readers.look import Look
from services.parse.readers.sheet_cells import Display, Format, Piece

RAISED = Look(align="superscript")


def test_pieces_have_their_own_font_or_the_cells():
    """A raised piece is a note; a struck cell is struck but for pieces with a font of their own."""
    display = Display([Format(), Format(look=Look(struck=True))])
    assert display.text(0, [Piece("58"), Piece("1", RAISED)]) == "58¹"
    assert display.text(1, [Piece("5"), Piece("8", Look())]) == "5\u03368"
    assert display.text(9, [Piece("5")]) == "5"


def test_numbers_are_shown_by_their_formats():
    """Struck numbers keep their strokes, noughts may not be shown, what is no number stays as it is."""
    display = Display([Format("0.0"), Format("0", Look(struck=True))])
    assert [display.number(0, "58"), display.number(1, "5"), display.number(0, "x")] == ["58.0", "5\u0336", "x"]
    display.zeros = False
    assert [display.number(0, "0"), display.number(0, "0.01")] == ["", "0.0"]
    assert display.confidence == 1.0


def test_a_format_not_understood_lowers_confidence():
    """Nothing of the workbook is sure any more."""
    display = Display([Format("[DBNum1]General")])
    assert display.number(0, "58") == "58"
    assert display.confidence == 0.8
