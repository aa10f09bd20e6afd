"""Text that is struck out on the page stays readable and apart: each character carries a stroke, so that 3̶2 is never 32."""

_STROKE = "\u0336"
_LONGEST_FIGURE = 9


def strike(text: str) -> str:
    """Return struck-out text: a stroke behind every character, behind the last one only where it is longer than any figure.

    (The numbers that personal data is known by are longer, and must stay in one piece until they are masked.)
    """
    if len(text.strip()) > _LONGEST_FIGURE:
        return f"{text}{_STROKE}"
    return "".join(character if character.isspace() else character + _STROKE for character in text)


def without_strokes(text: str) -> str:
    """Return the text as it would read if nothing were struck out: to see what kind of cell it is, never what it says."""
    return text.replace(_STROKE, "")
