"""Binary Word documents made by hand: text in pieces, runs of formatting in pages, the head that leads to them (MS-DOC)."""

import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from shared.testing.formats.compound import compound

_PAGE = 512
_TEXT = 1024  # where the text begins in the stream
_PARTS = 93
_STORIES = 7
_8_BIT = "\x00\x02\x07\x08\x09\x0b\x0c\x0d\x13\x14\x15"


class Run(NamedTuple):
    """Text, and the changes of its formatting."""

    text: str
    changes: bytes = b""


END = Run("\r")


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph: its runs, the mark that ends it with its changes, and the changes of the paragraph."""

    runs: tuple[Run, ...] = ()
    changes: bytes = b""
    mark: Run = END

    @property
    def text(self) -> str:
        """The characters with the mark."""
        return "".join(run.text for run in (*self.runs, self.mark))


@dataclass(frozen=True, slots=True)
class Layout:
    """How the text is cut into pieces: characters a piece (0: one piece), stored backwards, in 8 bits where that is enough.

    `elsewhere`: changes of paragraphs as long as this stand in the data stream, named by `elsewhere_by`. `piece_changes`: what a
    piece changes of the characters in it, by what stands in them, as a short code or a number of a list of `lists`.
    """

    characters: int = 0
    backwards: bool = False
    narrow: bool = False
    elsewhere: int = 0
    elsewhere_by: int = 0x6646
    piece_changes: Callable[[str], int] | None = None
    lists: tuple[bytes, ...] = ()


WHOLE = Layout()


@dataclass(slots=True)
class Document:
    """A document's stories (main text, footnotes, headers, macros, comments, endnotes, text boxes) and parts of its table stream."""

    stories: Mapping[int, Sequence[Para]]
    parts: Mapping[int, bytes] = field(default_factory=dict)
    behind_lists: bytes = b""
    layout: Layout = WHOLE
    flags: int = 0
    version: int = 0xC1


class _Piece(NamedTuple):
    start: int
    text: str
    place: int
    width: int


def change(code: int, operand: int | bytes) -> bytes:
    """Return a change of formatting by its code (sprm), which tells the size of its operand."""
    size = (1, 1, 2, 4, 2, 2, 0, 3)[code >> 13]
    return struct.pack("<H", code) + (operand if isinstance(operand, bytes) else (operand).to_bytes(size, "little"))


def positions(edges: Sequence[int], told: Sequence[bytes]) -> bytes:
    """Return a table of positions (PLC)."""
    return struct.pack(f"<{len(edges)}I", *edges) + b"".join(told)


def write(document: Document) -> bytes:
    """Return the document's file."""
    stories = [document.stories.get(number, ()) for number in range(_STORIES)]
    paragraphs = [paragraph for story in stories for paragraph in story]
    counts = [sum(len(paragraph.text) for paragraph in story) for story in stories]
    if any(counts[1:]):
        paragraphs.append(Para())
    pieces = _pieces("".join(paragraph.text for paragraph in paragraphs), document.layout)
    end = max(piece.place + len(piece.text) * piece.width for piece in pieces)
    word = bytearray(end)
    for piece in pieces:
        word[piece.place : piece.place + len(piece.text) * piece.width] = piece.text.encode(
            "latin-1" if piece.width == 1 else "utf-16-le", "surrogatepass"
        )
    data = bytearray(4096 if document.layout.elsewhere else 0)
    parts = dict(document.parts)
    runs = [(run.text, run.changes) for paragraph in paragraphs for run in (*paragraph.runs, paragraph.mark)]
    parts[12] = _add_pages(word, _placed(runs, pieces), 1, _characters)
    told = [(each.text, _paragraph(each.changes, document.layout, data)) for each in paragraphs]
    parts[13] = _add_pages(word, _placed(told, pieces), 13, _of_paragraph)
    parts[33] = _piece_table(pieces, document.layout)
    table, places = bytearray(), [(0, 0)] * _PARTS
    for number, content in sorted(parts.items()):
        places[number] = (len(table), len(content))
        table += content + (document.behind_lists if number == 73 else b"")
    word[: _TEXT - 0] = _head(document, counts, places, end, len(word)).ljust(_TEXT, b"\0")
    return compound({"WordDocument": bytes(word), "1Table": bytes(table), "Data": bytes(data)})


def _pieces(text: str, layout: Layout) -> list[_Piece]:
    """Cut the text; a character outside the basic plane is two halves already."""
    size = layout.characters or len(text)
    cuts = [(start, text[start : start + size]) for start in range(0, len(text), size)]
    place, placed = _TEXT, []
    for start, piece in reversed(cuts) if layout.backwards else cuts:
        narrow = layout.narrow and all(each.isascii() or each in _8_BIT for each in piece)
        place += place % 2
        placed.append(_Piece(start, piece, place, 1 if narrow else 2))
        place += len(piece) * (1 if narrow else 2)
    return sorted(placed)


