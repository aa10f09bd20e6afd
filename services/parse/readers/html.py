"""Web pages: decoded first, script and hidden parts left out, innermost tables as grids, everything else as lines."""

import re
from collections import Counter
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from services.parse.document import Content
from services.parse.readers.markup import check_structure
from services.parse.readers.page import CellText, Page
from services.parse.readers.pictures import among_tables
from services.parse.readers.text import decode
from services.parse.simplified import simplify
from services.parse.small import lowered, raised
from services.parse.struck import strike
from shared.text import normalise

_CHARSET = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?([A-Za-z0-9_:-]{2,40})", re.IGNORECASE)
_LEFT_OUT = [
    *("script", "style", "template", "noscript", "head", "iframe", "object", "svg", "select", "button", "textarea"),
]
_INLINE = ["span", "font", "b", "strong", "i", "em", "u", "a", "small", "big", "label"]
_BLOCKS = frozenset(
    {
        *("address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure"),
        *("footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre"),
        *("section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "caption", "legend", "br"),
    }
)
_HIDDEN = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)
_MAYBE_HIDDEN = "[hidden],[type=hidden],[style*=display i],[style*=visibility i]"
_STRUCK = "s,strike,del,[style*=line-through i]"
_RAISED = "sup,[style*=super i]"
_LOWERED = "sub,[style*='vertical-align:sub' i],[style*='vertical-align: sub' i]"
_WHITE_SPACE = re.compile(r"[ \t\n\r\f]+")
_DIGITS = re.compile(r"[0-9]{1,5}")
_CELLS, _PLAIN = frozenset({"td", "th"}), frozenset({"p", "div"})
_TITLE, _PUBLISHED, _AGENCY = "articletitle", "pubdate", "contentsource"
_DATE = re.compile(r"(20\d\d) ?[-年/.] ?(\d{1,2}) ?[-月/.] ?(\d{1,2})")
_PRINTED_DATE = re.compile(r"(?:发布|公开|发文)(?:时间|日期)[:： \n]{0,4}(20\d\d ?[-年/.] ?\d{1,2} ?[-月/.] ?\d{1,2})")
_PRINTED_SOURCE = re.compile(r"(?:信息来源|来源|发布机构|发布单位)[:：][ \u3000]{0,4}([\u4e00-\u9fff（）()]{4,40})")


def read(data: bytes) -> Content:
    """Return the content of a web page; Unreadable for a structure that no report has (depth, tags, tables)."""
    declared = _CHARSET.search(data[:4096])
    source = normalise(decode(data, declared.group(1).decode("ascii") if declared else None))
    check_structure(source)
    tree = LexborHTMLParser(source)
    meta = _meta(tree)
    page = Page()
    if tree.body is not None:
        _leave_out(tree)
        _write(tree.body, page, _layout_tables(tree))
    text, blocks = page.finished()
    simplified = simplify(text)
    return Content(
        text=text,
        blocks=blocks,
        title=meta.get(_TITLE),
        published=_date(meta.get(_PUBLISHED, "")) or _printed_date(simplified),
        agency=meta.get(_AGENCY) or _printed_source(text, simplified),
        pictures=among_tables(simplified, page.pictures),
    )


def _meta(tree: LexborHTMLParser) -> dict[str, str]:
    named = ((node.attributes.get("name"), node.attributes.get("content")) for node in tree.css("meta[name][content]"))
    return {name.lower(): content.strip() for name, content in named if name and content and content.strip()}


def _date(text: str) -> str | None:
    match = _DATE.search(text)
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}" if match else None


def _printed_date(text: str) -> str | None:
    match = _PRINTED_DATE.search(text)
    return _date(match.group(1)) if match else None


def _printed_source(text: str, simplified: str) -> str | None:
    match = _PRINTED_SOURCE.search(simplified)
    return text[slice(*match.span(1))] if match else None


def _leave_out(tree: LexborHTMLParser) -> None:
    """Drop what a reader of the page does not see, and tags that only style characters."""
    tree.strip_tags(_LEFT_OUT, recursive=True)
    for node in tree.css(_MAYBE_HIDDEN):
        style = node.attributes.get("style") or ""
        if "hidden" in node.attributes or node.attributes.get("type") == "hidden" or _HIDDEN.search(style):
            node.decompose()
    _strike_out(tree)
    for marks, written in ((_RAISED, raised), (_LOWERED, lowered)):
        for mark in tree.css(marks):
            mark.replace_with(written(mark.text(deep=True).strip()))
    tree.unwrap_tags(_INLINE)
    tree.merge_text_nodes()


