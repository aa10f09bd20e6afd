"""The way through an OpenDocument text: paragraphs, lists, notes, frames; deletions stand apart and are never met."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from services.parse.readers.flow import Flow
from services.parse.readers.look import PLAIN, Look
from services.parse.readers.odf_styles import Counter, Styles
from services.parse.readers.odf_tables import read_table
from services.parse.readers.package import attributes, local, whole
from services.parse.readers.pictures import thin
from services.parse.small import raised

_LEFT_OUT = frozenset(
    {
        *("tracked-changes", "annotation", "annotation-end", "sequence-decls", "variable-decls", "user-field-decls"),
        *(
            "forms",
            "ruby-text",
            "number",
            "hidden-text",
            "script",
            "object",
            "desc",
            "title",
            "table-of-content-source",
        ),
        *("event-listeners", "glue-point", "dde-connection-decls"),
    }
)
_SPACE = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 100
_LENGTH = re.compile("([0-9]{1,5}(?:\\.[0-9]{1,9})?)(cm|mm|in|pt)")
_POINTS = {"cm": 72 / 2.54, "mm": 7.2 / 2.54, "in": 72.0, "pt": 1.0}


@dataclass(slots=True)
class Walk:
    """Where the way through a text has come: how text is shown here, the list and level, what is to follow.

    `label`: the number that the next paragraph bears. `boxes`: what is anchored in the paragraph under way.
    `counters`: the lists so far by their ids and their styles. `notes`: the notes met, in their order.
    """

    styles: Styles
    look: Look = PLAIN
    list_style: str | None = None
    depth: int = 0
    counter: Counter | None = None
    label: Callable[[], str] | None = None
    counters: dict[str, Counter] = field(default_factory=dict)
    boxes: list[Flow] = field(default_factory=list)
    notes: list[Flow] = field(default_factory=list)

    def blocks(self, parent: Any, flow: Flow) -> None:
        """Collect the paragraphs, lists and tables of a body, a cell, a frame or a note."""
        for child in parent:
            name, told = local(child), attributes(child)
            if name in {"p", "h"}:
                self._paragraph(child, told, flow)
            elif name == "list":
                self._list(child, told, flow)
            elif name in {"list-item", "list-header"}:
                self._item(child, told, flow)
            elif name == "table":
                if not self.styles.hidden("table", told.get("style-name")):
                    flow.table(read_table(child, self.inside))
            elif name in _FRAMES:
                _frame(self, child, flow)
                self._put_boxes(flow)
            elif name not in _LEFT_OUT and not self._hidden_section(told):
                self.blocks(child, flow)

    def inside(self, parent: Any, flow: Flow) -> None:
        """Collect what stands in a cell, a frame or a note: no list round it, no look of the text round it."""
        before = self.look, self.list_style, self.depth, self.counter, self.label, self.boxes
        self.look, self.list_style, self.depth, self.counter, self.label, self.boxes = PLAIN, None, 0, None, None, []
        self.blocks(parent, flow)
        flow.end_line()
        self.look, self.list_style, self.depth, self.counter, self.label, self.boxes = before

    def inline(self, parent: Any, flow: Flow) -> None:
        """Collect what stands in a line."""
        self.write(parent.text, flow)
        for child in parent:
            name = local(child)
            if (collect := _INLINE.get(name)) is not None:
                collect(self, child, flow)
            elif name not in _LEFT_OUT:
                self.inline(child, flow)
            self.write(child.tail, flow)

    def write(self, text: str | None, flow: Flow) -> None:
        """Go on with the line, as text is shown here; white space in the file is one space."""
        if text and not self.look.hidden:
            flow.write(self.look.shown(_SPACE.sub(" ", text)))

    def _hidden_section(self, told: Mapping[str, str]) -> bool:
        return told.get("display") in {"none", "condition"} and told.get("is-hidden", "true") == "true"

    def _paragraph(self, paragraph: Any, told: Mapping[str, str], flow: Flow) -> None:
        flow.end_line()
        hidden = any(attributes(each).get("is-hidden") == "true" for each in paragraph.iterfind("{*}hidden-paragraph"))
        look, self.look = self.look, self.styles.look("paragraph", told.get("style-name"))
        if not (hidden or self.look.hidden):
            flow.write(self._label(paragraph, told))
            self.inline(paragraph, flow)
        self.look = look
        flow.end_line()
        self._put_boxes(flow)

    def _label(self, paragraph: Any, told: Mapping[str, str]) -> str:
        """Return the number of a list's item before its first paragraph, of a heading otherwise."""
        label, self.label = self.label, None
        if label is not None:
            return label()
        if self.counter is None and local(paragraph) == "h" and told.get("is-list-header") != "true":
            outline = self.counters.setdefault("outline", Counter(self.styles.lists.get("", {})))
            return outline.label(whole(told.get("outline-level"), 1))
        return ""

    def _list(self, element: Any, told: Mapping[str, str], flow: Flow) -> None:
        before = self.list_style, self.depth, self.counter
        style = told.get("style-name") or self.list_style or self._style_of_first(element)
        self.list_style, self.depth = style, self.depth + 1
        if self.counter is None or (told.get("style-name") and style != before[0]):
            self.counter = self._counter(style, told)
        elif told.get("continue-numbering") != "true":
            self.counter.counts.pop(self.depth, None)
        for name in filter(None, (told.get("id"), f"style {style}")):
            self.counters[name] = self.counter
        self.blocks(element, flow)
        self.list_style, self.depth, self.counter = before

    def _style_of_first(self, element: Any) -> str | None:
        """Return the list that the first paragraph's style names."""
        first = next(element.iter("{*}p", "{*}h"), None)
        return None if first is None else self.styles.listed(attributes(first).get("style-name"))

    def _counter(self, style: str | None, told: Mapping[str, str]) -> Counter:
        """Return the counter of an earlier list that this one continues, else a new one."""
        earlier = told.get("continue-list") or (f"style {style}" if told.get("continue-numbering") == "true" else "")
        return self.counters.get(earlier) or Counter(self.styles.lists.get(style or "-", {}))

    def _item(self, item: Any, told: Mapping[str, str], flow: Flow) -> None:
        counter, depth = self.counter, self.depth
        start = whole(told["start-value"], 1) if "start-value" in told else None
        if counter is not None and local(item) == "list-item":
            self.label = lambda: counter.label(depth, start)
        self.blocks(item, flow)
        self.label = None

    def _put_boxes(self, flow: Flow) -> None:
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            flow.add(box)


