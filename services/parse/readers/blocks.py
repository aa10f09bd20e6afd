"""A page's blocks and their texts: what stands in one line is one text, and what is seen and is no text is marked."""

import re
from collections.abc import Iterable, Sequence

from selectolax.lexbor import LexborNode

from services.parse.document import Unreadable
from services.parse.readers.pictures import thin_by
from services.parse.readers.rare import Rare
from shared.text import PICTURE, normalise

BREAK = "\ufdd0"
"""Stands between two lines of a text; this and the other marks are no characters (Unicode's noncharacters)."""

TABLE = "\ufdd1"
"""Stands where a table was."""

_IMAGE = "\ufdd2"  # an image
_SEEN = "\ufdd3"  # something that is seen and is no text
_AS_WRITTEN = "\ufdd4"  # a line whose white space is shown as it is written
_MARKS = re.compile(f"[{_IMAGE}{_SEEN}{_AS_WRITTEN}]")

_NO_TEXT = (BREAK, TABLE, _IMAGE, _SEEN, _AS_WRITTEN)

_UNSEEN = frozenset(
    {
        *("script", "style", "iframe", "noembed", "noframes", "xmp", "plaintext", "noscript", "button", "template"),
        *("title", "datalist"),
    }
)
"""What stands in these is not shown as text, nor are they a picture of anything."""

_DRAWN = frozenset({"img", "input", "canvas", "embed", "object", "svg", "select", "textarea"})
_EMPTY = frozenset({"img", "input", "canvas", "embed"})  # what these show is told by their attributes
_BLOCKS = frozenset(
    {
        *("p", "br", "div", "li", "td", "tr", "th", "tbody", "table", "ul", "h1", "h2", "h3", "h4", "h5", "h6", "dd"),
        *("dt", "dl", "ol", "hr", "section", "header", "footer", "nav", "form", "center", "main", "article", "aside"),
        *("address", "blockquote", "body", "caption", "col", "colgroup", "details", "dir", "fieldset", "figcaption"),
        *("figure", "legend", "listing", "menu", "pre", "summary", "tfoot", "thead"),
    }
)
"""At these a line ends."""

_LEFT = _BLOCKS | {"-text"}
_SPACER = re.compile(r"\bsrc=\"(?:[^\"]*/)?(?:spacer?|blank|pixel|clear|transparent)\.(?:gif|png)\"", re.IGNORECASE)
_FILLED = re.compile(
    '^(?!.* type="(?:hidden|checkbox|radio|button|submit|reset)").* value="[^"]', re.DOTALL | re.IGNORECASE
)
_FEW = 2000
_MOST_STEPS = 50_000_000
_WHITE_SPACE = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")


def unmarked(source: str, written: bytes) -> bytes:
    """Return a page, given as text and in UTF-8, without NULs and without the characters that mark something here."""
    for each in _NO_TEXT:
        if each in source:  # looked for in the text: in UTF-8 the first byte of them all is frequent
            written = written.replace(each.encode(), b"")
    return written.replace(b"\0", b"")


def mark(body: LexborNode, found: Rare) -> None:
    """Leave out what is not seen, and mark pictures, fields, and the lines of text that is shown as it is written."""
    if any(tag == "pre" for tag, _ in found):
        _mark_lines(body)
    for tag, node in reversed(found):  # what stands in another goes before it
        if tag in _UNSEEN:
            node.decompose()
        elif tag in _DRAWN:
            node.replace_with(_mark(node))


def texts(blocks: Sequence[LexborNode]) -> list[str]:
    """Return the text of each of these blocks, BREAK between its lines; none of them stands within another."""
    said = [block.text(separator=BREAK) for block in blocks]
    # Where all stands in one piece, which is nearly always, nothing can stand beside it in its line.
    several = [place for place, text in enumerate(said) if BREAK in text and _pieces(text) > 1]
    if several:
        reduce([blocks[place] for place in several])
        for place in several:
            said[place] = blocks[place].text(separator=BREAK)
    return said


def _pieces(text: str) -> int:
    return sum(not piece.isspace() and piece != "" for piece in text.split(BREAK))


def reduce(roots: Sequence[LexborNode]) -> None:
    """Leave only blocks and texts inside these blocks: styling becomes its content, so that what stands in a line is one text.

    Unreadable for styling within styling beyond any page's: to unwrap an element takes as long as all that stands inside.
    """
    nodes = [node for root in roots for node in root.traverse(include_text=True)]
    found = [node for node in nodes if node.tag not in _LEFT]
    if len(found) > _FEW and _deepest(found) * len(nodes) > _MOST_STEPS:
        raise Unreadable("markup nested beyond any page")
    for node in found:
        if node.first_child is None:  # comments too
            node.decompose()
        else:
            node.unwrap()
    for root in roots:
        root.merge_text_nodes()


def _mark_lines(body: LexborNode) -> None:
    """Mark the lines of text that is shown as it is written."""
    inner = {node.mem_id for node in body.css("pre pre")}
    for node in body.css("pre"):
        if node.mem_id not in inner:
            for text in [each for each in node.traverse(include_text=True) if each.is_text_node]:
                text.replace_with(_AS_WRITTEN + (text.text_content or "").replace("\n", BREAK + _AS_WRITTEN))


def _deepest(nodes: Iterable[LexborNode]) -> int:
    """Return how many of these nodes, in their order, stand within one another."""
    depths: dict[int | None, int] = {None: 0}
    for node in nodes:
        depths[node.mem_id] = depths.get(node.parent.mem_id if node.parent else None, 0) + 1
    return max(depths.values())


def _mark(node: LexborNode) -> str:
    """Return what stands for a picture, a drawing or a field: nothing for one that shows nothing."""
    if node.tag not in _EMPTY:
        return _SEEN
    told = "".join(f' {name}="{value}"' for name, value in node.attributes.items())
    shown = not thin_by(told) and not _SPACER.search(told) and (node.tag != "input" or _FILLED.search(told))
    return (_IMAGE if node.tag == "img" else "") + (_SEEN if shown else "")


def images(text: str) -> int:
    """Return how many images stand in a text."""
    return text.count(_IMAGE)


def lines(text: str) -> tuple[str, ...]:
    """Return the lines of a text as they are shown, those without text left out; PICTURE where something else is seen."""
    found = tuple([shown for piece in text.split(BREAK) if (shown := line(piece).strip())])
    return found or ((PICTURE,) if _SEEN in text else ())


def line(text: str) -> str:
    """Return a line as a browser shows it: one space for any white space, but for a line that is shown as written."""
    if text.isprintable() and "  " not in text:  # nearly always: other white space, and marks, are not printable
        return text
    if _AS_WRITTEN in text:
        return normalise(_MARKS.sub("", text))
    return _WHITE_SPACE.sub(" ", normalise(_MARKS.sub("", text)))
