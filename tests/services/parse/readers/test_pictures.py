"""Which pictures may be tables, and which show nothing."""

import pytest

from services.parse.readers.pictures import among_tables, thin, thin_by

PROSE = "本机关依法公开政府信息。\n" * 30


def test_pictures_between_the_table_chapters_count():
    """A picture behind the title of chapter two and before chapter five or six may be a table."""
    text = f"一、总体情况\n{PROSE}二、主动公开政府信息情况\n\n五、存在的主要问题\n{PROSE}"
    middle = text.index("五、")
    assert among_tables(text, [0, middle, len(text)]) == 1


def test_all_pictures_of_a_document_without_text_count():
    """Where there is hardly a word, the pictures are the report."""
    assert among_tables("附件", [0, 2]) == 2
    assert among_tables(PROSE, [0, 2]) == 0


@pytest.mark.parametrize(
    ("told", "is_thin"),
    [
        ('src="a.png" width="1" height="1"', True),
        ('height="1" width="400"', True),
        ('style="width:2px;height:40px"', True),
        ('style="width: 0.75pt"', True),
        ('width="14" height="12"', False),
        ('width="1%" style="border-width:1px;max-height:2px"', False),
        ('style="width:2em"', False),
        ("", False),
    ],
)
def test_a_picture_no_higher_or_wider_than_a_stroke_is_thin(told, is_thin):
    """Spacers and underlines are; a picture whose size is not told is not."""
    assert thin_by(told) == is_thin


def test_thinness_is_told_in_points():
    """Either side decides; the smallest figure is more than three points high and wide."""
    assert thin(1.0, 300.0)
    assert not thin(9.0, 5.0)
    assert not thin()