def _span(walk: Walk, element: Any, flow: Flow) -> None:
    look, walk.look = walk.look, walk.styles.look("text", attributes(element).get("style-name")).over(walk.look)
    walk.inline(element, flow)
    walk.look = look


def _spaces(walk: Walk, element: Any, flow: Flow) -> None:
    if not walk.look.hidden:
        flow.write(" " * min(whole(attributes(element).get("c"), 1), _MOST_SPACES))


def _printing(text: str) -> Callable[[Walk, Any, Flow], None]:
    def write(walk: Walk, _element: Any, flow: Flow) -> None:
        if not walk.look.hidden:
            flow.write(text)

    return write


def _note(walk: Walk, element: Any, flow: Flow) -> None:
    """Write a note's mark, raised; its text is put behind the whole."""
    mark, body = element.find("{*}note-citation"), element.find("{*}note-body")
    printed = raised("" if mark is None else mark.text or "")
    walk.write(printed, flow)
    if body is not None:
        note = Flow()
        note.write(printed)
        first = next(iter(body), None)
        if first is not None and local(first) in {"p", "h"}:
            walk.inline(first, note)
            body.remove(first)
        note.end_line()
        walk.inside(body, note)
        walk.notes.append(note)


def _frame(walk: Walk, element: Any, flow: Flow) -> None:
    """Read a frame or a drawn shape: the text in it stands behind its paragraph, pictures in it count as one."""
    if walk.look.hidden:
        return
    if not _is_thin_picture(element):
        flow.drawn = True
        if next(element.iter("{*}image"), None) is not None:
            flow.picture()
    box = Flow()
    walk.inside(element, box)
    walk.boxes.append(box)


def _is_thin_picture(frame: Any) -> bool:
    told = attributes(frame)
    if next(frame.iter("{*}image"), None) is None:
        return False
    lengths = (_LENGTH.fullmatch(told.get(side, "")) for side in ("width", "height"))
    return thin(*(float(length[1]) * _POINTS[length[2]] for length in lengths if length))


_FRAMES = frozenset(
    {"frame", "custom-shape", "rect", "ellipse", "circle", "polygon", "path", "line", "connector", "caption"}
)
_INLINE: Mapping[str, Callable[[Walk, Any, Flow], None]] = {
    "span": _span,
    "s": _spaces,
    "tab": _printing("\t"),
    "line-break": _printing("\n"),
    "note": _note,
    **dict.fromkeys(_FRAMES, _frame),
}
