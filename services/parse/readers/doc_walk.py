"""The way through a binary Word document: stories, paragraphs, marks of cells and rows, fields, notes and text boxes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self

from services.parse.document import Unreadable
from services.parse.readers import doc_file as parts
from services.parse.readers import doc_shapes as shapes
from services.parse.readers.doc_file import WordFile
from services.parse.readers.doc_formatting import Runs, character_runs, paragraph_runs
from services.parse.readers.doc_sprms import Properties, Shown, expanded, properties, shown
from services.parse.readers.doc_styles import read_lists, read_styles
from services.parse.readers.doc_text import Text, read_text
from services.parse.readers.flow import Flow
from services.parse.readers.marked_tables import MarkedTables
from services.parse.readers.word_numbering import Numbering
from services.parse.readers.word_styles import Listed, Styles
from services.parse.readers.word_text import Line
from services.parse.small import raised

_MARK = re.compile("[\x07\x0c\x0d]")
_CODE = re.compile("[\x00-\x1f(]")  # a bracket may stand for a symbol
_CELL, _PICTURE, _NOTE, _SHAPE, _SYMBOL = "\x07\x01\x02\x08("
_FIELD, _RESULT, _FIELD_END = "\x13\x14\x15"
_PRINTED = {"\t": "\t", "\x0b": "\n", "\x0e": "\n", "\x1e": "-"}
MOST_FORMATTING = 8 * 1024 * 1024
"""Bytes of different changes of formatting; a report has some ten thousand."""

MOST_PARAGRAPHS = 200_000
_NOTHING_TOLD = Properties("")
_HALVES = re.compile("[\ud800-\udfff]")


@dataclass(slots=True)
class Notes:
    """Footnotes, or endnotes: by the position of its reference, the range of each one's text; numbers as they are met."""

    texts: Mapping[int, shapes.Range]
    met: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, file: WordFile, marks: int, texts: int, begin: int) -> Self:
        """Return the notes whose texts stand in the story that begins there."""
        places = [(begin + start, begin + end) for (start, end), _ in shapes.ranges(file.part(texts), 0)]
        references = [start for (start, _), _ in shapes.ranges(file.part(marks), 2)]
        return cls(dict(zip(references, places, strict=False)))


@dataclass(slots=True)
class Fields:
    """The fields that are open, one inside the other: of each, whether its result has begun, and in how many it has not."""

    _results: list[bool] = field(default_factory=list)
    _instructions: int = 0

    @property
    def shown(self) -> bool:
        """Whether text stands in no field's instruction."""
        return self._instructions == 0

    def begin(self) -> None:
        """Open a field: its instruction follows."""
        self._results.append(False)
        self._instructions += 1

    def show_result(self) -> None:
        """Go on to the result of the innermost field."""
        if self._results and not self._results[-1]:
            self._results[-1] = True
            self._instructions -= 1

    def end(self) -> None:
        """Close the innermost field."""
        if self._results:
            self._instructions -= not self._results.pop()


