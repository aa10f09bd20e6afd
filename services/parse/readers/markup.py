"""Limits for markup that is only made to exhaust a parser: parsing time is quadratic in depth and in the length of a tag."""

import re

from services.parse.document import Unreadable

DEEPEST = 2000
LONGEST_TAG = 64 * 1024
MOST_TABLES = 500

_TAG = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9:]{0,40})")
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
        *("p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "dt", "dd", "html", "head", "body", "o:p"),
    }
)
_RAW = frozenset({"script", "style", "textarea", "title"})


def check_structure(source: str) -> None:
    """Raise Unreadable for markup deeper than 2000 elements, a tag over 64 KiB, or more than 500 tables; linear."""
    if any(len(part) > LONGEST_TAG and _long_tag(part) for part in source.split(">")):
        raise Unreadable("a tag longer than any page has")
    if source.count("<") - source.count("</") > MOST_TABLES:
        _check_depth(source)


def _long_tag(part: str) -> bool:
    match = _TAG.search(part)
    return match is not None and len(part) - match.start() > LONGEST_TAG


def _check_depth(source: str) -> None:
    depth = tables = 0
    raw: str | None = None
    for tag in map(str.lower, _TAG.findall(source)):
        if raw is not None:
            raw = None if tag == f"/{raw}" else raw
        elif tag in _RAW:
            raw = tag
        elif tag[0] == "/":
            depth -= depth > 0 and tag[1:] not in _UNNESTED
        elif tag not in _UNNESTED:
            depth += 1
            tables += tag == "table"
            if depth > DEEPEST or tables > MOST_TABLES:
                raise Unreadable("markup nested or repeated beyond any page")
