"""The elements of a page that are looked at one by one, found in one pass."""

from selectolax.lexbor import LexborHTMLParser

from services.parse.readers.rare import rare, tagged
from services.parse.readers.seen import leave_unseen

PAGE = (
    "<head><meta name=a content=b><title>年报</title></head>"
    "<p>1<span>2</span><o:p></o:p><img src=a.png><a href=b>3</a></p><table><tr><td>4<pre>5</pre><t-x>6</t-x></table>"
)


def test_all_but_the_frequent_ones_are_found_in_the_order_of_the_page():
    """Head and body; what has a tag of nobody's is rare, too."""
    found = rare(LexborHTMLParser(PAGE))
    assert [tag for tag, _ in found] == [
        "html",
        "head",
        "meta",
        "title",
        "body",
        "img",
        "a",
        "table",
        "tbody",
        "pre",
        "t-x",
    ]
    assert [node.text() for node in tagged(found, {"a", "pre"})] == ["3", "5"]


def test_what_stood_in_something_hidden_is_not_among_those_left():
    """Its nodes are gone: nobody may look at them any more."""
    page = "<div hidden><img src=a.png><svg><title>9</title></svg></div><img src=b.png>"
    tree = LexborHTMLParser(page)
    left = leave_unseen(tree, rare(tree), page.encode())
    assert [node.attributes for node in tagged(left, {"img", "svg", "title"})] == [{"src": "b.png"}]
