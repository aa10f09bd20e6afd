"""The text of a binary Word document, in whatever pieces it lies."""

import struct

import pytest

from services.parse.document import Unreadable
from services.parse.readers.doc_file import WordFile, open_file
from services.parse.readers.doc_text import read_text
from shared.testing.formats.word_binary import Document, Layout, Para, Run, change, positions, write

WORD = "文字".encode("utf-16-le")
TEXT = "样例市2024年 abc\u20181\u2019\U0001f600"


def text_of(paragraph, layout):
    """Return the text of a document of one paragraph."""
    return read_text(open_file(write(Document({0: [paragraph]}, layout=layout)))).characters


def table(starts, places):
    """Return a table of pieces at these places."""
    pieces = positions(starts, [struct.pack("<HIH", 0, place, 0) for place in places])
    return struct.pack("<BI", 2, len(pieces)) + pieces


def file_of(pieces, word=WORD):
    """Return a document with this table of pieces."""
    return WordFile(word, pieces, b"", (), ((0, 0),) * 33 + ((0, len(pieces)),))


@pytest.mark.parametrize("characters", [0, 1, 2, 5])
@pytest.mark.parametrize("backwards", [True, False])
@pytest.mark.parametrize("narrow", [True, False])
def test_pieces_make_the_text(characters, backwards, narrow):
    """However the text is cut, stored and packed, it comes out; a character beyond the basic plane is its two halves."""
    halves = "".join(map(chr, struct.unpack(f"<{len(TEXT) + 1}H", TEXT.encode("utf-16-le"))))
    assert text_of(Para((Run(halves),)), Layout(characters, backwards, narrow)) == halves + "\r"


def test_eight_bit_pieces_are_what_the_format_says():
    """Of the bytes from 80 to 9F some are typographic characters; the others are what they are in Latin-1."""
    pieces = table([0, 4], [0x40000000])
    assert read_text(file_of(pieces, b"\x80\x92\x99\xe9")).characters == "\x80\u2019™é"


def test_pieces_bring_changes_of_their_own():
    """By a short code, or by the number of a list that stands before the pieces."""
    layout = Layout(1, piece_changes=lambda piece: {"a": 0x0182, "b": 1}.get(piece, 0), lists=(change(0x083C, 1),))
    opened = read_text(open_file(write(Document({0: [Para((Run("abc"),))]}, layout=layout))))
    assert [piece.properties for piece in opened.pieces] == [change(0x0800, 1), change(0x083C, 1), b"", b""]
    assert [opened.piece_at(position) for position in range(4)] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    "pieces",
    [
        b"",
        b"\2",
        b"\3\0\0\0\0\0\0",
        b"\1\xff\xff" + table([0, 1], [0]),
        table([0], []),
        table([0, 1], [0])[:-1],
        table([1, 2], [0]),
        table([0, 0], [0]),
        table([0, 2, 1], [0, 0]),
        table([0, 3], [0]),
        table([0, 1], [0x3FFFFFFF]),
        table([0, 5], [0x40000000]),
    ],
)
def test_pieces_that_contradict_themselves_are_damage(pieces):
    """Out of order, outside the stream, or cut off: refused, never guessed."""
    with pytest.raises(Unreadable) as refused:
        read_text(file_of(pieces))
    assert refused.value.code == "damaged"


def test_more_text_than_any_report_is_refused():
    """The length is looked at before the text is."""
    with pytest.raises(Unreadable) as refused:
        read_text(file_of(table([0, 5_000_000], [0])))
    assert refused.value.code == "refused_structure"
