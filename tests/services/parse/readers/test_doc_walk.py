"""The way through a binary Word document: characters, marks of cells and rows, lists, notes, boxes, pictures."""

import struct

import pytest

from services.parse.document import Grid
from services.parse.readers.doc import read
from shared.testing.formats import doc
from shared.testing.formats.doc import document, special
from shared.testing.formats.word_binary import Document as File
from shared.testing.formats.word_binary import Para, Run, change, positions
from shared.testing.formats.word_binary import write as write_file

CELL = Run("\x07")


def lines(data):
    """Return the lines of text outside grids."""
    content = read(data)
    return [content.text[block.start : block.end] for block in content.blocks if not isinstance(block, Grid)]


def grids(data):
    """Return the cells of every grid, row by row."""
    blocks = (block for block in read(data).blocks if isinstance(block, Grid))
    return [[[cell.text for cell in row] for row in block.rows] for block in blocks]


def row(*texts, edges=None, flags=()):
    """Return a row of these cells."""
    cells = [Para((Run(text),) if text else (), doc._depth(1), CELL) for text in texts]
    return [*cells, doc._row_end(1, edges or range(0, 600 * len(texts) + 1, 600), flags)]


@pytest.mark.parametrize(
    ("beside", "seen"),
    [
        ([Run("2", change(doc.ALIGN, 1))], "58²"),
        ([Run("2", change(doc.ALIGN, 2))], "58₂"),
        ([Run("2", change(0x4845, 6))], "58²"),
        ([Run("2", change(0x4845, 0xFFFA))], "58₂"),
        ([Run("2", change(doc.STRUCK, 1))], "582\u0336"),
        ([Run("2", change(0x2A53, 1))], "582\u0336"),
        ([Run("2", change(doc.STRUCK, 0))], "582"),
        ([Run("2", change(doc.HIDDEN, 1))], "58"),
        ([Run("2", change(doc.HIDDEN, 0x80))], "582"),
        ([Run("2", change(doc.HIDDEN, 0x81))], "58"),
        ([Run("2", change(doc.STYLE, doc.UNSEEN))], "58"),
        ([Run("2", change(doc.STYLE, doc.UNSEEN) + change(doc.HIDDEN, 0x81))], "582"),
        ([Run("2", change(doc.HIDDEN, 1) + change(0x2A33, 1))], "582"),
        ([Run("2", change(doc.DELETED, 1))], "58"),
        ([Run("(", change(doc.SPECIAL, 1) + change(0x6A09, struct.pack("<HH", 3, 0xF0FC)))], "58\uf0fc"),
        ([special("(")], "58\ufffd"),
        ([Run("(2)")], "58(2)"),
        ([Run("\x0b2")], "58 2"),
        ([Run("\t2")], "58 2"),
        ([Run("\x1e2\x1f")], "58-2"),
        ([Run("\x13 PAGE \x152")], "582"),
        ([Run("\x13 PAGE \x142\x15")], "582"),
        ([Run("\x15\x142")], "582"),
        ([special("\x01"), special("\x05")], "58"),
        ([Run("\ud83d\ude00")], "58\U0001f600"),
        ([Run("\ud83d")], "58\ufffd"),
    ],
)  # fmt: skip
def test_what_stands_beside_a_figure(beside, seen):
    """Notes are no digits, struck text keeps its strokes, hidden text is not there, breaks and tabs part what they part."""
    cells = [Para((Run("规章"),), doc._depth(1), CELL), Para((Run("58"), *beside), doc._depth(1), CELL)]
    assert grids(document([*cells, doc._row_end(1, (0, 600, 1200))])) == [[["规章", seen]]]


def test_a_field_ends_with_its_cell():
    """A field without an end hides nothing in the next cell."""
    assert grids(document([*row("规章\x13 PAGE ", "58")])) == [[["规章", "58"]]]


def test_merged_cells_are_spans():
    """Cells merged downwards cover the rows below, to the right their columns, in either way of writing it."""
    both = [0x60, 0]
    body = [
        *row("组", "甲", edges=(0, 600, 1800), flags=both),
        *row("", "1", "2", edges=(0, 600, 1200, 1800), flags=[0x20, 0, 0]),
        *row("", "3", "", edges=(0, 600, 1200, 1800), flags=[0x20, 1, 2]),
        *row("", "4", "", edges=(0, 600, 1200, 1800), flags=[0x20, 2, 1]),
        *row("丁", "5", "6", edges=(0, 603, 1197, 1800)),
    ]
    assert grids(document(body)) == [[["组", "甲"], ["1", "2"], ["3"], ["4"], ["丁", "5", "6"]]]
    (grid,) = read(document(body)).blocks
    assert [[cell.column for cell in row] for row in grid.rows] == [[0, 1], [1, 2], [1], [1], [0, 1, 2]]


