"""How text is shown."""

from services.parse.readers.look import PLAIN, Look


def test_a_look_lies_over_another():
    """What it leaves open comes from below."""
    below = Look(hidden=True, struck=False, position=3)
    assert Look(struck=True).over(below) == Look(hidden=True, struck=True, position=3)
    assert PLAIN.over(below) is below


def test_text_is_shown_as_it_looks():
    """Raised, lowered, struck, or as it is."""
    assert PLAIN.shown("58") == Look(align="baseline").shown("58") == "58"
    assert Look(align="superscript").shown("1") == "¹"
    assert Look(align="subscript", struck=True).shown("1") == "₁\u0336"
