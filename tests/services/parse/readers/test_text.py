"""Text is decoded by looking at it, whatever it claims to be."""

import pytest

from services.parse.document import Unreadable
from services.parse.readers.text import LONGEST, decode, read

SENTENCE = "样例市数据局2024年政府信息公开工作年度报告，收到申请60件。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-32"])
def test_every_usual_encoding_is_recognised(encoding):
    """UTF-8 and GB18030 without help; UTF-16 and UTF-32 by their byte order mark."""
    data = SENTENCE.encode(encoding)
    if encoding == "utf-16-le":
        data = b"\xff\xfe" + data
    assert decode(data) == SENTENCE


def test_four_byte_characters_survive_a_page_that_says_gb2312():
    """A declared gb2312 is read as gb18030, which holds it."""
    assert decode((SENTENCE + "䶮㙍").encode("gb18030"), "GB2312") == SENTENCE + "䶮㙍"


def test_a_lie_about_the_charset_is_not_believed():
    """Strict UTF-8 wins over a declaration; among the rest the fewest lost characters."""
    assert decode(SENTENCE.encode(), "gb2312") == SENTENCE
    assert decode(SENTENCE.encode("gb18030"), "utf-8") == SENTENCE
    assert decode("樣例市政府資訊公開年度報告".encode("big5hkscs"), "big5") == "樣例市政府資訊公開年度報告"
    assert decode(SENTENCE.encode("gb18030"), "no-such-charset") == SENTENCE


TRADITIONAL = "樣例市數據局2024年政府資訊公開工作年度報告，收到申請60件，予以公開3件。\n"


def test_big5_is_recognised_without_help():
    """Big5 read as GB18030 loses no character, but none of them is one of a report's."""
    assert decode(TRADITIONAL.encode("big5hkscs")) == TRADITIONAL
    assert decode(TRADITIONAL.encode("big5hkscs"), "gb2312") == TRADITIONAL
    assert decode(TRADITIONAL.encode("gb18030")) == TRADITIONAL
    assert decode(TRADITIONAL.encode("gb18030"), "big5") == TRADITIONAL


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_recognised(encoding):
    """Every other byte of Chinese UTF-16 is a high byte of an ideograph or a NUL."""
    assert decode(SENTENCE.encode(encoding)) == SENTENCE
    assert decode(TRADITIONAL.encode(encoding)) == TRADITIONAL


def test_one_bad_byte_costs_one_character():
    """Damaged text is still text."""
    data = bytearray(SENTENCE.encode("gb18030") * 20)
    data[40:41] = b"\xff"
    assert decode(bytes(data)).count("样例市数据局") >= 19


def test_paragraphs_are_the_lines_with_text():
    """Offsets count the normalised text; empty lines are no paragraphs."""
    content = read("一\r\n\r\n \u3000\n二三\n".encode())
    assert [content.text[block.start : block.end] for block in content.blocks] == ["一", "二三"]


def test_pictures_that_stand_for_tables_are_counted():
    """A line that is only a picture's name, or Markdown's picture, is a picture."""
    assert read("捕获2.PNG\n![表三](t3.png)\n说明见a.png文件".encode()).pictures == 2


def test_a_text_longer_than_any_report_is_refused():
    """Beyond the limit nothing is read."""
    with pytest.raises(Unreadable):
        read(b"1" * (LONGEST + 1))