def _placed(told: Sequence[tuple[str, bytes]], pieces: Sequence[_Piece]) -> list[tuple[int, int, bytes]]:
    """Return where in the stream each of these texts lies, cut where pieces end, in the order of the stream."""
    runs, start, number = [], 0, 0
    for text, changes in told:
        end = start + len(text)
        while start < end:
            piece = pieces[number]
            stop = min(end, piece.start + len(piece.text))
            first = piece.place + (start - piece.start) * piece.width
            runs.append((first, first + (stop - start) * piece.width, changes))
            start = stop
            number += stop == piece.start + len(piece.text)
    return _without_gaps(sorted(run for run in runs if run[0] < run[1]))


def _without_gaps(runs: Sequence[tuple[int, int, bytes]]) -> list[tuple[int, int, bytes]]:
    """Return runs with others between them where they do not follow each other: a page knows only where runs begin."""
    whole = list(runs[:1])
    for run in runs[1:]:
        if whole[-1][1] < run[0]:
            whole.append((whole[-1][1], run[0], b""))
        whole.append(run)
    return whole


def _paragraph(changes: bytes, layout: Layout, data: bytearray) -> bytes:
    """Return the changes of a paragraph behind its style's number, or where they stand in the data stream."""
    if layout.elsewhere and len(changes) >= layout.elsewhere:
        place = len(data)
        data += struct.pack("<H", len(changes)) + changes
        changes = change(layout.elsewhere_by, place)
    return b"\0\0" + changes


def _characters(changes: bytes) -> bytes:
    return bytes((len(changes),)) + changes if changes else b""


def _of_paragraph(changes: bytes) -> bytes:
    if len(changes) % 2:
        return bytes(((len(changes) + 1) // 2,)) + changes
    return bytes((0, len(changes) // 2)) + changes


def _add_pages(
    word: bytearray, runs: Sequence[tuple[int, int, bytes]], width: int, told: Callable[[bytes], bytes]
) -> bytes:
    """Append pages of runs to the stream, and return the table that leads to them."""
    edges, numbers = [], []
    for page_runs in _paged(runs, width, told):
        word += bytes(-len(word) % _PAGE)
        edges.append(page_runs[0][0])
        numbers.append(struct.pack("<I", len(word) // _PAGE))
        word += _page(page_runs, width, told)
    return positions([*edges, runs[-1][1]], numbers)


def _paged(
    runs: Sequence[tuple[int, int, bytes]], width: int, told: Callable[[bytes], bytes]
) -> Iterator[list[tuple[int, int, bytes]]]:
    page: list[tuple[int, int, bytes]] = []
    used = 4 + 1
    for run in runs:
        needed = 4 + width + len(told(run[2])) + 1
        if page and used + needed > _PAGE:
            yield page
            page, used = [], 4 + 1
        page.append(run)
        used += needed
    yield page


def _page(runs: Sequence[tuple[int, int, bytes]], width: int, told: Callable[[bytes], bytes]) -> bytes:
    page = bytearray(_PAGE)
    page[-1] = len(runs)
    struct.pack_into(f"<{len(runs) + 1}I", page, 0, *(start for start, _, _ in runs), runs[-1][1])
    place = _PAGE - 1
    for number, (_, _, changes) in enumerate(runs):
        content = told(changes)
        if content:
            place = (place - len(content)) & ~1
            page[place : place + len(content)] = content
            page[4 * (len(runs) + 1) + width * number] = place // 2
    return bytes(page)


def _piece_table(pieces: Sequence[_Piece], layout: Layout) -> bytes:
    told = []
    for piece in pieces:
        place = piece.place * 2 | 0x40000000 if piece.width == 1 else piece.place
        told.append(struct.pack("<HIH", 0, place, layout.piece_changes(piece.text) if layout.piece_changes else 0))
    table = positions([*(piece.start for piece in pieces), pieces[-1].start + len(pieces[-1].text)], told)
    lists = b"".join(struct.pack("<BH", 1, len(changes)) + changes for changes in layout.lists)
    return lists + struct.pack("<BI", 2, len(table)) + table


def _head(document: Document, counts: Sequence[int], places: Sequence[tuple[int, int]], end: int, size: int) -> bytes:
    flags = 0x1200 | document.flags
    base = struct.pack("<6H", 0xA5EC, document.version, 0, 0x0804, 0, flags).ljust(24, b"\0") + struct.pack(
        "<II", _TEXT, end
    )
    numbers = [size, 0, 0, *counts, *([0] * 12)]
    flat = [number for place in places for number in place]
    return (
        base
        + struct.pack("<H28x", 14)
        + struct.pack(f"<H{len(numbers)}I", len(numbers), *numbers)
        + struct.pack(f"<H{len(flat)}I", _PARTS, *flat)
    )
