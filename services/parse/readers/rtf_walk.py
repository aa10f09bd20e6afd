"""Where the way through an RTF document has come: groups and their states, stories, the paragraph and row under way."""

import re
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from services.parse.document import Unreadable
from services.parse.readers.flow import Flow
from services.parse.readers.look import PLAIN, Look
from services.parse.readers.marked_tables import MarkedTables
from services.parse.readers.page import LONGEST
from services.parse.readers.rtf_fonts import Fonts
from services.parse.readers.rtf_rows import RowDefinition
from services.parse.readers.word_text import Line
from services.parse.small import raised

MOST_STORIES = 2000
"""Notes and text boxes of one document."""

_HALVES = re.compile("[\ud800-\udfff]")


class State(NamedTuple):
    """What holds in a group: where text goes, how it is shown, in which font, and where its paragraph stands.

    `replaced`: so many characters behind one by its number stand for it in older programs. `begins_story`: the group is
    the whole of a note or a text box.
    """

    where: Literal["text", "nothing", "fonts"] = "text"
    look: Look = PLAIN
    deleted: bool = False
    font: int | None = None
    replaced: int = 1
    in_table: bool = False
    depth: int = 0
    nested_row: bool = False
    begins_story: bool = False

    @property
    def gone(self) -> bool:
        """Whether text is deleted or hidden here."""
        return self.deleted or bool(self.look.hidden)


_BEGINNING = State()


@dataclass(slots=True)
class Story:
    """The page, a note or a text box: its tables, the paragraph under way, and the rows under definition, a nested one apart.

    `drawn`: a shape is anchored in the paragraph.
    """

    kind: Literal["page", "note", "box"] = "page"
    tables: MarkedTables = field(default_factory=MarkedTables)
    line: Line = field(default_factory=Line)
    row: RowDefinition = field(default_factory=RowDefinition)
    nested_row: RowDefinition = field(default_factory=RowDefinition)
    row_is_open: bool = False
    drawn: bool = False


@dataclass(slots=True)
class Walk:
    """A document as far as it has been read; `state` is that of the open group, `starred` and `to_leave_out` hold for the next token."""

    state: State = _BEGINNING
    fonts: Fonts = field(default_factory=Fonts)
    starred: bool = False
    to_leave_out: int = 0
    _outer: list[State] = field(default_factory=list)
    _stories: list[Story] = field(default_factory=lambda: [Story()])
    _notes: list[Flow] = field(default_factory=list)
    _bytes: bytearray = field(default_factory=bytearray)
    _length: int = 0
    _begun: int = 0

    @property
    def story(self) -> Story:
        """The story under way."""
        return self._stories[-1]

    @property
    def depth(self) -> int:
        """How deep in tables the paragraph stands."""
        return max(self.state.depth, int(self.state.in_table or self.story.row_is_open))

    def document(self) -> Flow:
        """Return the whole, notes behind the text."""
        flow = self._ended(self._stories[0])
        for note in self._notes:
            flow.add(note)
        return flow

    def set(self, **changes: object) -> None:
        """Change the state of the open group."""
        self.state = self.state._replace(**changes)  # type: ignore[arg-type]

    def show(self, **changes: object) -> None:
        """Change how text is shown in the open group."""
        self.set(look=self.state.look._replace(**changes))  # type: ignore[arg-type]

    def open_group(self) -> None:
        """Begin a group, which takes over the state of the one round it."""
        self._outer.append(self.state)
        if self.state.begins_story:
            self.set(begins_story=False)

    def close_group(self) -> None:
        """End the open group, and the story that it is."""
        if self.state.begins_story:
            self._end_story()
        if self._outer:
            self.state = self._outer.pop()

    def begin_story(self, kind: Literal["note", "box"]) -> None:
        """Begin a note or a text box, which ends with the open group; Unreadable for more of them than any report has."""
        self._begun += 1
        if self._begun > MOST_STORIES:
            raise Unreadable("more notes and text boxes than any report")
        self._stories.append(Story(kind))
        self.state = State(
            font=self.state.font, replaced=self.state.replaced, deleted=self.state.gone, begins_story=True
        )

    def take_bytes(self, text: bytes) -> None:
        """Go on with the paragraph by bytes, which are read when the last one of a character has come."""
        self.starred = False
        if self.to_leave_out:
            left_out = min(self.to_leave_out, len(text))
            self.to_leave_out -= left_out
            text = text[left_out:]
        if self.state.where == "text":
            self._bytes += text

    def write_bytes(self) -> None:
        """Write the bytes that have come: what follows is shown otherwise, or stands elsewhere."""
        if self._bytes:
            font = self.fonts.usual if self.state.font is None else self.state.font
            text = self.fonts.decode(bytes(self._bytes), font)
            self._bytes.clear()
            self.write(text)

    def write(self, text: str) -> None:
        """Go on with the paragraph, as text is shown here; Unreadable for more text than any report has."""
        if not text or self.state.where != "text" or self.state.gone:
            return
        self._length += len(text)
        if self._length > LONGEST:
            raise Unreadable("more text than any report")
        self.story.line.pieces.append((self.state.look.shown(text), self.state.look.position or 0))

    def end_line(self, depth: int) -> None:
        """End the paragraph, which stands so deep in tables."""
        line, self.story.line = self.story.line, Line()
        flow = self.story.tables.at(depth)
        flow.drawn, self.story.drawn = flow.drawn or self.story.drawn, False
        _end_line(line, flow)

    def picture(self) -> None:
        """Note that a picture stands here."""
        if not self.state.gone:
            self.story.tables.at(self.depth).picture()

    def draw(self) -> None:
        """Note that a shape is anchored in the paragraph."""
        self.story.drawn = self.story.drawn or not self.state.gone

    def note_mark(self) -> str:
        """Return the mark of the note under way, or of the one that comes next."""
        return raised(str(len(self._notes) + 1))

    def _end_story(self) -> None:
        story = self._stories.pop()
        if story.kind == "box":
            self.story.line.boxes.append(self._ended(story))
        else:
            self._notes.append(self._ended(story))

    def _ended(self, story: Story) -> Flow:
        if story.line.pieces or story.line.boxes:
            _end_line(story.line, story.tables.at(self.depth if story.kind == "page" else 0))
        return story.tables.finished()


def _end_line(line: Line, flow: Flow) -> None:
    text = line.text()
    if _HALVES.search(text):  # of a character by the numbers of its two halves
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    flow.write(text)
    flow.end_line()
    for box in line.boxes:
        flow.add(box)
