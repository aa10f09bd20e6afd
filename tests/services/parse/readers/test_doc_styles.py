"""Styles and lists of a binary Word document."""

import struct

from hypothesis import given
from hypothesis import strategies as st

from services.parse.readers.doc_file import LIST_USES, LISTS, STYLES, WordFile
from services.parse.readers.doc_styles import read_lists, read_styles
from services.parse.readers.word_styles import Listed
from shared.testing.formats.doc import _style, _styles
from shared.testing.formats.word_binary import change


def file_of(parts, behind=b""):
    """Return a document with these parts of its table stream, and something behind the last."""
    table, places = b"", [(0, 0)] * 80
    for number, content in parts.items():
        places[number] = (len(table), len(content))
        table += content + (behind if number == LISTS else b"")
    return WordFile(b"", table, b"", (), tuple(places))


def sheet(*styles):
    """Return a style sheet."""
    head = struct.pack("<9H", len(styles), 10, 1, 15, 15, 0, 0, 0, 0)
    return struct.pack("<H", len(head)) + head + b"".join(struct.pack("<H", len(each)) + each for each in styles)


def level(text, kind=0, *, start=1, flags=0, limit=0, follows=1, more=b""):
    """Return a level of a list; numbers stand in its text as control characters."""
    places = bytes(number for number, each in enumerate(text, start=1) if each < "\t").ljust(9, b"\0")
    told = struct.pack("<iBB9sB8xBBBx", start, kind, flags, places, follows, len(more), 0, limit)
    return told + more + struct.pack("<H", len(text)) + text.encode("utf-16-le")


def lists(*levels, uses=b"", count=1, simple=1):
    """Return the counter of a document's only list."""
    defined = struct.pack("<Hi4x18xBx", 1, 77, simple)
    used = (
        struct.pack("<I", count)
        + struct.pack("<i8xBxxx", 77, 0) * count
        + (uses or struct.pack("<I", 0xFFFFFFFF) * count)
    )
    return read_lists(file_of({LISTS: defined, LIST_USES: used}, b"".join(levels)))


def test_styles_are_known_by_their_numbers():
    """Styles of characters hide and strike, those of paragraphs number; what they are based on goes before."""
    numbered = _style("Heading 1", 1, 0, b"\0\0" + change(0x460B, 3) + change(0x260A, 1), change(0x0837, 1))
    based = _style("odd", 1, 0, b"\0\0", change(0x083C, 1))
    styles = read_styles(file_of({STYLES: sheet(numbered, based, b"", _style("t", 3, 0xFFF, b"a", b"b"))}))
    assert styles.numbering("0") == Listed("3", "1")
    assert (styles.look("1").hidden, styles.look("1").struck) == (True, True)
    assert styles.look("2") == styles.look("3") == styles.look("9")


def test_a_sheet_cut_off_has_the_styles_before():
    """Neither an empty sheet nor a cut one is a fault."""
    whole = _styles()
    for end in range(0, len(whole), 7):
        styles = read_styles(file_of({STYLES: whole[:end]}))
        assert styles.look("0").hidden is None


def test_numbers_are_printed_as_their_list_says():
    """Kind, text round the number, gap behind it, where it begins."""
    assert lists(level("（\0）", 39, follows=2)).label(Listed("1", "0")) == "（一）"
    assert lists(level("\0.", 0, start=5, more=change(0x0837, 1))).label(Listed("1", "0")) == "5. "
    assert lists(level("\uf0b7", 23)).label(Listed("1", "0")) == ""
    assert lists(level("注", 255)).label(Listed("1", "0")) == "注 "
    assert lists(level("\0.", 0)).label(Listed("2", "0")) == ""


def test_levels_count_under_each_other():
    """A level prints those above it, begins anew behind them, or goes on where it says so."""
    texts = [level("\0、", 39), level("\0.\1", 0), level("(\2)", 0, flags=8, limit=0), *[level("\0")] * 6]
    counted = lists(*texts, simple=0)
    order = (0, 1, 1, 2, 0, 1, 2)
    assert [counted.label(Listed("1", str(depth))) for depth in order] == [
        *("一、 ", "一.1 ", "一.2 ", "(1) ", "二、 ", "二.1 ", "(2) "),
    ]


def test_a_use_may_begin_anew_and_look_otherwise():
    """A use of a list has its own start, or levels of its own."""
    own = struct.pack("<I", 0xFFFFFFFF) + struct.pack("<iI", 4, 0x10)
    used = struct.pack("<Ii8xBxxx", 1, 77, 1) + own
    file = file_of({LISTS: struct.pack("<Hi4x18xBx", 1, 77, 1), LIST_USES: used}, level("\0."))
    assert read_lists(file).label(Listed("1", "0")) == "4. "
    used = (
        struct.pack("<Ii8xBxxx", 1, 77, 1)
        + struct.pack("<I", 0xFFFFFFFF)
        + struct.pack("<iI", 1, 0x20)
        + level("第\0条")
    )
    file = file_of({LISTS: struct.pack("<Hi4x18xBx", 1, 77, 1), LIST_USES: used}, level("\0."))
    assert read_lists(file).label(Listed("1", "0")) == "第1条 "


@given(st.binary(max_size=200), st.binary(max_size=200), st.binary(max_size=100))
def test_any_bytes_are_lists_or_none(defined, levels, used):
    """Senseless tables of lists count nothing, and are no fault."""
    read_lists(file_of({LISTS: defined, LIST_USES: used}, levels)).label(Listed("1", "0"))
    read_styles(file_of({STYLES: defined}))
