"""What a reader of a page sees of it: hidden parts go, characters struck out, raised or lowered are marked as such."""

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from services.parse.readers.rare import Rare, rare, tagged
from services.parse.small import lowered, raised
from services.parse.struck import strike

_HIDDEN = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)
_MAYBE_HIDDEN = "[hidden],[style*=display i],[style*=visibility i]"
_SIZELESS = re.compile(
    r"font-size\s{0,9}:\s{0,9}0{1,9}(?:\.0{1,9})?\s{0,9}(?:px|pt|em|rem|%)?\s{0,9}(?:;|!|\"|$)", re.IGNORECASE
)
_HIDDEN_SOMEWHERE = (  # looked for one by one: a pattern with one beginning is found many times as fast
    re.compile(rb"hidden(?<=[\s\"'/]hidden)[\s=>/]"),
    re.compile(rb"display\s{0,9}:\s{0,9}none"),
    re.compile(rb"visibility\s{0,9}:\s{0,9}hidden"),
)
_SIZELESS_SOMEWHERE = re.compile(rb"font-size\s{0,9}:\s{0,9}0")
_TURNED = (b"\xe2\x80\xae", b"&#8238", b"&#x202e", b"<bdo", b"bidi-override")
_LONGEST_STYLE = 200_000  # characters
_MOST_SELECTORS = 20
_BOXES = frozenset({"td", "th", "tr", "tbody", "thead", "tfoot", "table"})  # vertical-align moves no character in these


class _Mark(NamedTuple):
    """How text is marked: by which elements, styles and rules of style sheets, and what becomes of it."""

    elements: frozenset[str]
    selector: str
    style: str
    written: Callable[[str], str]

    def is_in(self, told: str) -> bool:
        """Whether a style marks text so."""
        return re.search(self.style, told, re.IGNORECASE) is not None

    def is_somewhere_in(self, told: bytes) -> bool:
        """Whether a page in small letters may have such a style."""
        return re.search(self.style.encode(), told) is not None


_MARKS = (
    _Mark(
        frozenset({"s", "strike", "del"}),
        "s,strike,del,[style*=line-through i]",
        "line-through",
        strike,
    ),
    _Mark(
        frozenset({"sup"}),
        "sup,[style*=super i]",
        r"vertical-align\s{0,9}:\s{0,9}super",
        raised,
    ),
    _Mark(
        frozenset({"sub"}),
        "sub,[style*='vertical-align:sub' i],[style*='vertical-align: sub' i]",
        r"vertical-align\s{0,9}:\s{0,9}sub",
        lowered,
    ),
)


def leave_unseen(tree: LexborHTMLParser, found: Rare, told: bytes) -> Rare:
    """Drop what is hidden, mark struck-out, raised and lowered text; return the rare elements that are left of those `found`.

    `told`: the page in UTF-8 and small letters, for bytes are searched fast.
    """
    if any(pattern.search(told) for pattern in _HIDDEN_SOMEWHERE):
        found = _without_hidden(tree, found)
    if _SIZELESS_SOMEWHERE.search(told):
        _drop_sizeless(tree)
    elements = {tag for tag, _ in found}
    for mark in _MARKS:
        if not mark.elements.isdisjoint(elements) or mark.is_somewhere_in(told):
            _write_all(tree, found, mark)
    return found


def may_be_turned(told: bytes) -> bool:
    """Whether a page in UTF-8 and small letters may show digits in another order than it has them."""
    return any(sign in told for sign in _TURNED)


def _write_all(tree: LexborHTMLParser, found: Rare, mark: _Mark) -> None:
    rules = [rule for style in tagged(found, {"style"}) for rule in _rules(style.text()[:_LONGEST_STYLE])]
    classes = [*dict.fromkeys(selector for selector, declared in rules if mark.is_in(declared))]
    selectors = (mark.selector, *classes[:_MOST_SELECTORS])
    _write((node for each in selectors for node in _chosen(tree, each)), mark)


def _without_hidden(tree: LexborHTMLParser, found: Rare) -> Rare:
    """Drop what is hidden, and return the rare elements that are left."""
    told = [(node, node.attributes) for node in tree.css(_MAYBE_HIDDEN)]
    hidden = [node for node, of in told if "hidden" in of or _HIDDEN.search(of.get("style") or "")]
    for node in reversed(hidden):  # what stands in another goes before it
        node.decompose()
    return rare(tree) if hidden else found


def _drop_sizeless(tree: LexborHTMLParser) -> None:
    """Drop text without size, not its cell; round other elements the style may only close gaps: they have sizes of their own."""
    for node in tree.css("[style*=font-size i]"):
        inside = list(node.iter(include_text=True))
        if _SIZELESS.search(node.attributes.get("style") or "") and all(each.tag == "-text" for each in inside):
            for text in inside:
                text.decompose()


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
