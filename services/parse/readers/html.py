"""Web pages: decoded first, script and hidden parts left out, innermost tables as grids, everything else as lines."""

import re

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from services.parse.document import Content, Unreadable
from services.parse.readers.facts import read_facts
from services.parse.readers.html_tables import BLOCKS, NOT_SHOWN, data_tables, read_table
from services.parse.readers.markup import check_structure
from services.parse.readers.page import Page
from services.parse.readers.pictures import among_tables
from services.parse.readers.seen import leave_unseen
from services.parse.readers.tags import Tags, end_of, read_tags, shown, unescaped
from services.parse.readers.text import decode
from shared.simplified import simplify

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
        tags = read_tags(tree.body.html or "")
        if leave_unseen(tree, tags):
            tags = read_tags(tree.body.html or "")
        _write(tags, page)
    text, blocks = page.finished()
    return Content(
        text=text,
        blocks=blocks,
        title=facts.title,
        published=facts.published,
        agency=facts.agency,
        pictures=among_tables(simplify(text), page.pictures) if page.pictures else 0,
        confidence=_CUT_OFF if _is_cut_off(source) else 1.0,
        links=facts.links,
    )


def _is_cut_off(source: str) -> bool:
    """Whether the page breaks off in a table: its last figure may have lost digits."""
    if "</html" in source[-_END:].lower():
        return False
    end = source.lower()
    return end.rfind("<table") > max(end.rfind(closing) for closing in ("</table", "</body", "</html"))


def _tree(source: str) -> LexborHTMLParser:
    check_structure(source)
    try:
        return LexborHTMLParser(source)
    except SelectolaxError:  # out of memory: elements that the parser opens again and again
        raise Unreadable("a tree larger than any page's") from None


def _write(tags: Tags, page: Page) -> None:
    """Write a page: blocks as lines, tables that hold data as grids."""
    texts, names, _ = tags
    tables = data_tables(names)
    place = preformatted = 0
    while place < len(names):
        if texts[place]:
            _write_text(texts[place], page, preformatted=preformatted > 0)
        name = names[place]
        if name == "table" and place in tables:
            _write_table(tags, place, tables[place], page)
            place = tables[place]
        elif name in NOT_SHOWN:
            place = end_of(names, place)
        elif name == "img":
            page.picture()
        elif name in BLOCKS:
            page.end_line()
            preformatted += (name == "pre") - (name == "/pre")
        place += 1
    _write_text(texts[-1], page, preformatted=False)


def _write_text(text: str, page: Page, *, preformatted: bool) -> None:
    if not preformatted:
        page.write(shown(text))
        return
    for number, line in enumerate(unescaped(text).split("\n")):
        if number:
            page.end_line()
        page.write(line)


def _write_table(tags: Tags, start: int, end: int, page: Page) -> None:
    table = read_table(tags, start, end)
    page.end_line()
    for line in table.captions:
        page.write(line)
        page.end_line()
    for _ in range(tags.names[start:end].count("img")):
        page.picture()
    page.table(table.rows)
