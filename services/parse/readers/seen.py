"""What a reader of a page sees of it: hidden parts go, characters struck out, raised or lowered are marked as such."""

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from services.parse.small import lowered, raised
from services.parse.struck import strike

_TOLD = re.compile(' (?:style|hidden)="[^"]*"')  # as the parser writes it
_MARKED = re.compile("<(s|strike|del|su[bp])[ >]")
_HIDDEN = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)
_MAYBE_HIDDEN = "[hidden],[style*=display i],[style*=visibility i]"
_SIZELESS = re.compile(
    r"font-size\s{0,9}:\s{0,9}0{1,9}(?:\.0{1,9})?\s{0,9}(?:px|pt|em|rem|%)?\s{0,9}(?:;|!|\"|$)", re.IGNORECASE
)
_LONGEST_STYLE = 200_000  # characters
_MOST_SELECTORS = 20
_BOXES = frozenset({"td", "th", "tr", "tbody", "thead", "tfoot", "table"})  # vertical-align moves no character in these


class _Mark(NamedTuple):
    """How text is marked: by which elements, styles and rules of style sheets, and what becomes of it."""

    elements: frozenset[str]
    selector: str
    style: re.Pattern[str]
    written: Callable[[str], str]


_MARKS = (
    _Mark(
        frozenset({"s", "strike", "del"}),
        "s,strike,del,[style*=line-through i]",
        re.compile("line-through", re.IGNORECASE),
        strike,
    ),
    _Mark(
        frozenset({"sup"}),
        "sup,[style*=super i]",
        re.compile(r"vertical-align\s{0,9}:\s{0,9}super", re.IGNORECASE),
        raised,
    ),
    _Mark(
        frozenset({"sub"}),
        "sub,[style*='vertical-align:sub' i],[style*='vertical-align: sub' i]",
        re.compile(r"vertical-align\s{0,9}:\s{0,9}sub", re.IGNORECASE),
        lowered,
    ),
)


def leave_unseen(tree: LexborHTMLParser, markup: str) -> bool:
    """Drop what is hidden, mark struck-out, raised and lowered text; return whether the tree, written down in `markup`, was changed."""
    names = set(_MARKED.findall(markup))
    told = "".join(set(_TOLD.findall(markup)))
    sheets = [style.text() for style in tree.css("style")]
    changed = _drop_hidden(tree) if ' hidden="' in told or _HIDDEN.search(told) else False
    changed = _drop_sizeless(tree) or changed if _SIZELESS.search(told) else changed
    for mark in _MARKS:
        rules = [rule for sheet in sheets if mark.style.search(sheet) for rule in _rules(sheet[:_LONGEST_STYLE])]
        classes = [*dict.fromkeys(selector for selector, declared in rules if mark.style.search(declared))]
        if classes or not mark.elements.isdisjoint(names) or mark.style.search(told):
            selectors = (mark.selector, *classes[:_MOST_SELECTORS])
            _write((node for each in selectors for node in _chosen(tree, each)), mark)
            changed = True
    return changed


def _drop_hidden(tree: LexborHTMLParser) -> bool:
    for node in tree.css(_MAYBE_HIDDEN):
        attributes = node.attributes
        if "hidden" in attributes or _HIDDEN.search(attributes.get("style") or ""):
            node.decompose()
    return True


def _drop_sizeless(tree: LexborHTMLParser) -> bool:
    """Drop text without size, not its cell; round other elements the style may only close gaps: they have sizes of their own."""
    for node in tree.css("[style*=font-size i]"):
        inside = list(node.iter(include_text=True))
        if _SIZELESS.search(node.attributes.get("style") or "") and all(each.tag == "-text" for each in inside):
            for text in inside:
                text.decompose()
    return True


def _write(nodes: Iterable[LexborNode], mark: _Mark) -> None:
    """Change the texts inside these nodes, each once, also where one node stands inside another."""
    done: set[int] = set()
    for node in nodes:
        if node.mem_id in done or (node.tag in _BOXES and mark.written is not strike):
            continue
        inside = list(node.traverse(include_text=True))
        texts = [each for each in inside if each.tag == "-text" and each.mem_id not in done]
        done.update(each.mem_id for each in inside)
        for text in texts:
            text.replace_with(mark.written(text.text_content or ""))


def _chosen(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    with contextlib.suppress(SelectolaxError):  # the page's own style sheets hold any text
        return tree.css(selector)
    return []


def _rules(style: str) -> Iterator[tuple[str, str]]:
    """Yield selector and declarations of each rule that stands in no at-rule (@media print) and in no comment."""
    first, *others = style.replace("<!--", "").replace("-->", "").split("/*")
    depth = 0
    for rule in (first + "".join(other.partition("*/")[2] for other in others)).split("}"):
        opened = rule.count("{")
        if depth == 0 and opened == 1:
            selector, _, declared = rule.partition("{")
            yield selector, declared
        depth = max(depth + opened - 1, 0)
