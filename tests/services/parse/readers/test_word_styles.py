"""How characters are shown: a run's own word, then its style's, then its paragraph's."""

import pytest

from services.parse.readers.docx import read
from shared.testing.formats.docx import package, paragraph, text

STYLES = (
    '<w:style w:type="paragraph" w:styleId="Gone"><w:rPr><w:strike/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Usual"/>'
    '<w:style w:type="character" w:styleId="Plain"><w:rPr><w:strike w:val="false"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="Round"><w:basedOn w:val="About"/></w:style>'
    '<w:style w:type="character" w:styleId="About"><w:basedOn w:val="Round"/></w:style>'
)


def shown(runs, properties=""):
    """Return the text of a paragraph."""
    return read(package(paragraph(runs, properties), parts={"styles": STYLES})).text


@pytest.mark.parametrize(
    ("run", "seen"),
    [
        ("", "甲\u0336\n"),
        ('<w:rStyle w:val="Plain"/>', "甲\n"),
        ('<w:strike w:val="off"/>', "甲\n"),
        ('<w:rStyle w:val="Plain"/><w:strike/>', "甲\u0336\n"),
        ('<w:strike w:val="0"/><w:dstrike/>', "甲\u0336\n"),
        ('<w:rStyle w:val="Unknown"/>', "甲\u0336\n"),
        ('<w:rStyle w:val="Round"/>', "甲\u0336\n"),
        ("<w:strike w:val='0'/><w:rPrChange><w:rPr><w:strike/></w:rPr></w:rPrChange>", "甲\n"),
    ],
)
def test_the_nearest_word_counts(run, seen):
    """Own properties come before the character style, and that before the paragraph's; styles in a ring end."""
    assert shown(f"<w:r><w:rPr>{run}</w:rPr><w:t>甲</w:t></w:r>", '<w:pStyle w:val="Gone"/>') == seen


def test_the_default_style_is_that_of_paragraphs_without_one():
    """A paragraph that names no style has the default one."""
    assert shown(text("甲")) == "甲\n"
    struck = STYLES.replace('w:default="1"', "").replace('w:styleId="Gone"', 'w:default="1" w:styleId="Gone"')
    assert read(package(paragraph(text("甲")), parts={"styles": struck})).text == "甲\u0336\n"


@pytest.mark.parametrize(("value", "seen"), [("6", "5⁸"), ("-6", "5₈"), ("99999", "58"), ("x", "58")])
def test_a_lone_shift_is_a_note_and_a_shifted_line_is_none(value, seen):
    """A piece set higher than its neighbours is a note; a whole figure set higher is a figure."""
    shifted = f'<w:r><w:rPr><w:position w:val="{value}"/></w:rPr><w:t>8</w:t></w:r>'
    assert shown(text("5") + shifted) == f"{seen}\n"
    assert shown(shifted) == "8\n"
