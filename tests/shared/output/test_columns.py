from hypothesis import given
from hypothesis import strategies as st

from shared.output.columns import one_line, printable, width, wrap


def test_chinese_is_two_columns_wide():
    """Wide characters take two columns, combining marks none."""
    assert width("表三T3-01：e\u0301") == 4 + 5 + 2 + 1


@given(st.lists(st.text("样例市数据局，。；（）", max_size=60) | st.text("abc012", max_size=12), max_size=12))
def test_no_line_is_wider_than_asked(words: list[str]):
    """Lines keep within the columns asked for, and nothing but white space is lost."""
    text = " ".join(words)
    wrapped = wrap(text, 60, "   ", "   ")
    assert all(width(line) <= 60 for line in wrapped.splitlines())
    assert "".join(wrapped.split()) == "".join(words)


def test_no_line_begins_with_a_closing_mark():
    """A full stop or a closing bracket stays with what it closes."""
    for columns in range(30, 50):
        lines = wrap("表三“本年新收”合计二十一（已核对），总计栏为十二；相差九。" * 3, columns).splitlines()
        assert not any(line[0] in "，。；）”" for line in lines)


def test_a_document_cannot_speak_to_the_terminal():
    """Escape sequences and line breaks of a document are not printed."""
    assert printable("样例\x1b[2J市\r\n数据局\u202e") == "样例�[2J市 数据局�"


def test_control_and_direction_characters_are_taken_out():
    """What could end a header line or turn the reading direction is not text."""
    assert one_line("样例\r\nBcc: x\u2028\u202e市\x00\u200b局\ud800") == "样例 Bcc: x 市局"
