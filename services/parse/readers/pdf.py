"""PDF with text: ruled tables by their lines, everything else as lines in the order in which it was painted."""

import re
from collections.abc import Sequence

from services.parse.document import Content, Unreadable
from services.parse.readers.continued import Table
from services.parse.readers.leaves import Leaf, write
from services.parse.readers.lines import Line
from services.parse.readers.page import Page
from services.parse.readers.pictures import among_tables
from services.parse.readers.recognition import installed, require
from services.parse.readers.ruled import read_leaf
from services.parse.readers.rules import Box
from services.parse.readers.scan import PIXELS, leaf_of
from services.parse.readers.streams import intact
from services.parse.readers.visible import layer_of
from shared.simplified import simplify

_DAMAGED = 0.8  # a figure of a file that was changed may be another than was written
_HARDLY_ANY_TEXT = 200
_IDEOGRAPHS = re.compile("[\u4e00-\u9fff]+")
_SOME_IDEOGRAPHS = 50
_RARE_ROWS = bytes(range(0xD8, 0x100))  # of GB 2312: the common characters come first
_USUAL = 0.6  # of the ideographs of any Chinese text are among the common ones, of characters wrongly named a fifth


def read(data: bytes) -> Content:
    """Return the content of a PDF; Unreadable where it is damaged, locked, too large, or has no text that can be used."""
    whole = intact(data)
    leaves, recognised = _leaves(data)
    page, simplified = _written(leaves)
    if _is_garbled(simplified):
        require()
        leaves, recognised = _leaves(data, by_sight=True)
        page, simplified = _written(leaves)
    text, blocks = page.finished()
    pictures = among_tables(simplified, page.pictures) + recognised
    return Content(
        *(text, blocks),
        pictures=pictures,
        confidence=1.0 if whole else _DAMAGED,
        doubtful=frozenset(page.doubtful),
        by_distance=True,
    )


def _written(leaves: Sequence[Leaf]) -> tuple[Page, str]:
    """Return the pages written down, and the simplified text."""
    page = Page()
    write(leaves, page)
    return page, simplify(page.finished()[0])


def _leaves(data: bytes, *, by_sight: bool = False) -> tuple[list[Leaf], int]:
    """Return the pages, and how many were recognised (`by_sight`: all).

    On a page that was recognised a table may be that was not: it is a picture then, not missing.
    """
    from services.parse.readers import drawing as pages  # noqa: PLC0415 - the library is loaded where it is needed
    from services.parse.readers.pdfium import opened, page_count, page_of, raster  # noqa: PLC0415

    leaves: list[Leaf] = []
    unread = recognised = 0
    with opened(data) as document:
        for number in range(1, page_count(document) + 1):
            with page_of(document, number - 1) as page:
                drawing = pages.draw(page)
                layer = None if by_sight else layer_of(drawing)
                seen = leaf_of(raster(page, PIXELS), number) if layer is None and installed() else None
            if seen is not None:
                leaf, recognised = seen, recognised + 1
            elif layer is None:
                unread += 1
                leaf = Leaf(number, drawing.width, drawing.height, [Box(0, 0, drawing.width, drawing.height)])
            else:
                leaf = read_leaf(drawing, layer, number)
            leaves.append(leaf)
    if unread and _characters(leaves) < _HARDLY_ANY_TEXT:
        raise Unreadable(f"{unread} pages without text", "no_recognition")
    return leaves, recognised


def _characters(leaves: Sequence[Leaf]) -> int:
    return sum(len(item.text) for leaf in leaves for item in leaf.items if isinstance(item, Line)) + sum(
        len(cell.text) for leaf in leaves for item in leaf.items if isinstance(item, Table) for cell in item.cells
    )


def _is_garbled(text: str) -> bool:
    """Whether the characters are rare ones throughout: then the type names others than it shows."""
    ideographs = "".join(_IDEOGRAPHS.findall(text))
    rows = ideographs.encode("gb2312", errors="ignore")[::2]
    return len(ideographs) >= _SOME_IDEOGRAPHS and len(rows.translate(None, _RARE_ROWS)) < _USUAL * len(ideographs)
