"""A page as the parser writes it down again: well-formed, so that a few patterns find its lines."""

import re
from functools import lru_cache

from services.parse.readers.pictures import thin_by
from shared.text import normalise

_RAW = ("script", "style", "iframe", "noembed", "noframes", "xmp", "plaintext")
"""What stands in these is no markup, is written down unescaped, and is not shown."""

_NOT_SHOWN = ("noscript", "object", "svg", "select", "button", "textarea", "template", "title", "datalist")
_DRAWN = frozenset({"object", "svg", "select", "textarea"})
_BLOCKS = (
    *("p", "br", "div", "li", "td", "tr", "th", "tbody", "table", "ul", "h1", "h2", "h3", "h4", "h5", "h6", "dd", "dt"),
    *("dl", "ol", "hr", "section", "header", "footer", "nav", "form", "center", "main", "article", "aside", "address"),
    *("blockquote", "body", "caption", "details", "dir", "fieldset", "figcaption", "figure", "legend", "listing"),
    *("menu", "pre", "summary", "tfoot", "thead"),
)
"""At these a line ends; the most usual come first, for they are tried in this order."""

_NO_MARKUP = "(?:" + "|".join(f"{name}[ >].*?</{name}" for name in _RAW) + "|!--.*?--)>"
_UNSEEN = re.compile(f"<(?:{_NO_MARKUP}|[!?][^>]*>|(/?)({'|'.join(_NOT_SHOWN)})(?: [^>]*)?>)", re.DOTALL)
_ODD_TAG = re.compile(f"<(?:{_NO_MARKUP}|(/?[a-z][^<>]*<[^>]*>))", re.DOTALL)
TAG = re.compile("<[^>]*>")  # values of attributes hold no bare < or >: they are written down escaped
BLOCK = re.compile(f"<(/?(?:{'|'.join(_BLOCKS)}))(?: [^>]*)?>")
_ANY_BLOCK = re.compile(BLOCK.pattern.replace("(/?", "(?:/?", 1))
_GONE = "<!>"  # stands where something is left out, so that the texts before and behind it stay two
_LEFT_OUT = "<!drawn>"  # stands where what is left out is seen
_SEEN = re.compile("<(img|input|canvas|embed|!drawn)((?: [^>]*)?)>")
_SPACER = re.compile(r"\bsrc=\"(?:[^\"]*/)?(?:spacer?|blank|pixel|clear|transparent)\.(?:gif|png)\"", re.IGNORECASE)
_FILLED = re.compile(
    '^(?!.* type="(?:hidden|checkbox|radio|button|submit|reset)").* value="[^"]', re.DOTALL | re.IGNORECASE
)
_WHITE_SPACE = re.compile(r"[ \t\n\r\f]{2,}|[\t\n\r\f]")
_SHORT = 64
_SHORT_CELL = 1000


def visible(markup: str) -> str:
    """Return markup without comments and without the elements whose content is not shown as text: scripts, buttons, drawings."""
    seen, closed = _visible(markup)
    if closed and seen.count("<") == seen.count(">"):
        return seen
    return _visible(_ODD_TAG.sub(_evened, markup))[0]


def _evened(tag: re.Match[str]) -> str:
    """Return a tag without the bare < that names of elements and attributes may hold where a > was forgotten: <div<p>."""
    return tag[0] if tag[1] is None else "<" + tag[1].replace("<", "&lt;")


def _visible(markup: str) -> tuple[str, bool]:
    """Return what is seen, and whether all that is left out was closed, as the parser closes everything."""
    first, *others = _UNSEEN.split(markup)
    kept = [first]
    hidden, depth = None, 0  # the element that is left out, and how many of its kind are open
    for end, name, text in zip(others[::3], others[1::3], others[2::3], strict=True):
        if name and name == (hidden if depth else name):
            hidden, depth = name, depth + (-1 if end else 1)
        if not depth:
            kept += (_LEFT_OUT if end and name in _DRAWN else _GONE, text)
    return "".join(kept), not depth


def is_drawn_in(markup: str) -> bool:
    """Whether in visible markup without text something is seen all the same: a picture, a drawing, a filled-in field."""
    return any(
        not thin_by(told) and not _SPACER.search(told) and (name != "input" or _FILLED.search(told) is not None)
        for name, told in _SEEN.findall(markup)
    )


def lines(markup: str) -> tuple[str, ...]:
    """Return the lines of text in markup that is visible, those without text left out."""
    return _known_lines(markup) if len(markup) < _SHORT_CELL else _lines(markup)


def _lines(markup: str) -> tuple[str, ...]:
    if "<" not in markup:
        line = shown(markup).strip()
        return (line,) if line else ()
    written = (shown(TAG.sub("", line)).strip() for line in _ANY_BLOCK.split(markup) if line)
    return tuple(line for line in written if line)


_known_lines = lru_cache(maxsize=4096)(_lines)  # the cells of a report are marked up alike and say the same few things


def shown(text: str) -> str:
    """Return a text as a browser shows it: one space for any white space, character references as what they name."""
    return _known(text) if len(text) < _SHORT else _shown(text)


def unescaped(text: str) -> str:
    """Return a text with its character references as what they name."""
    return normalise(_named(text))


def _named(text: str) -> str:
    if "&" not in text:
        return text
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", "\xa0").replace("&amp;", "&")


def _shown(text: str) -> str:
    text = _named(text)
    if text.isprintable() and "  " not in text:  # nearly always: all other white space is not printable
        return text
    return _WHITE_SPACE.sub(" ", normalise(text))


_known = lru_cache(maxsize=4096)(_shown)  # the cells of all reports say the same few things