@dataclass(slots=True)
class Walk:
    """A document and where the way through it has come.

    `note`: the mark of the note that is being read. `boxes`: those that are not read yet.
    """

    text: Text
    characters: Runs
    paragraphs: Runs
    styles: Styles
    numbering: Numbering
    notes: tuple[Notes, Notes]
    anchors: Mapping[int, int]
    boxes: dict[int, shapes.Range]
    pictures: frozenset[int]
    main: int
    data: bytes
    note: str = ""
    fields: Fields = field(default_factory=Fields)
    _formatting: int = 0
    _paragraphs: int = 0
    _shown: dict[tuple[bytes, bytes, str], Shown] = field(default_factory=dict)
    _properties: dict[tuple[bytes, bytes], Properties] = field(default_factory=dict)

    @classmethod
    def of(cls, file: WordFile) -> Self:
        """Return the way through a document, at its beginning."""
        text = read_text(file)
        begins = [sum(file.count(story) for story in range(parts.MAIN, upto)) for upto in range(parts.BOXES + 2)]
        if begins[parts.BOXES + 1] > len(text.characters):
            raise Unreadable("stories beyond the text", "damaged")
        return cls(
            text=text,
            characters=character_runs(file),
            paragraphs=paragraph_runs(file),
            styles=read_styles(file),
            numbering=read_lists(file),
            notes=(
                Notes.of(file, parts.FOOTNOTE_MARKS, parts.FOOTNOTE_TEXTS, begins[parts.FOOTNOTES]),
                Notes.of(file, parts.ENDNOTE_MARKS, parts.ENDNOTE_TEXTS, begins[parts.ENDNOTES]),
            ),
            anchors=shapes.anchors(file),
            boxes={
                number: (begins[parts.BOXES] + start, begins[parts.BOXES] + end)
                for number, (start, end) in shapes.boxes(file).items()
            },
            pictures=shapes.pictures(file),
            main=file.count(parts.MAIN),
            data=file.data,
        )

    def document(self) -> Flow:
        """Return the main text, behind it the notes that were referred to, and text boxes anchored nowhere."""
        flow = self.story(0, self.main)
        for notes in self.notes:
            for number, reference in enumerate(list(notes.met), start=1):
                self.note = raised(str(number))
                flow.add(self.story(*notes.texts[reference]))
        while self.boxes:
            flow.add(self.story(*self.boxes.pop(next(iter(self.boxes)))))
        return flow

    def story(self, start: int, end: int) -> Flow:
        """Return the paragraphs and tables of a range of the text."""
        tables, line = MarkedTables(), Line()
        fields, self.fields = self.fields, Fields()
        for begin, behind in self._paragraph_ranges(start, min(end, len(self.text.characters))):
            told = self.properties_at(behind - 1)
            mark = self.text.characters[behind - 1]
            flow = tables.at(depth := max(told.depth, int(mark == _CELL)))
            gone = self._inline(begin, behind, told.style, line, flow)
            if not gone or mark == _CELL or told.ends_cell:
                self._end_line(line, told, flow)
                line = Line()
            if mark == _CELL or told.ends_cell or told.ends_row:
                self.fields = Fields()
            if told.ends_row:
                tables.end_row(depth, told.shape, gone=gone)
            elif mark == _CELL or told.ends_cell:
                tables.end_cell(depth)
        if line.pieces or line.boxes:
            self._end_line(line, _NOTHING_TOLD, tables.at(0))
        self.fields = fields
        return tables.finished()

    def properties_at(self, position: int) -> Properties:
        """Return what is told of the paragraph whose mark stands here."""
        piece = self.text.pieces[self.text.piece_at(position)]
        key = self.paragraphs.at(piece.place(position)), piece.properties
        if key not in self._properties:
            listed = self._counted(expanded(key[0][2:], self.data) + key[1])
            told = properties(int.from_bytes(key[0][:2], "little"), listed)
            style = self.styles.numbering(told.style)
            numbered = Listed(told.listed.name or style.name, told.listed.level or style.level)
            self._properties[key] = told._replace(listed=numbered)
        return self._properties[key]

    def _counted(self, listed: bytes) -> bytes:
        """Return changes that are read for the first time; Unreadable for more than any report has."""
        self._formatting += len(listed)
        if self._formatting > MOST_FORMATTING:
            raise Unreadable("more formatting than any report")
        return listed

    def _paragraph_ranges(self, start: int, end: int) -> Iterator[shapes.Range]:
        for mark in _MARK.finditer(self.text.characters, start, end):
            self._paragraphs += 1
            if self._paragraphs > MOST_PARAGRAPHS:
                raise Unreadable("more paragraphs than any report")
            yield start, mark.end()
            start = mark.end()
        if start < end:
            yield start, end

    def _runs(self, start: int, end: int, style: str) -> Iterator[tuple[int, int, Shown]]:
        """Yield ranges of characters that are shown alike."""
        while start < end:
            piece = self.text.pieces[self.text.piece_at(start)]
            stop = min(end, piece.end)
            for _, behind, listed in self.characters.between(piece.place(start), piece.place(stop)):
                until = min(piece.start + -(-(behind - piece.offset) // piece.width), stop)
                yield start, until, self._shown_as(listed, piece.properties, style)
                start = until

    def _shown_as(self, listed: bytes, more: bytes, style: str) -> Shown:
        key = listed, more, style
        if key not in self._shown:
            self._shown[key] = shown(self._counted(listed + more), self.styles.look(style), self.styles)
        return self._shown[key]

    def _inline(self, start: int, end: int, style: str, line: Line, flow: Flow) -> bool:
        """Collect a paragraph up to its mark; return whether the mark is deleted or hidden."""
        run = None
        for first, behind, run in self._runs(start, end, style):
            text = self.text.characters[first : min(behind, end)]
            place = first
            for code in _CODE.finditer(text):
                self._write(text[place - first : code.start()], run, line)
                place = first + code.end()
                self._code(code[0], first + code.start(), run, line, flow)
            self._write(text[place - first :], run, line)
        return run is not None and bool(run.look.hidden)

    def _write(self, text: str, run: Shown, line: Line) -> None:
        if text and not run.look.hidden and self.fields.shown:
            if _HALVES.search(text):
                text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
            line.pieces.append((run.look.shown(text), run.look.position or 0))

    def _code(self, code: str, position: int, run: Shown, line: Line, flow: Flow) -> None:
        if code == _FIELD:
            self.fields.begin()
        elif code == _RESULT:
            self.fields.show_result()
        elif code == _FIELD_END:
            self.fields.end()
        elif code in _PRINTED:
            self._write(_PRINTED[code], run, line)
        elif not run.special:
            self._write("(" if code == _SYMBOL else "", run, line)
        elif code == _NOTE:
            self._write(self._note_at(position), run, line)
        elif code == _SYMBOL:
            self._write(run.symbol or "\ufffd", run, line)
        elif code in {_PICTURE, _SHAPE} and not run.data and not run.look.hidden and self.fields.shown:
            self._object(code, position, line, flow)

    def _note_at(self, position: int) -> str:
        """Return the mark of the note that is referred to here; within a note, its own."""
        for notes in self.notes:
            if position in notes.texts:
                notes.met.append(position)
                return raised(str(len(notes.met)))
        return self.note

    def _object(self, code: str, position: int, line: Line, flow: Flow) -> None:
        shape = self.anchors.get(position) if code == _SHAPE and position < self.main else None
        if code == _PICTURE or shape in self.pictures:
            flow.picture()
        elif shape is not None and (box := self.boxes.pop(shape, None)):
            line.boxes.append(self.story(*box))
        flow.drawn = True

    def _end_line(self, line: Line, told: Properties, flow: Flow) -> None:
        if label := self.numbering.label(told.listed):
            line.pieces.insert(0, (label, 0))
        flow.write(line.text())
        flow.end_line()
        for box in line.boxes:
            flow.add(box)