def _strike_out(tree: LexborHTMLParser) -> None:
    """Put strokes on struck-out text; what stands inside another struck element is not walked again."""
    done: set[int] = set()
    for mark in tree.css(_STRUCK):
        if mark.mem_id in done:
            continue
        inside = [node for node, entering in _nodes(mark, set()) if entering]
        done.update(node.mem_id for node in inside)
        for node in inside:
            if node.tag == "-text":
                node.replace_with(strike(node.text_content or ""))


def _layout_tables(tree: LexborHTMLParser) -> set[int]:
    """Return the tables that only lay out the page: they hold another table of more than two rows."""
    rows: Counter[int] = Counter()
    for row in tree.css("table table tr"):
        table = row.parent
        while table is not None and table.tag != "table":  # a table body at most lies between
            table = table.parent
        rows[table.mem_id if table is not None else 0] += 1
    layout: set[int] = set()
    for inner in tree.css("table table"):
        outer = inner.parent if rows[inner.mem_id] > 2 else None
        while outer is not None and outer.mem_id not in layout:
            if outer.tag == "table":
                layout.add(outer.mem_id)
            outer = outer.parent
    return layout


def _nodes(root: LexborNode, passed_over: set[int]) -> Iterator[tuple[LexborNode, bool]]:
    """Yield every node below `root` when entered, and every element when left, without recursion.

    What is inside a node is left out if the node's id is in `passed_over` when the walk goes on from entering it.
    """
    path: list[LexborNode] = []
    node = root.child
    while node is not None:
        yield node, True
        child = None if passed_over and node.mem_id in passed_over else node.child
        if child is not None:
            path.append(node)
            node = child
            continue
        if node.is_element_node:
            yield node, False
        while node.next is None and path:
            node = path.pop()
            yield node, False
        node = node.next


def _write(root: LexborNode, page: Page, layout: set[int]) -> None:
    """Write everything below `root`: blocks as lines, tables that hold data as grids."""
    written: set[int] = set()
    preformatted = 0
    for node, entering in _nodes(root, written):
        tag = node.tag
        if tag == "-text":
            _write_text(node, page, preformatted=preformatted > 0)
        elif tag == "table" and entering and node.mem_id not in layout:
            page.table(list(_rows(node)))
            written.add(node.mem_id)
        elif tag == "img" and entering:
            page.picture()
        elif tag in _BLOCKS:
            page.end_line()
            preformatted += (1 if entering else -1) if tag == "pre" else 0


def _write_text(node: LexborNode, page: Page, *, preformatted: bool) -> None:
    if not preformatted:
        page.write(_collapsed(node))
        return
    for number, line in enumerate(normalise(node.text_content or "").split("\n")):
        if number:
            page.end_line()
        page.write(line)


def _collapsed(node: LexborNode) -> str:
    """Return a text node as a browser shows it; character references may have brought invisible characters back."""
    text = node.text_content or ""
    return _WHITE_SPACE.sub(" ", text if text.isascii() else normalise(text))


def _rows(table: LexborNode) -> Iterator[list[CellText]]:
    """Yield the table's own rows; a small table inside a cell is that cell's text."""
    row: list[CellText] = []
    cells: set[int] = set()
    for node, entering in _nodes(table, cells):
        if entering and node.tag in _CELLS:
            cells.add(node.mem_id)
            spans = node.attributes
            row.append(CellText(_lines(node), _span(spans.get("colspan")), _span(spans.get("rowspan"))))
        elif not entering and node.tag == "tr":
            yield row
            row = []


def _span(printed: str | None) -> int:
    """Return a span as browsers read it: the digits at the head of the attribute, 1 if there are none."""
    digits = _DIGITS.match(printed.strip()) if printed else None
    return int(digits.group()) if digits else 1


def _lines(cell: LexborNode) -> tuple[str, ...]:
    only = cell.child
    while only is not None and only.next is None and only.tag in _PLAIN:
        only = only.child
    if only is None:
        return ()
    if only.next is None and only.tag == "-text":
        line = _collapsed(only).strip()
        return (line,) if line else ()
    page = Page()
    for node, _ in _nodes(cell, set()):
        if node.tag == "-text":
            _write_text(node, page, preformatted=False)
        elif node.tag in _BLOCKS:
            page.end_line()
    text, _ = page.finished()
    return tuple(text.split("\n")[:-1])
