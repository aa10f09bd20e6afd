"""Which pictures may be tables."""

from services.parse.readers.pictures import among_tables

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
