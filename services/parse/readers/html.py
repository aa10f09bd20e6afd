"""Web pages: decoded first, script and hidden parts left out, innermost tables as grids, everything else as lines."""

import re
from collections.abc import Sequence
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from services.parse.document import Block, Content, Grid, Unreadable
from services.parse.readers.blocks import BREAK, TABLE, images, line, mark, reduce, unmarked
from services.parse.readers.facts import read_facts
from services.parse.readers.html_tables import DataTable, data_tables
from services.parse.readers.markup import check_structure
from services.parse.readers.page import Page
from services.parse.readers.pictures import content_of
from services.parse.readers.rare import rare
from services.parse.readers.seen import leave_unseen, may_be_turned
from services.parse.readers.text import decoded
from shared.model.cell import At, Span

_CHARSET = re.compile(rb"(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_:-]{2,40})", re.IGNORECASE)

_END = 200  # characters
_UNSURE = 0.8


def read(data: bytes, declared: str | None = None, address: str = "") -> Content:
    """Return the content of a web page; Unreadable for a structure that no report has (depth, tags, tables).

    `declared`: its charset, where something else than the page tells it. Its links are relative to its `address`, where that is known.
    """
    source, written = decoded(data, declared or _charset(data))
    check_structure(source)
    written = unmarked(source, written)
    tree, told = _tree(written), written.lower()
    found = rare(tree)
    facts = read_facts(tree, found, address)
    page = Page()
    if tree.body is not None:
        mark(tree.body, leave_unseen(tree, found, told))
        _write(tree.body, page)
    cut_off = _is_cut_off(source)
    content = content_of(page, confidence=_UNSURE if cut_off or may_be_turned(told) else 1.0)
    doubtful = _from_last_table(content.text, content.blocks) if cut_off else frozenset[At]()
    return replace(
        content,
        title=facts.title,
        published=facts.published,
        agency=facts.agency,
        doubtful=content.doubtful | doubtful,
        links=facts.links,
    )


def _charset(data: bytes) -> str | None:
    """Return the charset that a page declares at its head."""
    declared = _CHARSET.search(data[:4096])
    return declared.group(1).decode("ascii") if declared else None


def _is_cut_off(source: str) -> bool:
    """Whether the page breaks off in a table: its last figure may have lost digits."""
    if "</html" in source[-_END:].lower():
        return False
    end = source.lower()
    return end.rfind("<table") > max(end.rfind(closing) for closing in ("</table", "</body", "</html"))


def _from_last_table(text: str, blocks: Sequence[Block]) -> frozenset[At]:
    """Return what a page that breaks off holds from its last table on: that table may go on."""
    last = [block for block in blocks if isinstance(block, Grid)][-1:]
    return frozenset(Span(block.start, len(text)) for block in last)


def _tree(written: bytes) -> LexborHTMLParser:
    try:
        return LexborHTMLParser(written)
    except SelectolaxError:  # out of memory: elements that the parser opens again and again
        raise Unreadable("a tree larger than any page's") from None


def _write(body: LexborNode, page: Page) -> None:
    """Write a page: blocks as lines, tables that hold data as grids."""
    tables = data_tables(body)
    for table in tables:
        table.node.replace_with(f"{BREAK}{TABLE}{BREAK}")
    reduce([body])
    texts = body.text(separator=BREAK).split(BREAK)
    if texts.count(TABLE) != len(tables):  # written in the page as a reference
        raise Unreadable("a sign that no page has")
    following = iter(tables)
    for text in texts:
        if text == TABLE:
            _write_table(next(following), page)
        elif not text.isspace():
            _note_images(images(text), page)
            page.line(line(text))


def _write_table(table: DataTable, page: Page) -> None:
    for caption in table.captions:
        page.line(caption)
    _note_images(table.images, page)
    page.table(table.rows)


def _note_images(count: int, page: Page) -> None:
    for _ in range(count):
        page.picture()
