"""Made reports as binary Word documents, in the ways in which programs write them."""

import struct
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from shared.testing.formats.word_binary import WHOLE, Document, Layout, Para, Run, change, positions
from shared.testing.formats.word_binary import write as write_file
from shared.testing.layouts import Laid
from shared.testing.sheets import Place, places
from shared.text import PICTURE

Variant = Literal[
    "plain",
    "pieces",
    "narrow_pieces",
    "elsewhere",
    "table_elsewhere",
    "changes",
    "changed_pieces",
    "listed_changes",
    "hidden",
    "fields",
    "split_digits",
    "numbered",
    "text_box",
    "layout_table",
    "merged_cells",
    "merged_later",
]
"""How the document is written; what a reader of it sees is the same in all."""

VARIANTS: tuple[Variant, ...] = get_args(Variant)

DELETED, HIDDEN, STRUCK, ALIGN, SPECIAL, STYLE = 0x0800, 0x083C, 0x0837, 0x2A48, 0x0855, 0x4A30
IN_TABLE, ROW_END, DEPTH, INNER_CELL, INNER_ROW_END = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
EDGES, MERGE, MERGE_DOWN, LIST, LEVEL = 0xD608, 0x5624, 0xD62B, 0x460B, 0x260A
UNSEEN = 1  # the number of the style of hidden characters
_GONE = "999"
_NUMERALS = "一二三四五六"
_COLUMN = 600  # twips
_SHAPE = 1025


def special(code: str) -> Run:
    """Return a character that stands for something else."""
    return Run(code, change(SPECIAL, 1))


def _runs(content: str) -> tuple[Run, ...]:
    return (Run(content),)


def _line(runs: tuple[Run, ...]) -> list[Para]:
    return [Para(runs)]


@dataclass(frozen=True, slots=True)
class Markup:
    """What a variant makes of each piece of a document; `depth`: in how many tables those of the report stand."""

    run: Callable[[str], tuple[Run, ...]] = _runs
    line: Callable[[tuple[Run, ...]], list[Para]] = _line
    layout: Layout = WHOLE
    depth: int = 1
    split_spans: bool = False
    merged_later: bool = False
    deleted_rows: bool = False
    boxes: bool = False


def _changed(content: str) -> tuple[Run, ...]:
    gone = Run(_GONE, change(DELETED, 1))
    return gone, Run(content, change(0x0801, 1)), gone


def _changed_line(runs: tuple[Run, ...]) -> list[Para]:
    """Print a line whose first half was a paragraph of its own until the mark between them was deleted."""
    return [Para((Run(_GONE, change(DELETED, 1)),), mark=Run("\r", change(DELETED, 1))), Para(runs)]


def _beside_gone(content: str) -> tuple[Run, ...]:
    """Print a text between others that pieces of their own delete."""
    return Run("~"), Run(content), Run("~")


def _hidden(content: str) -> tuple[Run, ...]:
    """Print a text between hidden ones: by the run's own changes, and by a style of characters."""
    style = change(STYLE, UNSEEN)
    return Run(_GONE, change(HIDDEN, 1)), Run(_GONE, style), Run(content, style + change(HIDDEN, 0))


def _computed(content: str) -> tuple[Run, ...]:
    """Print a text as the result of a field, in whose instruction another field stands."""
    begin, middle, end = (special(code) for code in "\x13\x14\x15")
    return begin, Run(" =SUM(LEFT) "), begin, Run("PAGE"), middle, Run(_GONE), end, middle, Run(content), end


def _split(content: str) -> tuple[Run, ...]:
    """Print each character in a run of its own."""
    return tuple(Run(each, change(0x4A43, 20 + number % 2)) for number, each in enumerate(content))


def _numbered(runs: tuple[Run, ...]) -> list[Para]:
    """Print the numeral of a chapter by the list that it belongs to."""
    text = "".join(run.text for run in runs)
    if text[:1] in _NUMERALS and text[1:2] == "、":
        return [Para((Run(text[2:]),), change(LIST, 1) + change(LEVEL, 0))]
    return [Para(runs)]


