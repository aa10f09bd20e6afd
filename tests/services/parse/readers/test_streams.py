"""Packed streams: their check sums tell damage that a program shows no sign of, and what only exhausts is refused before it is unpacked."""

import base64
import zlib

import pytest

from services.parse.document import Unreadable
from services.parse.readers.streams import LARGEST, intact
from shared.testing.formats.pdf_file import Sheet, bomb, document, text

PAGE = document([Sheet(text(60, 700, 12, "规章") + text(160, 700, 12, "7"))])


def _content(data):
    """Return where the packed content of the page begins and ends."""
    begin = data.index(b"stream\n") + len(b"stream\n")
    return begin, data.index(b"\nendstream", begin)


def test_a_whole_file_is_intact():
    """Nothing is held against what a program wrote, locked or not."""
    assert intact(PAGE)
    assert intact(document([Sheet(text(60, 700, 12, "规章"))], password=""))


def test_any_changed_byte_of_a_stream_is_noticed():
    """A stream that unpacks to something else than was packed does not pass, whichever byte it is."""
    begin, end = _content(PAGE)
    for place in range(begin, end):
        changed = bytearray(PAGE)
        changed[place] ^= 1
        assert not intact(bytes(changed))


def test_a_cut_file_is_noticed():
    """A file that ends early is not whole."""
    assert not any(intact(PAGE[:length]) for length in range(0, len(PAGE) - 6, 7))


def test_streams_that_only_exhaust_are_refused():
    """Neither twice packed nor endless streams are unpacked to their end."""
    large = zlib.compress(bytes(LARGEST + 1))
    for data in (bomb(200), b"obj<</Filter/FlateDecode>>stream\n" + large + b"\nendstream %%EOF"):
        with pytest.raises(Unreadable):
            intact(data)


def test_streams_packed_and_then_spelled_in_letters():
    """What some programs write as letters is unpacked all the same."""
    letters = base64.a85encode(zlib.compress(b"q Q"))
    head = b"obj<</Filter[/ASCII85Decode/FlateDecode]>>stream\n"
    assert intact(head + letters + b"~>\nendstream %%EOF")
    assert not intact(head + letters[:-3] + b"~>\nendstream %%EOF")


def test_pictures_and_types_are_not_unpacked():
    """What holds no text is passed over, however it is packed."""
    assert intact(b"obj<</Subtype/Image/Filter/FlateDecode>>stream\nnothing packed\nendstream %%EOF")
    assert intact(b"obj<</Length1 9/Filter/FlateDecode>>stream\nnothing packed\nendstream %%EOF")