def test_a_deleted_row_is_gone():
    """A row whose mark is deleted, with all that stands in it, is no row."""
    gone = Run("\x07", change(doc.DELETED, 1))
    deleted = [Para((Run("9", change(doc.DELETED, 1)),), doc._depth(1), gone) for _ in range(2)]
    body = [*row("规章", "1"), *deleted, doc._row_end(1, (0, 600, 1200), mark=gone), *row("许可", "2")]
    assert grids(document(body)) == [[["规章", "1"], ["许可", "2"]]]


def test_hidden_paragraphs_are_joined_with_the_next():
    """A paragraph whose mark is hidden or deleted goes on in the next one."""
    for code in (doc.HIDDEN, doc.DELETED):
        assert lines(document([Para((Run("收到"),), mark=Run("\r", change(code, 1))), Para((Run("60件"),))])) == [
            "收到60件"
        ]


def test_lists_are_counted():
    """Numbers of lists stand before their paragraphs though they are in no text."""
    listed = change(doc.LIST, 1) + change(doc.LEVEL, 0)
    body = [
        Para((Run("总体"),), listed),
        Para((Run("甲"),)),
        Para((Run("公开"),), listed),
        Para((Run("乙"),), change(doc.LIST, 9)),
    ]
    assert lines(document(body)) == ["一、总体", "甲", "二、公开", "乙"]


def test_notes_stand_behind_the_text():
    """Footnotes and endnotes are read with their marks; comments and headers are not."""
    main = [Para((Run("收到60件"), special("\x02"), Run("办结54件"), special("\x02")))]
    notes = [Para((special("\x02"), Run("含补正"))), Para((special("\x02"), Run("含撤回")))]
    stories = {
        0: main,
        1: notes,
        2: [Para((Run("页眉"),))],
        4: [Para((Run("批注"),))],
        5: [Para((special("\x02"), Run("尾注")))],
    }
    parts = {
        2: positions([5, 11, 12], [b"\1\0", b"\1\0"]),
        3: positions([0, 5, 10], []),
        46: positions([11, 12], [b"\1\0"]),
        47: positions([0, 4], []),
    }
    told = lines(write_file(File(stories, parts)))
    assert told == ["收到60件¹办结54件²", "¹含补正", "²含撤回"]
    parts[2], parts[46] = positions([5, 6], [b"\1\0"]), positions([11, 12], [b"\1\0"])
    assert lines(write_file(File(stories, parts))) == ["收到60件¹办结54件¹", "¹含补正", "¹尾注"]


def test_text_boxes_stand_behind_their_paragraph():
    """The text of a box breaks no sentence; one without its anchor stands at the end."""
    main = [Para((Run("收到"), special("\x08"), Run("60件"))), Para((Run("正文"),))]
    boxes = [[Para((Run("框中"),))]]
    assert lines(document(main, boxes)) == ["收到60件", "框中", "正文"]
    lost = document(main, boxes).replace(positions([2, 3], []), positions([1, 3], []))
    assert lines(lost) == ["收到60件", "正文", "框中"]


def test_pictures_are_counted():
    """Pictures in the line and beside it count; a check box of a form and other shapes do not."""
    drawing = struct.pack("<HHI", 0xF, 0xF000, 0) + b"\0" + struct.pack("<HHI", 0xF, 0xF002, 32)
    drawing += struct.pack("<HHIII", 75 << 4 | 2, 0xF00A, 8, 7, 0) + struct.pack("<HHIII", 1 << 4 | 2, 0xF00A, 8, 8, 0)
    main = [
        Para((special("\x01"), special("\x08"), special("\x08"), Run("\x01", change(0x0855, 1) + change(0x0806, 1))))
    ]
    shapes = [struct.pack("<I22x", number) for number in (7, 8)]
    data = write_file(File({0: main}, {40: positions([1, 2, 3], shapes), 50: drawing}))
    assert read(data).pictures == 2
