"""List numbers that stand in no paragraph's text."""

from services.parse.readers.docx import read
from shared.testing.formats.docx import package, paragraph, text


def level(depth, kind, printed, more=""):
    """Return a level of a list."""
    return f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>{more}<w:lvlText w:val="{printed}"/></w:lvl>'


def listed(content, number="1", depth="0"):
    """Return a paragraph of a list."""
    return paragraph(text(content), f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def lines(body, numbering, **parts):
    """Return the lines of a document."""
    return read(package(body, parts={"numbering": numbering, **parts})).text.split("\n")[:-1]


def lists(levels, more=""):
    """Return a numbering part of one list of these levels."""
    abstract = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
    return f'{abstract}<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}'


TWO = level(0, "chineseCounting", "%1、", '<w:suff w:val="nothing"/>') + level(1, "chineseCounting", "（%2）")


def test_levels_count_anew_below_a_higher_one():
    """（一） begins again in each chapter, and a paragraph outside the list changes nothing."""
    body = (
        listed("甲")
        + listed("乙", depth="1")
        + paragraph(text("文"))
        + listed("丙", depth="1")
        + listed("丁")
        + listed("戊", depth="1")
    )
    assert lines(body, lists(TWO)) == ["一、甲", "（一） 乙", "文", "（二） 丙", "二、丁", "（一） 戊"]


def test_a_level_that_does_not_restart_goes_on():
    """A level may count through the chapters."""
    body = listed("甲") + listed("乙", depth="1") + listed("丙") + listed("丁", depth="1")
    through = level(0, "decimal", "%1.") + level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>')
    assert lines(body, lists(through)) == ["1. 甲", "1) 乙", "2. 丙", "2) 丁"]


def test_a_number_may_name_the_higher_levels():
    """2.1 is made of two counters; a legal level prints all in Arabic digits."""
    body = listed("甲") + listed("乙") + listed("丙", depth="1")
    assert lines(body, lists(TWO + level(1, "decimal", "%1.%2")))[-1] == "二.1 丙"
    assert lines(body, lists(TWO + level(1, "decimal", "%1.%2", "<w:isLgl/>")))[-1] == "2.1 丙"


def test_lists_of_one_definition_count_together_until_one_begins_anew():
    """Two lists share a counter unless the second overrides its start."""
    second = '<w:num w:numId="2"><w:abstractNumId w:val="0"/>{}</w:num>'
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    body = listed("甲") + listed("乙", "2") + listed("丙", "2")
    assert lines(body, lists(TWO, second.format(""))) == ["一、甲", "二、乙", "三、丙"]
    assert lines(body, lists(TWO, second.format(anew))) == ["一、甲", "五、乙", "六、丙"]


def test_a_style_numbers_its_paragraphs():
    """The list stands in the paragraph style, or in the one that it is based on; number 0 takes a paragraph out."""
    styles = (
        '<w:style w:type="paragraph" w:styleId="H"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    out = paragraph(text("丙"), '<w:pStyle w:val="H"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    body = paragraph(text("甲"), '<w:pStyle w:val="H"/>') + paragraph(text("乙"), '<w:pStyle w:val="H2"/>') + out
    assert lines(body, lists(TWO), styles=styles) == ["一、甲", "（一） 乙", "丙"]


def test_a_list_style_lends_its_levels():
    """A list that only names a list style has the levels of the list that defines it."""
    linked = (
        '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="S"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="6"><w:styleLink w:val="S"/>{TWO}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
    )
    assert lines(listed("甲"), linked) == ["一、甲"]


def test_a_deleted_or_hidden_paragraph_has_no_number():
    """What is not in the accepted document is not counted."""
    gone = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr><w:rPr><{}/></w:rPr>"
    body = "".join(paragraph("", gone.format(mark)) for mark in ("w:del", "w:vanish")) + listed("甲")
    assert lines(body, lists(TWO)) == ["一、甲"]


def test_bullets_are_printed_and_unknown_lists_are_not():
    """A bullet stands before its line; a list that is not there numbers nothing."""
    assert lines(listed("甲") + listed("乙", "9"), lists(level(0, "bullet", "•"))) == ["• 甲", "乙"]
