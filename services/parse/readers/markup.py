"""Limits for markup that is only made to exhaust a parser: parsing time is quadratic in depth and in the length of a tag."""

import re
from collections import Counter
from collections.abc import Iterator

from services.parse.document import Unreadable

DEEPEST = 5000
LONGEST_TAG = 64 * 1024
MOST_TABLES = 500
MOST_TAGS = 500_000

_BEGUN = re.compile("</?[a-zA-Z]")
_OPENING = re.compile(r"<([a-z][^\s/>]{0,40})")
_TAG = re.compile(  # unclosed comments and values reach to the end, as in a parser
    r"<(?:!--(?:.*?-->|.*)|(/?[a-z][^\s/>]*)(?:[^>=]|=\s*(?:\"[^\"]*(?:\"|$)|'[^']*(?:'|$))?)*+(?:>|$))", re.DOTALL
)
_UNNESTED = frozenset(  # never left open, or closed by the next of their kind
    {
        *(
            "area",
            "base",
            "br",
            "col",
            "embed",
            "hr",
            "img",
            "input",
            "link",
            "meta",
            "param",
            "source",
            "track",
            "wbr",
        ),
        *("p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "dt", "dd", "html", "head", "body"),
    }
)
_RAW = frozenset({"script", "style", "textarea", "title"})
_FOREIGN = frozenset({"svg", "math", "select"})  # in these, nothing above holds
_STYLING = frozenset({"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"})
_SPECIAL = frozenset(  # the end of another kind of element closes none of these
    {
        *("address", "article", "aside", "blockquote", "button", "center", "details", "dir", "div", "dl", "fieldset"),
        *("figure", "figcaption", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "listing"),
        *("main", "menu", "nav", "ol", "pre", "search", "section", "summary", "ul", "xmp", "iframe", "noscript"),
    }
)
_WALLS = frozenset({"table", "caption", "object", "marquee", "template", "applet", *_FOREIGN})
_MOST_STEPS = 5_000_000


def check_structure(source: str) -> None:
    """Raise Unreadable for markup deeper than 5000 elements, a tag over 64 KiB, or more than 500 000 tags; linear."""
    if len(source) > MOST_TAGS and source.count(">") > MOST_TAGS:
        raise Unreadable("more tags than any page has")
    if any(map(_BEGUN.search, _long_pieces(source))):
        raise Unreadable("a tag longer than any page has")
    begun = source.count("<")
    if begun > DEEPEST and begun - source.count("</") > DEEPEST:
        _check_depth(source.lower())


def _long_pieces(source: str) -> Iterator[str]:
    """Yield, of each stretch without the end of a tag, the part in which a tag would be longer than LONGEST_TAG."""
    start = 0
    while start + LONGEST_TAG < len(source):
        end = source.rfind(">", start, start + LONGEST_TAG)
        if end < 0:
            following = source.find(">", start)
            end = following if following >= 0 else len(source)
            yield source[start : end - LONGEST_TAG]
        start = end + 1


def _check_depth(source: str) -> None:
    opened = Counter(_OPENING.findall(source))
    foreign = any(opened[name] for name in _FOREIGN)
    if sum(count for name, count in opened.items() if foreign or name not in _UNNESTED) > DEEPEST:
        _Elements().read(source)  # it is deeper if nothing was closed: see what was


class _Elements:
    """The elements open at a place of the source, never fewer than a parser has open there."""

    def __init__(self) -> None:
        self._open: list[str] = []
        self._count: Counter[str] = Counter()
        self._steps = 0

    def read(self, source: str) -> None:
        """Open and close all elements; Unreadable where they are too many."""
        for name in self._tags(source):
            if name[0] == "/":
                self._close(name[1:])
            elif self._foreign or name not in _UNNESTED:
                self._open.append(name)
                self._count[name] += 1
            if len(self._open) > DEEPEST or self._steps > _MOST_STEPS:
                raise Unreadable("markup nested beyond any page")

    @property
    def _foreign(self) -> bool:
        return any(self._count[name] for name in _FOREIGN)

    def _tags(self, source: str) -> Iterator[str]:
        """Yield the tags outside comments and outside text that only looks like markup."""
        raw: str | None = None
        for name in filter(None, _TAG.findall(source)):
            if raw is not None:
                raw = None if name == f"/{raw}" else raw
            elif name in _RAW and not self._foreign:
                raw = name
            else:
                yield name

    def _close(self, name: str) -> None:
        """Close the element and what stands in it, if a parser would: not through a block, or out of a table."""
        if not self._count[name]:
            return
        for place in range(len(self._open) - 1, -1, -1):
            self._steps += 1
            found = self._open[place]
            if found == name:
                break
            if found in _WALLS or (name not in _STYLING and name not in _SPECIAL and found in _SPECIAL):
                return
        end = place + 1 if name in _STYLING else len(self._open)
        self._count.subtract(self._open[place:end])
        del self._open[place:end]
