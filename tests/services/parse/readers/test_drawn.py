"""Characters of one text object: whatever is taken of them keeps their places."""

from hypothesis import given
from hypothesis import strategies as st

from services.parse.readers.drawn import Ink, Run

INK = Ink(10, 100, 0, seen=True, white=False, order=0)


def run(text):
    """Return characters side by side, each as wide as its place among them tells."""
    lefts = [float(place**2) for place in range(len(text))]
    return Run(text, lefts, [left + place for place, left in enumerate(lefts)], [97.0] * len(text), INK)


@given(st.text(min_size=1, max_size=30), st.data())
def test_characters_keep_their_places(text, data):
    """A piece, and what is chosen, is made of the same characters at the same places."""
    whole = run(text)
    glyphs = list(whole.glyphs())
    start, end = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    assert list(whole.piece(start, end).glyphs()) == glyphs[start:end]
    kept = data.draw(st.lists(st.booleans(), min_size=len(text), max_size=len(text)))
    assert list(whole.chosen(kept).glyphs()) == [glyph for glyph, keep in zip(glyphs, kept, strict=True) if keep]
