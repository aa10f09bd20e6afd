"""Web pages: decoded first, script and hidden parts left out, innermost tables as grids, everything else as lines."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from services.parse.document import Block, Content, Grid, Unreadable
from services.parse.readers.facts import read_facts
from services.parse.readers.html_tables import data_tables, inside, part, read_table
from services.parse.readers.markup import check_structure
from services.parse.readers.page import Page
from services.parse.readers.pictures import content_of
from services.parse.readers.seen import leave_unseen
from services.parse.readers.tags import BLOCK, TAG, shown, unescaped, visible
from services.parse.readers.text import decode
from shared.model.cell import At, Span

_CHARSET = re.compile(rb"(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_:-]{2,40})", re.IGNORECASE)

_END = 200  # characters
_CUT_OFF = 0.8


def read(data: bytes) -> Content:
    """Return the content of a web page; Unreadable for a structure that no report has (depth, tags, tables)."""
    return read_page(decode(data, charset(data)))


def charset(data: bytes) -> str | None:
    """Return the charset that a page declares at its head."""
    declared = _CHARSET.search(data[:4096])
    return declared.group(1).decode("ascii") if declared else None


def read_page(source: str, address: str = "") -> Content:
    """Return the content of a decoded web page; its links are relative to its `address`, where that is known."""
    tree = _tree(source.replace("\0", ""))
    facts = read_facts(tree, address)
    page = Page()
    if tree.body is not None:
        markup = visible(tree.body.html or "")
        if leave_unseen(tree, markup):
            markup = visible(tree.body.html or "")
        _write(markup, page)
    cut_off = _is_cut_off(source)
    content = content_of(page, confidence=_CUT_OFF if cut_off else 1.0)
    doubtful = _from_last_table(content.text, content.blocks) if cut_off else frozenset[At]()
    return replace(
        content,
        title=facts.title,
        published=facts.published,
        agency=facts.agency,
        doubtful=content.doubtful | doubtful,
        links=facts.links,
    )


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


def _tree(source: str) -> LexborHTMLParser:
    check_structure(source)
    try:
        return LexborHTMLParser(source)
    except SelectolaxError:  # out of memory: elements that the parser opens again and again
        raise Unreadable("a tree larger than any page's") from None


def _write(markup: str, page: Page) -> None:
    """Write a page: blocks as lines, tables that hold data as grids."""
    parted = part(markup)
    tables = data_tables(parted)
    place = preformatted = 0
    while place < len(parted.marks):
        preformatted = _write_lines(parted.texts[place], page, preformatted)
        if place in tables:
            _write_table(inside(parted, place, tables[place]), page)
            place = tables[place]
        place += 1
    _write_lines(parted.texts[-1], page, preformatted)


def _write_lines(markup: str, page: Page, preformatted: int) -> int:
    """Write what stands outside of tables; `preformatted`: how many elements with lines of their own are open round it."""
    pieces = BLOCK.split(markup)
    for text, name in zip_longest(pieces[::2], pieces[1::2], fillvalue=""):
        if text and not text.isspace():
            _write_line(text, page, preformatted=preformatted > 0)
        if name == "pre" or name == "/pre":  # noqa: PLR1714 - a thousand times a page
            preformatted += 1 if name == "pre" else -1
    return preformatted


def _write_line(markup: str, page: Page, *, preformatted: bool) -> None:
    if "<" not in markup and not preformatted:
        page.line(shown(markup))
        return
    _note_pictures(markup, page)
    if preformatted:
        for line in unescaped(TAG.sub("", markup)).split("\n"):
            page.line(line)
    else:
        page.line("".join([shown(text) for text in TAG.split(markup) if text]))


def _note_pictures(markup: str, page: Page) -> None:
    if "<img" in markup:
        for _ in range(markup.count("<img ") + markup.count("<img>")):
            page.picture()


def _write_table(markup: str, page: Page) -> None:
    table = read_table(markup)
    for line in table.captions:
        page.line(line)
    _note_pictures(markup, page)
    page.table(table.rows)
