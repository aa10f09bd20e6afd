"""One normal form of text."""

from hypothesis import given
from hypothesis import strategies as st

from shared.text import fold, normalise


def test_line_ends_are_one_and_invisible_characters_go():
    """CRLF, CR, form feeds and Unicode line ends become one kind; zero-width characters and NUL disappear."""
    assert normalise("a\r\nb\rc\fd\u2028e\u200b\ufeff\0f") == "a\nb\nc\nd\nef"


@given(st.text())
def test_folding_keeps_every_offset(text):
    """Folded text has the same length, so that spans stay valid."""
    assert len(fold(text)) == len(text)
    assert fold("\uff11\uff12（\uff41）\u3000\xa0") == "12(a)  "
