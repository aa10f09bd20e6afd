"""Styles and lists of OpenDocument files."""

import pytest

from services.parse.readers.odt import read
from shared.testing.formats.odt import package


def level(number, kind, more="", child=""):
    """Return a level of a list style."""
    return f'<text:list-level-style-number text:level="{number}" style:num-format="{kind}" {more}>{child}</text:list-level-style-number>'


def style(name, levels):
    """Return a list style."""
    return f'<text:list-style style:name="{name}">{levels}</text:list-style>'


CHAPTERS = style(
    "L",
    level(1, "一, 二, 三, ...", 'style:num-suffix="、"', '<style:list-level-properties><style:list-level-label-alignment text:label-followed-by="nothing"/></style:list-level-properties>')
    + level(2, "一, 二, 三, ...", 'style:num-prefix="（" style:num-suffix="）"'),
)  # fmt: skip


def item(content, more=""):
    """Return an item of a list."""
    return f"<text:list-item {more}><text:p>{content}</text:p></text:list-item>"


def listed(items, more=""):
    """Return a list."""
    return f'<text:list text:style-name="L" {more}>{items}</text:list>'


def lines(body, styles=CHAPTERS):
    """Return the lines of a document."""
    return read(package(f"<office:text>{body}</office:text>", styles=styles)).text.split("\n")[:-1]


def test_items_are_numbered_by_their_level():
    """Each level counts in its own digits, anew below each item of a higher one; an item without text of its own takes no number."""
    inner = f"<text:list-item><text:p>甲</text:p><text:list>{item('乙')}{item('丙')}</text:list></text:list-item>"
    wrapped = f"<text:list-item><text:list>{item('己')}</text:list></text:list-item>"
    assert lines(listed(inner + item("丁"))) == ["一、甲", "（一） 乙", "（二） 丙", "二、丁"]
    assert lines(listed(wrapped)) == ["（一） 己"]


def test_lists_go_on_where_they_say_so():
    """A further list begins anew unless it continues the last of its style, or one that it names."""
    first = listed(item("甲"), 'xml:id="a"')
    assert lines(first + listed(item("乙"))) == ["一、甲", "一、乙"]
    assert lines(first + listed(item("乙"), 'text:continue-numbering="true"')) == ["一、甲", "二、乙"]
    assert lines(first + listed(item("乙"), 'text:continue-list="a"')) == ["一、甲", "二、乙"]


def test_items_may_begin_elsewhere_or_have_no_number():
    """A start value sets the count, a list's header has none, further paragraphs of an item neither."""
    header = "<text:list-header><text:p>头</text:p></text:list-header>"
    two = "<text:list-item><text:p>乙</text:p><text:p>续</text:p></text:list-item>"
    body = listed(header + item("甲", 'text:start-value="4"') + two)
    assert lines(body) == ["头", "四、甲", "五、乙", "续"]


def test_headings_are_numbered_by_the_outline():
    """A heading outside any list counts in the outline's style, unless it is a list's header."""
    outline = '<text:outline-style style:name="O"><text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/></text:outline-style>'
    body = '<text:h text:outline-level="1">甲</text:h><text:h text:outline-level="1" text:is-list-header="true">乙</text:h><text:h text:outline-level="1">丙</text:h>'
    assert lines(body, outline) == ["1. 甲", "乙", "2. 丙"]


def test_a_paragraph_style_names_the_list():
    """A list without a style has that of its first paragraph."""
    own = CHAPTERS + '<style:style style:name="P" style:family="paragraph" style:list-style-name="L"/>'
    assert lines(
        '<text:list><text:list-item><text:p text:style-name="P">甲</text:p></text:list-item></text:list>', own
    ) == ["一、甲"]


@pytest.mark.parametrize(
    ("levels", "seen"),
    [
        (level(1, "1") + level(2, "a", 'text:display-levels="2" style:num-suffix=")"'), "1.a) 乙"),
        (level(1, "1") + level(2, "I", 'loext:num-list-format="第%2%条" xmlns:loext="l"'), "第I条 乙"),
        (level(1, "1") + level(2, "", 'style:num-suffix="、"'), "乙"),
        (level(1, "1") + '<text:list-level-style-bullet text:level="2" text:bullet-char="•"/>', "• 乙"),
        (level(1, "1") + level(2, "?"), "1 乙"),
        (level(1, "1"), "乙"),
    ],
)
def test_numbers_are_printed_as_their_level_says(levels, seen):
    """With those of higher levels, in a pattern, not at all, as a bullet."""
    inner = f"<text:list-item><text:p>甲</text:p><text:list>{item('乙')}</text:list></text:list-item>"
    assert lines(listed(inner), style("L", levels))[1] == seen


@pytest.mark.parametrize(
    ("properties", "seen"),
    [
        ('style:text-line-through-style="solid"', "5\u0336"),
        ('style:text-line-through-type="double"', "5\u0336"),
        ('style:text-line-through-style="none" style:text-line-through-type="none"', "5"),
        ('style:text-position="super 58%"', "⁵"),
        ('style:text-position="33% 58%"', "⁵"),
        ('style:text-position="sub 58%"', "₅"),
        ('style:text-position="-33% 58%"', "₅"),
        ('style:text-position="0% 100%"', "5"),
        ('text:display="none"', ""),
    ],
)
def test_characters_are_shown_as_their_style_says(properties, seen):
    """Struck, raised, lowered, hidden; by the style itself or the one that it is based on."""
    styles = f'<style:style style:name="A" style:family="text"><style:text-properties {properties}/></style:style>'
    styles += '<style:style style:name="B" style:family="text" style:parent-style-name="A"/>'
    for name in ("A", "B"):
        assert lines(f'<text:p>a<text:span text:style-name="{name}">5</text:span></text:p>', styles) == [f"a{seen}"]


def test_styles_in_a_ring_end():
    """A style based on itself is that style."""
    ring = '<style:style style:name="A" style:family="text" style:parent-style-name="A"/>'
    assert lines('<text:p><text:span text:style-name="A">5</text:span></text:p>', ring) == ["5"]
