"""What the parser writes down again is taken apart without losing or adding a character."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from services.parse.readers.tags import end_of, read_tags, shown

MARKUP = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *(
                    "<p>",
                    "</p>",
                    "<td>",
                    "</td>",
                    "<tr>",
                    "<table>",
                    "</table>",
                    "<b>",
                    "</b>",
                    "<div",
                    "<p title='<td>'>",
                ),
                *(
                    '<p a"=1>',
                    "<p =b>",
                    '<a href="x>y">',
                    "<o:p>",
                    "</o:p>",
                    "<br/>",
                    "<!-- <td> -->",
                    "<!--",
                    "-->",
                    "<![if x]>",
                ),
                *(
                    "<script>'<td>'</script>",
                    "<style>p{}</style>",
                    "&nbsp;",
                    "&lt;td&gt;",
                    "&amp;amp;",
                    "<",
                    ">",
                    "&",
                    '"',
                    "年",
                ),
                *(
                    "<svg><![CDATA[<td>]]></svg>",
                    "<?xml a?>",
                    "<w:sdt>",
                    "</x>",
                    "<pre>",
                    "<textarea><b>",
                    "<iframe><b></iframe>",
                ),
            ]
        ),
        st.text(max_size=5),
    ),
    max_size=30,
)


@settings(max_examples=300, deadline=None)
@given(MARKUP)
def test_no_character_is_lost(pieces):
    """For any markup: the texts between the tags are the text of the tree, but for what is never shown."""
    tree = LexborHTMLParser("<body>" + "".join(pieces).replace("\0", ""))
    tree.strip_tags(["iframe", "script", "style"], recursive=True)
    body = tree.body
    texts = read_tags(body.html).texts
    assert "".join(map(shown, texts)).split() == shown(body.text().replace("&", "&amp;").replace("<", "&lt;")).split()


@settings(max_examples=200, deadline=None)
@given(MARKUP)
def test_every_element_ends(pieces):
    """For any markup: what begins ends, inside what it stands in."""
    names = read_tags(LexborHTMLParser("<body>" + "".join(pieces)).body.html).names
    voids = {
        "br",
        "hr",
        "img",
        "input",
        "embed",
        "wbr",
        "col",
        "area",
        "base",
        "link",
        "meta",
        "param",
        "source",
        "track",
    }
    ends = [len(names)]
    for place, name in enumerate(names):
        if place == ends[-1]:
            ends.pop()
        elif name and name[0] != "/" and name not in voids:
            ends.append(end_of(names, place))
            assert place < ends[-1] < ends[-2]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("a\n \t b", "a b"),
        ("a&nbsp;b", "a\xa0b"),
        ("&amp;lt;", "&lt;"),
        ("&lt;td&gt;", "<td>"),
        ("1\u200b2", "12"),
        ("a\u3000\u3000b", "a\u3000\u3000b"),
        ("年" * 100 + "\n", "年" * 100 + " "),
    ],
)
def test_a_text_as_a_browser_shows_it(written, text):
    """White space of the source is one space; references are what they name, once."""
    assert shown(written) == text
