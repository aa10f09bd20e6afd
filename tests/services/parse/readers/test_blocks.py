"""A tree that is reduced to blocks says the same: no character is lost, and no line is broken or joined."""

import contextlib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from services.parse.document import Unreadable
from services.parse.readers.blocks import BREAK, images, line, lines, mark, reduce, texts, unmarked
from services.parse.readers.html import read
from services.parse.readers.rare import rare
from shared.text import PICTURE, normalise

UNSEEN = ["iframe", "script", "style", "textarea", "svg", "noscript", "button", "select", "title"]
MARKS = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4"
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


def tree_of(pieces):
    """Return the tree of a page."""
    page = "<body>" + "".join(pieces)
    return LexborHTMLParser(unmarked(page, page.encode("utf-8", "replace")))


def reduced(page):
    """Return the text of a page's reduced tree."""
    tree = tree_of(page)
    mark(tree.body, rare(tree))
    reduce([tree.body])
    return tree.body.text(separator=BREAK)


def solid(text):
    """Return a text without white space and marks."""
    return "".join(normalise(text).translate(dict.fromkeys(map(ord, MARKS))).split())


@settings(max_examples=300, deadline=None)
@given(MARKUP)
@example(["<noscript>", "<td<script>", "</noscript>", "<script>'<td>'</script>", "&lt;td&gt;"])
@example(["<button>", "<svg>", "<title>", "年", "<noscript>", "<b>"])
def test_no_character_is_lost(pieces):
    """For any markup: what is left is the text of the tree, but for what is never shown."""
    tree = tree_of(pieces)
    tree.strip_tags(UNSEEN, recursive=True)
    assert solid(reduced(pieces)) == solid(tree.body.text())


@settings(max_examples=200, deadline=None)
@given(MARKUP)
def test_lines_hold_the_text(pieces):
    """For any markup: the lines together are its text, none is empty, and none holds a mark."""
    found = lines(reduced(pieces))
    assert solid("".join(found)).replace(PICTURE, "") == solid(reduced(pieces)).replace(PICTURE, "")
    assert all(line == line.strip() != "" and not set(MARKS) & set(line) for line in found)


@settings(max_examples=300, deadline=None)
@given(MARKUP)
@example(["1<b>2</b>", "<p>", "&nbsp;", "<b>3</b>"])
def test_a_block_says_the_same_reduced_or_not(pieces):
    """For any markup: a block whose text is one piece is left as it is, and its lines are those of the reduced tree."""
    tree = tree_of(pieces)
    mark(tree.body, rare(tree))
    assert lines(texts([tree.body])[0]) == lines(reduced(pieces))


@settings(max_examples=200, deadline=None)
@given(MARKUP)
def test_only_blocks_are_left(pieces):
    """For any markup: nothing in the tree parts a text but the blocks that end its lines."""
    tree = tree_of(pieces)
    mark(tree.body, rare(tree))
    reduce([tree.body])
    tags = [node.tag for node in tree.body.traverse(include_text=True)]
    assert not {"span", "b", "a", "o:p", "script", "-comment", *UNSEEN}.intersection(tags)


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("<p>1<span>2</span><o:p></o:p>3<!-- 9 -->4<b></b>5<wbr>6<t-x>7</t-x></p>", ("1234567",)),
        ("<p><![if x]>1<![endif]>2<?xml a?>3</p>", ("123",)),
        ("<p>1<br>2<p>3<li>4", ("1", "2", "3", "4")),
        ("1<script>9</script>2<button>9</button>3", ("123",)),
        ("<pre>规章  1\n行政许可  2</pre>", ("规章  1", "行政许可  2")),
        ("<p>规章  1\n  2</p>", ("规章 1 2",)),
        ("<p><pre>规章  1</pre>  2  3", ("规章  1", "2 3")),
    ],
)
def test_a_line_is_one_text(page, text):
    """Styling, comments and what is not shown part nothing; blocks do; white space is shown as browsers do."""
    assert lines(reduced(page)) == text


@pytest.mark.parametrize("sign", [*MARKS, "&#xfdd1;"])
def test_signs_of_the_page_are_no_marks(sign):
    """A page that holds the characters that mark something here is read without them, or refused."""
    page = f"<p>1{sign}2</p><table><tr><td>规章<td>1{sign}</table>"
    with contextlib.suppress(Unreadable):
        assert "规章\t1" in read(page.encode()).text


def test_images_are_counted_where_they_stand():
    """An image leaves a mark in the text of its line."""
    assert [images(text) for text in reduced("<p>1<p><img src=a.png>2<img src=spacer.gif><p>3").split(BREAK)] == [
        0,
        2,
        0,
    ]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("a\n \t b", "a b"),
        ("a\xa0b", "a\xa0b"),
        ("1\u200b2", "12"),
        ("a\u3000\u3000b", "a\u3000\u3000b"),
        ("年" * 100 + "\n", "年" * 100 + " "),
    ],
)
def test_a_text_as_a_browser_shows_it(written, text):
    """White space of the source is one space."""
    assert line(written) == text


def test_styling_within_styling_is_bounded():
    """Unwrapping takes as long as all that stands inside: what would take minutes is refused, deep or wide alone is read."""
    with pytest.raises(Unreadable):
        read(("<span>" * 4000 + "年<br>" * 50_000).encode())
    assert read(("<span>" * 4000 + "年").encode()).text == "年\n"
    assert read(("<b>年</b>" * 4000).encode()).text == "年" * 4000 + "\n"
