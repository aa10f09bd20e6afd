"""The way through a Word document: paragraphs, runs, fields, notes and text boxes, in the accepted view of its changes."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from services.parse.document import Unreadable
from services.parse.readers.counting import ordinal
from services.parse.readers.flow import Flow
from services.parse.readers.look import PLAIN, Look
from services.parse.readers.package import attributes, leading, local, local_name
from services.parse.readers.pictures import is_thin
from services.parse.readers.word_numbering import Numbering
from services.parse.readers.word_styles import NOWHERE, Listed, Styles, is_on, read_look, read_numbering, value_of
from services.parse.readers.word_tables import read_table, shown
from services.parse.small import lowered, raised

_LEFT_OUT = frozenset(
    {
        *("pPr", "rPr", "sectPr", "sdtPr", "sdtEndPr", "rubyPr", "tblPr", "tblGrid", "tcPr"),
        *("del", "moveFrom", "delText", "instrText", "delInstrText", "fldData", "rt"),  # not in the accepted document
    }
)
_SPACE = re.compile(r"[\t\n\r]+")
_SPACE_KEPT = "{http://www.w3.org/XML/1998/namespace}space"
_SYMBOL = re.compile("[0-9A-CE-Fa-ce-f][0-9A-Fa-f]{3}")
_CIRCLED = frozenset({"decimalEnclosedCircle", "decimalEnclosedCircleChinese"})
_SCRIPTS = {"sup": "superscript", "sub": "subscript"}


@dataclass(slots=True)
class Line:
    """A paragraph under way: its pieces with their positions above or below the line, and the text boxes anchored in it."""

    pieces: list[tuple[str, int]] = field(default_factory=list)
    boxes: list[Flow] = field(default_factory=list)

    def text(self) -> str:
        """Return the whole; pieces set higher or lower than the others are notes."""
        if len(self.pieces) == 1:
            return self.pieces[0][0]
        positions = {position for piece, position in self.pieces if piece.strip()}
        if len(positions) < 2:
            return "".join(piece for piece, _ in self.pieces)
        return "".join(
            raised(piece) if position > 0 else lowered(piece) if position < 0 else piece
            for piece, position in self.pieces
        )


@dataclass(slots=True)
class Walk:
    """Where the way through a document has come: its styles and lists, how text is shown here, what is open, the notes met.

    `notes`: kind -> id -> number, 0 for one with a mark of its own; `numbered`: kind -> the last number. `note`: the mark of the note that is being read.
    `fields`: of each open field, whether its result has begun; `instructions`: in how many it has not. `lines`: the paragraph under way in each open flow.
    """

    styles: Styles
    numbering: Numbering
    kind_of_notes: Callable[[str], str]
    look: Look = PLAIN
    notes: dict[str, dict[str, int]] = field(default_factory=dict)
    numbered: dict[str, int] = field(default_factory=dict)
    note: str = ""
    fields: list[bool] = field(default_factory=list)
    instructions: int = 0
    lines: list[Line] = field(default_factory=list)
    _unsaid: tuple[Look, Listed, bool] = field(init=False)  # the properties of a paragraph that says nothing of them
    _plain: bool = field(init=False)  # and nothing is said of such paragraphs elsewhere

    def __post_init__(self) -> None:
        self._unsaid = self._properties(None)
        self._plain = self._unsaid == (PLAIN, NOWHERE, False)

    @property
    def shown(self) -> bool:
        """Whether text is seen here: it is not hidden, nor the instruction of a field."""
        return not self.look.hidden and not self.instructions

    def blocks(self, parent: Any, flow: Flow) -> None:
        """Collect the paragraphs and tables of a body, a text box or a note."""
        self.lines.append(Line())
        self._blocks(parent, flow)
        self._end_paragraph(flow)
        self.lines.pop()

    def mark(self, kind: str, name: str) -> str:
        """Return the mark of a note as it is printed, raised; "" for one that has a mark of its own."""
        number, numbers = self.notes.get(kind, {}).get(name, 0), self.kind_of_notes(kind)
        printed = ordinal(number, numbers) if number else ""
        return printed if numbers in _CIRCLED else raised(printed)

    def write(self, text: str) -> None:
        """Go on with the paragraph, as text is shown here."""
        look = self.look
        if text and not look.hidden and not self.instructions:
            self.lines[-1].pieces.append((text, 0) if look is PLAIN else (look.shown(text), look.position or 0))

    def inline(self, children: Iterable[Any], flow: Flow) -> None:
        """Collect what stands in a line: the text of a paragraph, a link, an insertion, a content control."""
        for child in children:
            name = local_name(child.tag)
            if (collect := _INLINE.get(name)) is not None:
                collect(self, child, flow)
            elif name not in _LEFT_OUT:
                self.inline(child[:], flow)

    def inline_as(self, look: Look, children: Iterable[Any], flow: Flow) -> None:
        """Collect what stands in a line and is shown otherwise than what stands round it."""
        before, self.look = self.look, look
        self.inline(children, flow)
        self.look = before

    def _cell(self, children: Iterable[Any], flow: Flow) -> None:
        """Collect the paragraphs and tables of a cell; no paragraph is under way where a table begins."""
        self._blocks(children, flow)
        self._end_paragraph(flow)

    def _blocks(self, children: Iterable[Any], flow: Flow) -> None:
        for child in children:
            name = local_name(child.tag)
            if name == "p":
                self._paragraph(child, flow)
            elif name == "tbl":
                self._end_paragraph(flow)
                flow.table(read_table(child, self._cell))
            elif name in {"altChunk", "subDoc"}:
                raise Unreadable("a document within the document", "unsupported_format")
            elif name == "AlternateContent":
                self._blocks(shown(child), flow)
            elif name not in _LEFT_OUT:
                self._blocks(child[:], flow)

    def _paragraph(self, paragraph: Any, flow: Flow) -> None:
        children = paragraph[:]
        if len(children) == 1 and self._plain and local_name(children[0].tag) == "t" and not self._is_under_way:
            flow.line(_printed(children[0]))  # as nearly all that stands in cells
            return
        properties = leading(children, "pPr")
        look, numbering, joined = self._unsaid if properties is None else self._properties(properties)
        self.inline_as(look, children, flow)
        if joined:
            return
        if numbering is not NOWHERE and (label := self.numbering.label(numbering)):
            self.lines[-1].pieces.insert(0, (label, 0))
        self._end_paragraph(flow)

    @property
    def _is_under_way(self) -> bool:
        """Whether a paragraph has begun whose mark is deleted, or the instruction of a field."""
        return bool(self.instructions or self.lines[-1].pieces or self.lines[-1].boxes)

    def _properties(self, properties: Any | None) -> tuple[Look, Listed, bool]:
        """Return how a paragraph's style shows text, the paragraph's list, and whether its mark is deleted or hidden: then the next goes on with it."""
        style, own, gone = self.styles.default, NOWHERE, False
        for child in () if properties is None else properties:
            name = local(child)
            if name == "pStyle":
                style = value_of(child)
            elif name == "numPr":
                own = read_numbering(child)
            elif name == "rPr":
                gone = _gone(child)
        inherited = self.styles.numbering(style)
        if own is not NOWHERE:
            inherited = Listed(own.name or inherited.name, own.level or inherited.level)
        return self.styles.look(style), inherited, gone

    def _end_paragraph(self, flow: Flow) -> None:
        line = self.lines[-1]
        if line.pieces:
            flow.line(line.text())
            line.pieces.clear()
        for box in line.boxes:
            flow.add(box)
        line.boxes.clear()


def _gone(mark: Any) -> bool:
    for child in mark:
        name = local(child)
        if name in {"del", "moveFrom"} or (name == "vanish" and is_on(child)):
            return True
    return False


def _run(walk: Walk, run: Any, flow: Flow) -> None:
    children = run[:]
    properties = leading(children, "rPr") if len(children) > 1 else None  # alone they are those of no text
    if properties is None or not len(properties):
        walk.inline(children, flow)
    else:
        own, style = read_look(properties)
        walk.inline_as(own.over(walk.styles.look(style)).over(walk.look), children, flow)


def _text(walk: Walk, element: Any, _: Flow) -> None:
    walk.write(_printed(element))


def _printed(element: Any) -> str:
    """Return what a text prints: its outer spaces count only where it says so."""
    text: str = element.text or ""
    if not text.isprintable():
        text = _SPACE.sub(" ", text)
    if " " in text and element.get(_SPACE_KEPT) != "preserve":
        text = text.strip(" ")
    return text


def _symbol(walk: Walk, element: Any, _: Flow) -> None:
    code = attributes(element).get("char", "")
    walk.write(chr(int(code, 16)) if _SYMBOL.fullmatch(code) else "\ufffd")


def _alternative(walk: Walk, element: Any, flow: Flow) -> None:
    walk.inline(shown(element), flow)


def _field(walk: Walk, element: Any, _: Flow) -> None:
    kind = attributes(element).get("fldCharType")
    if kind == "begin":
        walk.fields.append(False)
        walk.instructions += 1
    elif walk.fields and kind in {"separate", "end"}:
        walk.instructions -= not walk.fields[-1]
        walk.fields[-1] = True
        if kind == "end":
            walk.fields.pop()


def _reference(walk: Walk, element: Any, _: Flow) -> None:
    kind, told = local(element).removesuffix("Reference"), attributes(element)
    numbers = walk.notes.setdefault(kind, {})
    own_mark = told.get("customMarkFollows") in {"1", "true", "on"}
    walk.numbered.setdefault(kind, 0)
    if told.get("id", "") not in numbers:
        walk.numbered[kind] += not own_mark
        numbers[told.get("id", "")] = 0 if own_mark else walk.numbered[kind]
    walk.write(walk.mark(kind, told.get("id", "")))


def _own_mark(walk: Walk, _element: Any, _flow: Flow) -> None:
    walk.write(walk.note)


def _box(walk: Walk, element: Any, _: Flow) -> None:
    if walk.shown:
        inside = Flow()
        look, walk.look = walk.look, PLAIN
        walk.blocks(element, inside)
        walk.look = look
        walk.lines[-1].boxes.append(inside)


def _drawing(walk: Walk, element: Any, flow: Flow) -> None:
    """Collect the text of what is drawn, and its pictures; a picture that is too thin to be one is left out."""
    if walk.shown and not is_thin(element):
        flow.drawn = True
        walk.inline(element, flow)


def _picture(walk: Walk, _element: Any, flow: Flow) -> None:
    if walk.shown:
        flow.picture()


def _script(walk: Walk, element: Any, flow: Flow) -> None:
    """Collect what is raised or lowered in a formula."""
    walk.inline_as(walk.look._replace(align=_SCRIPTS[local(element)]), element, flow)


def _printing(text: str) -> Callable[[Walk, Any, Flow], None]:
    return lambda walk, _element, _flow: walk.write(text)


_INLINE: Mapping[str, Callable[[Walk, Any, Flow], None]] = {
    "r": _run,
    "t": _text,
    "sym": _symbol,
    "AlternateContent": _alternative,
    "tab": _printing("\t"),
    "ptab": _printing("\t"),
    "br": _printing("\n"),
    "cr": _printing("\n"),
    "noBreakHyphen": _printing("-"),
    "fldChar": _field,
    "footnoteReference": _reference,
    "endnoteReference": _reference,
    "footnoteRef": _own_mark,
    "endnoteRef": _own_mark,
    "txbxContent": _box,
    **dict.fromkeys(("drawing", "pict", "object"), _drawing),
    "blip": _picture,
    "imagedata": _picture,
    **dict.fromkeys(_SCRIPTS, _script),
}
