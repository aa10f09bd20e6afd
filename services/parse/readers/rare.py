"""The elements of a page that are looked at one by one, by their tags: all but those of which a page has hundreds."""

from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser, LexborNode

_RARE = "*:not(td,p,span,o\\:p,tr,li,div,br,b,strong,font)"
"""To look for each kind by itself takes longer than to leave these out."""

Rare = list[tuple[str, LexborNode]]
"""Tags and nodes in the order of the page."""


def rare(tree: LexborHTMLParser) -> Rare:
    """Return the rare elements of a page; once one is taken out, they have to be looked for anew."""
    return [(node.tag or "", node) for node in tree.css(_RARE)]


def tagged(found: Rare, tags: Iterable[str]) -> list[LexborNode]:
    """Return those that have one of these tags."""
    return [node for tag, node in found if tag in tags]
