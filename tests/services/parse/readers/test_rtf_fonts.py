"""Which characters bytes are."""

import pytest

from services.parse.readers.rtf_fonts import Fonts, of_page


@pytest.mark.parametrize(
    ("number", "encoding"),
    [
        (936, "gb18030"),
        (54936, "gb18030"),
        (950, "big5hkscs"),
        (1252, "cp1252"),
        (65001, "utf-8"),
        (0, None),
        (99, None),
        (-1, None),
    ],
)
def test_code_pages(number, encoding):
    """Chinese pages are widened; pages that nobody knows are none."""
    assert of_page(number) == encoding


def fonts(whole=None, **of_fonts):
    """Return fonts by their character sets."""
    made = Fonts(whole=whole)
    for name, charset in of_fonts.items():
        made.begin(int(name[1:]))
        made.charset(charset)
    return made


def test_a_font_goes_before_the_whole():
    """The character set of the font, else the code page of the file."""
    made = fonts("big5hkscs", f1=134)
    assert made.decode("样".encode("gb18030"), 1) == "样"
    assert made.decode("樣".encode("big5hkscs"), 2) == "樣"


def test_a_code_page_goes_before_a_character_set():
    """An entry may have both; sets that nobody knows say nothing."""
    made = fonts(f1=0)
    made.page(936)
    made.charset(99)
    made.page(99)
    assert made.decode("样".encode("gb18030"), 1) == "样"


def test_western_text_stays_western():
    """Where the file says that it is Western, or the bytes are no Chinese text."""
    assert fonts("cp1252", f1=0).decode(b"\xe9\xe8", 1) == "éè"
    assert fonts("gb18030", f1=0).decode(b"\x97", 1) == "—"
    assert fonts(f1=0).decode("样".encode("gb18030"), 1) == "样"


def test_symbols_are_no_letters():
    """Digits in a font of symbols are not the digits that they would be in others."""
    assert fonts(f1=2).decode(b"5", 1) == "\uf035"


def test_bytes_that_are_nothing_are_lost_characters():
    """They are seen as lost, never left out."""
    assert fonts(f1=134).decode(b"\xff", 1) == "\ufffd"