_MARKUPS: Mapping[Variant, Markup] = {
    "plain": Markup(),
    "pieces": Markup(layout=Layout(characters=37, backwards=True)),
    "narrow_pieces": Markup(layout=Layout(characters=3, backwards=True, narrow=True)),
    "elsewhere": Markup(layout=Layout(elsewhere=16)),
    "table_elsewhere": Markup(layout=Layout(elsewhere=16, elsewhere_by=0x6645)),
    "changes": Markup(run=_changed, line=_changed_line, deleted_rows=True),
    "changed_pieces": Markup(
        run=_beside_gone,
        layout=Layout(characters=1, piece_changes=lambda piece: 0x0100 | 0x41 << 1 if piece == "~" else 0),
    ),
    "listed_changes": Markup(
        run=_beside_gone,
        layout=Layout(
            characters=1, piece_changes=lambda piece: int(piece == "~"), lists=(change(0x4A43, 20) + change(HIDDEN, 1),)
        ),
    ),
    "hidden": Markup(run=_hidden),
    "fields": Markup(run=_computed),
    "split_digits": Markup(run=_split),
    "numbered": Markup(line=_numbered),
    "text_box": Markup(boxes=True),
    "layout_table": Markup(depth=2),
    "merged_cells": Markup(split_spans=True),
    "merged_later": Markup(split_spans=True, merged_later=True),
}


def write(parts: Sequence[str | Laid], variant: Variant = "plain") -> bytes:
    """Return a Word document of these lines and tables (`shared.testing.layouts.outline`)."""
    markup = _MARKUPS[variant]
    main: list[Para] = []
    boxes: list[list[Para]] = []
    for part in parts:
        if isinstance(part, str):
            main += [_in_cell(each, markup.depth - 1) for each in markup.line(markup.run(part))]
        elif markup.boxes:
            boxes.append([*table(part, markup), Para()])
            main.append(Para((special("\x08"),)))
        else:
            main += table(part, markup)
    if markup.depth > 1:
        main = [
            Para((Run("导航"),), _depth(1), Run("\x07")),
            *main,
            Para((), _depth(1), Run("\x07")),
            _row_end(1, (0, 1200, 9600)),
        ]
    return document([*main, Para()], boxes, markup.layout)


def document(main: Sequence[Para], boxes: Sequence[Sequence[Para]] = (), layout: Layout = WHOLE) -> bytes:
    """Return a document with this main text, and text boxes at its anchors, with a style of hidden characters and a list."""
    places = [start for start, character in enumerate("".join(each.text for each in main)) if character == "\x08"]
    lengths = [sum(len(paragraph.text) for paragraph in box) for box in boxes]
    parts = {1: _styles(), 31: bytes(500), 73: _list(), 74: _list_uses()}
    if boxes:
        shapes = [struct.pack("<I22x", _SHAPE + number) for number in range(len(boxes))]
        parts[40] = positions([*places, places[-1] + 1], shapes)
        texts = [struct.pack("<I10xI4x", 1, _SHAPE + number) for number in range(len(boxes))]
        parts[56] = positions([sum(lengths[:number]) for number in range(len(boxes) + 1)], texts)
    stories = {0: main, 6: [paragraph for box in boxes for paragraph in box]}
    return write_file(Document(stories, parts, _list_level(), layout))


def table(laid: Laid, markup: Markup | None = None) -> list[Para]:
    """Return a table, its merged cells as programs merge them."""
    markup = markup or _MARKUPS["plain"]
    gone = Run("\x07", change(DELETED, 1))
    deleted = [
        *(Para((Run(text, change(DELETED, 1)),), _depth(1), gone) for text in ("规章", _GONE)),
        _row_end(1, (0, 600, 1200), mark=gone),
    ]
    rows = [*(deleted if markup.deleted_rows else [])]
    for row in places(laid.sheet):
        rows += _row(row, markup)
    return rows


