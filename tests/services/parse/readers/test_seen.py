"""What a reader of the page does not see is no text of it; what is marked by style is marked."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from services.parse.readers.rare import rare
from services.parse.readers.seen import leave_unseen


def seen(page):
    """Return the text of a page as it is seen."""
    tree = LexborHTMLParser(page)
    leave_unseen(tree, rare(tree), page.lower().encode())
    tree.strip_tags(["style"], recursive=True)
    return tree.body.text()


def styled(rule, content='<p>5<span class="a">1</span></p>'):
    """Return a page with a style sheet."""
    return f"<style>{rule}</style>{content}"


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (".a{color:red;text-decoration:line-through}", "51\u0336"),
        ("p .a , b{ TEXT-DECORATION: Line-Through }", "51\u0336"),
        ("/* }{ */.a{text-decoration:line-through}", "51\u0336"),
        ("<!--\n.a{text-decoration:line-through}\n-->", "51\u0336"),
        (".a{vertical-align:super}", "5¹"),
        (".a{vertical-align: sub}", "5₁"),
        ("@media print{.b{color:red}.a{text-decoration:line-through}}", "51"),
        ("@media print{.b{color:red}}.a{text-decoration:line-through}", "51\u0336"),
        ("/*.a{text-decoration:line-through}*/", "51"),
        (".b{text-decoration:line-through}", "51"),
        (".a::{text-decoration:line-through}.a{vertical-align:super}", "5¹"),
        ("}}{{.a{text-decoration:line-through", "51"),
    ],
)
def test_rules_of_the_style_sheet_mark_text(rule, text):
    """Struck out, raised or lowered by class; not for another medium, nor in a comment; a broken rule is passed over."""
    assert seen(styled(rule)) == text


def test_a_cell_is_not_raised():
    """In a cell the property moves the whole line; its figures are figures."""
    cell = '<table><tr><td style="vertical-align:super">58</td><td style="vertical-align: sub">7</td></tr></table>'
    assert seen(cell).split() == ["587"]


def test_a_raised_text_within_another_is_raised_once():
    """Marks inside marks change a text once, and keep what stands beside it."""
    assert seen("<p>5<sup>1<sup>2</sup></sup><s>3<s>4</s></s></p>") == "5¹²3\u03364\u0336"


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="color:red; Display :none">1</p>',
        "<p hidden>1</p>",
        '<p hidden="hidden"><b>1</b></p>',
        '<p style="visibility:hidden">1</p>',
        "<div style='display:none'><p>1</p></div>",
        '<p style="font-size:0">1</p>',
        '<p style="color:red; FONT-SIZE : 0.0pt !important">1</p>',
    ],
)
def test_hidden_text_is_dropped(hidden):
    """Hidden by its own attribute or style."""
    assert seen(f"<p>5</p>{hidden}") == "5"


def test_a_cell_without_size_keeps_its_place():
    """Its text is not seen; the cell is there all the same."""
    page = '<table><tr><td style="font-size:0">58</td><td>7</td></tr></table>'
    tree = LexborHTMLParser(page)
    leave_unseen(tree, rare(tree), page.encode())
    assert [cell.text() for cell in tree.css("td")] == ["", "7"]


@pytest.mark.parametrize(
    "shown",
    [
        *('<p style="display:block">1</p>', '<p class="hidden">1</p>', '<p data-x="display">1</p>'),
        *('<p style="font-size:0.9em">1</p>', '<div style="font-size:0"><p style="font-size:14px">1</p></div>'),
    ],
)
def test_shown_text_stays(shown):
    """A style that shows, and a word that is no style, hide nothing."""
    assert seen(shown) == "1"
