"""Digits printed small above or below the line are notes, no part of a figure: 58 with the note 1 is never 581."""

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def raised(text: str) -> str:
    """Return raised text with superscript digits."""
    return text.translate(_RAISED)


def lowered(text: str) -> str:
    """Return lowered text with subscript digits."""
    return text.translate(_LOWERED)
