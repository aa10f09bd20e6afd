"""The way through an OpenDocument text."""

import pytest

from services.parse.readers.odt import read
from shared.testing.formats.odt import package

STYLES = (
    '<style:style style:name="Up" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="Gone" style:family="paragraph"><style:text-properties text:display="none"/></style:style>'
)


def text_of(body):
    """Return the text of a document."""
    return read(package(f"<office:text>{body}</office:text>", styles=STYLES)).text


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("收到\n  60<text:s/><text:s text:c='2'/>件", "收到 60   件\n"),
        ("a<text:tab/>b<text:line-break/>c", "a\tb\nc\n"),
        ('58<text:span text:style-name="Up">1</text:span>', "58¹\n"),
        ('<text:a xlink:href="x">链接</text:a>文', "链接文\n"),
        ("甲<office:annotation><text:p>批注</text:p></office:annotation>乙", "甲乙\n"),
        ("<text:ruby><text:ruby-base>年</text:ruby-base><text:ruby-text>nian</text:ruby-text></text:ruby>报", "年报\n"),
        ("第<text:page-number>3</text:page-number>页", "第3页\n"),
        ("<text:hidden-text>藏</text:hidden-text>显", "显\n"),
        ("<text:bookmark-start text:name='a'/>甲<text:bookmark-end text:name='a'/>", "甲\n"),
    ],
)
def test_what_stands_in_a_line(line, seen):
    """White space is one space, notes are no digits, remarks and hidden words are not seen."""
    assert text_of(f"<text:p>{line}</text:p>") == seen


def test_hidden_paragraphs_and_sections_are_not_seen():
    """Hidden by style, by condition, by section."""
    body = (
        '<text:p text:style-name="Gone">1<text:s/><text:tab/></text:p><text:p><text:hidden-paragraph text:is-hidden="true"/>2</text:p>'
        '<text:section text:display="none"><text:p>3</text:p></text:section>'
        '<text:section text:display="condition" text:is-hidden="false"><text:p>4</text:p></text:section>'
        "<text:tracked-changes><text:p>5</text:p></text:tracked-changes>"
    )
    assert text_of(body) == "4\n"


def test_notes_stand_behind_the_text():
    """A note's mark is raised in the text and before the note."""
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>含补正</text:p><text:p>续</text:p></text:note-body></text:note>"
    assert text_of(f"<text:p>收到60件{note}。</text:p><text:p>完</text:p>") == "收到60件¹。\n完\n¹含补正\n续\n"


def test_frames_stand_behind_their_paragraph():
    """The text of a box breaks no sentence; a box on its own is read, too; pictures count once a frame."""
    box = "<draw:frame><draw:text-box><text:p>框中</text:p></draw:text-box></draw:frame>"
    shape = "<draw:custom-shape><text:p>形中</text:p></draw:custom-shape>"
    assert text_of(f"<text:p>收到{box}60件</text:p>{shape}<text:p>完</text:p>") == "收到60件\n框中\n形中\n完\n"
    picture = '<draw:frame><draw:object/><draw:image xlink:href="a"/></draw:frame>'
    assert read(package(f"<office:text><text:p>{picture}</text:p></office:text>")).pictures == 1


def test_contents_and_indexes_are_text():
    """A table of contents is on the page; how it was made is not."""
    contents = "<text:table-of-content><text:table-of-content-source><text:p>源</text:p></text:table-of-content-source><text:index-body><text:p>一、总体情况\t1</text:p></text:index-body></text:table-of-content>"
    assert text_of(contents) == "一、总体情况 1\n"
