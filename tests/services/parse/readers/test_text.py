"""Text is decoded by looking at it, whatever it claims to be."""

import random

import pytest

from services.parse.core import parse
from services.parse.document import Unreadable
from services.parse.readers import html
from services.parse.readers.text import LONGEST, decode, read
from shared.testing.figures import drawn, misread, unread
from shared.testing.formats.html import write
from shared.testing.layouts import TITLE, outline

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


def test_sounds_behind_characters_are_left_out():
    """Mirror pages put them in brackets all over; a single bracket with letters belongs to the report."""
    assert read("政府信息公開(kāi)年報(bào)(bào)，".encode() * 5).text == "政府信息公開年報，" * 5
    assert read("全长5公里(km)。".encode()).text == "全长5公里(km)。"


def test_a_text_shown_from_right_to_left_is_never_sure():
    """A character that turns what follows it makes 21 of 12."""
    assert read("收到申请\u202e21\u202c件。".encode()).confidence < 1
    assert read("收到申请\u200e21件。".encode()).confidence == 1


def test_a_text_longer_than_any_report_is_refused():
    """Beyond the limit nothing is read."""
    with pytest.raises(Unreadable):
        read(b"1" * (LONGEST + 1))


DECLARED = '<meta http-equiv="Content-Type" content="text/html; charset={}">'
CHARSETS = {
    "UTF-8, declared": ("utf-8", "utf-8"),
    "UTF-8, nothing declared": ("utf-8", None),
    "UTF-8 with its mark": ("utf-8-sig", None),
    "UTF-8 that says GB2312": ("utf-8", "gb2312"),
    "GB2312, declared": ("gb18030", "gb2312"),
    "GBK, declared": ("gb18030", "GBK"),
    "GB18030, declared": ("gb18030", "gb18030"),
    "GB18030, nothing declared": ("gb18030", None),
    "GB18030 that says UTF-8": ("gb18030", "utf-8"),
    "GB18030 that says ISO-8859-1": ("gb18030", "iso-8859-1"),
    "GB18030 under an unknown name": ("gb18030", "x-gbk"),
    "UTF-16 with its mark": ("utf-16", None),
    "UTF-16, little end first, without its mark": ("utf-16-le", "utf-16"),
    "UTF-16, big end first, without its mark": ("utf-16-be", None),
}


@pytest.mark.parametrize("case", CHARSETS)
def test_the_charset_is_found_out(case):
    """Four-byte characters, lies and silence: all figures and the agency come out, no character is lost."""
    encoding, declared = CHARSETS[case]
    figures = drawn(random.Random(case))
    title = f"样例市䶮㙍{TITLE[3:]}"
    page = write(outline(figures, title=title), encoding=encoding, head=DECLARED.format(declared) if declared else "")
    (report,) = parse(page, source="report").reports
    assert not misread(report.tables, figures)
    assert not unread(report.tables)
    assert report.title == title


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
@pytest.mark.parametrize("declared", ["gb2312", "utf-8", None])
def test_a_bad_byte_costs_a_character(encoding, declared):
    """One byte that is no character does not turn the page into another encoding."""
    figures = drawn(random.Random(encoding))
    page = write(outline(figures), encoding=encoding, head=DECLARED.format(declared) if declared else "")
    place = page.index("一年来".encode(encoding))
    (report,) = parse(page[:place] + b"\xff" + page[place + 1 :], source="report").reports
    assert not misread(report.tables, figures)
    assert not unread(report.tables)
    assert report.agency == "样例市数据局"


def test_traditional_pages_in_big5():
    """A page of a mirror in Big5, declared or not."""
    page = "<p>樣例市數據局2024年政府資訊公開工作年度報告，收到申請60件。</p>"
    for head in ("", DECLARED.format("big5")):
        assert "樣例市數據局2024年政府資訊公開工作年度報告" in html.read((head + page).encode("big5hkscs")).text
