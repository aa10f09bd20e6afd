"""Notes above and below the line."""

from services.parse.small import lowered, raised


def test_small_digits_are_no_digits_of_a_figure():
    """What is raised or lowered has digits of its own; other characters stay."""
    assert (raised("注1"), lowered("12,3")) == ("注¹", "₁₂,₃")
