"""What the parser writes down again is taken apart without losing or adding a character."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from services.parse.readers.tags import TAG, lines, shown, visible

UNSEEN = ["iframe", "script", "style", "textarea", "svg", "noscript", "button", "select", "title"]
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
                    "<svg>",
                    "</svg>",
                    "<noscript>",
                    "</noscript>",
                    "<button>",
                    "</button>",
                    "<!>",
                    "<p <!-- a>",
                    "<td<script>",
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
@example(["<noscript>", "<td<script>", "</noscript>", "<script>'<td>'</script>", "&lt;td&gt;"])
def test_no_character_is_lost(pieces):
    """For any markup: what is visible is the text of the tree, but for what is never shown."""
    tree = LexborHTMLParser("<body>" + "".join(pieces).replace("\0", ""))
    told = visible(tree.body.html)
    tree.strip_tags(UNSEEN, recursive=True)
    text = tree.body.text().replace("&", "&amp;").replace("<", "&lt;")
    assert "".join("".join(map(shown, TAG.split(told))).split()) == "".join(shown(text).split())


@settings(max_examples=200, deadline=None)
@given(MARKUP)
def test_lines_hold_the_text(pieces):
    """For any markup: the lines together are its text, none is empty, and none holds a tag."""
    told = visible(LexborHTMLParser("<body>" + "".join(pieces).replace("\0", "")).body.html)
    found = lines(told)
    assert "".join("".join(found).split()) == "".join(shown(TAG.sub("", told)).split())
    assert all(line == line.strip() != "" for line in found)


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