def _row(row: Sequence[Place], markup: Markup) -> list[Para]:
    edges, flags, merges, cells = [0], list[int](), b"", list[Para]()
    for place in row:
        shown = _content(place.cell.text, markup) if place.cell.text and not place.above else ()
        number, wide = len(flags), place.cell.columns
        split = markup.split_spans and wide > 1
        for part in range(wide) if split else (wide - 1,):
            cells.append(_cell(shown if part == 0 or not split else (), markup.depth))
            edges.append(_COLUMN * (place.column + part + 1))
            flags.append(0 if markup.merged_later or not split else 1 if part == 0 else 2)
        down = 1 if place.above else 3 if place.cell.rows > 1 else 0
        if markup.merged_later:
            merges += change(MERGE, struct.pack("<BB", number, number + wide)) if split else b""
            merges += change(MERGE_DOWN, struct.pack("<BBB", 2, number, down)) if down else b""
        else:
            flags[number] |= {0: 0, 1: 0x20, 3: 0x60}[down]
    return [*cells, _row_end(markup.depth, edges, flags, merges)]


def _content(printed: str, markup: Markup) -> tuple[Run, ...]:
    return (special("\x01"),) if printed == PICTURE else markup.run(printed)


def _cell(runs: tuple[Run, ...], depth: int) -> Para:
    if depth == 1:
        return Para(runs, _depth(1), Run("\x07"))
    return Para(runs, _depth(depth) + change(INNER_CELL, 1))


def _in_cell(paragraph: Para, depth: int) -> Para:
    return Para(paragraph.runs, paragraph.changes + _depth(depth), paragraph.mark) if depth else paragraph


def _depth(depth: int) -> bytes:
    return change(IN_TABLE, 1) + change(DEPTH, depth)


def _row_end(
    depth: int, edges: Sequence[int], flags: Sequence[int] = (), merges: bytes = b"", mark: Run | None = None
) -> Para:
    """Return the mark that ends a row, with the edges of its cells and how they are merged."""
    cells = b"".join(struct.pack("<H18x", flag) for flag in flags or [0] * (len(edges) - 1))
    shape = struct.pack(f"<B{len(edges)}h", len(edges) - 1, *edges) + cells
    rows = change(EDGES, struct.pack("<H", len(shape) + 1) + shape) + merges
    if depth == 1:
        return Para((), _depth(1) + change(ROW_END, 1) + rows, mark or Run("\x07"))
    return Para((), _depth(depth) + change(INNER_CELL, 1) + change(INNER_ROW_END, 1) + rows)


def _styles() -> bytes:
    """Return a style sheet: the usual paragraphs, hidden characters, and the usual ones."""
    head = struct.pack("<9H", 16, 10, 1, 15, 15, 0, 0, 0, 0)
    usual = _style("Normal", 1, 0xFFF, b"\0\0", b"")
    unseen = _style("Unseen", 2, 10, change(HIDDEN, 1))
    characters = _style("Default Paragraph Font", 2, 0xFFF, b"")
    styles = [usual, unseen, *([b""] * 8), characters, *([b""] * 5)]
    return struct.pack("<H", len(head)) + head + b"".join(struct.pack("<H", len(each)) + each for each in styles)


def _style(name: str, kind: int, based_on: int, *lists: bytes) -> bytes:
    known = {"Normal": 0, "Default Paragraph Font": 65}.get(name, 0xFFE)
    told = struct.pack("<5H", known, kind | based_on << 4, len(lists), 0, 0)
    told += struct.pack("<H", len(name)) + name.encode("utf-16-le") + b"\0\0"
    for changes in lists:
        told += struct.pack("<H", len(changes)) + changes + bytes(len(changes) % 2)
    return told


def _list() -> bytes:
    return struct.pack("<Hi4x18xBx", 1, 77, 1)


def _list_level() -> bytes:
    """Return the level of a list that counts 一、 二、 三、."""
    text = "\0、"
    level = struct.pack("<iBB9sB8xBBBx", 1, 39, 0, b"\1".ljust(9, b"\0"), 2, 0, 0, 0)
    return level + struct.pack("<H", len(text)) + text.encode("utf-16-le")


def _list_uses() -> bytes:
    return struct.pack("<Ii8x4xI", 1, 77, 0xFFFFFFFF)
