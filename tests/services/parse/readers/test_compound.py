"""Compound files: whole streams, or a clear refusal."""

import struct

import pytest

from services.parse.document import Unreadable
from services.parse.readers.compound import streams
from shared.testing.formats.compound import compound, crowded

FILE = compound({"WordDocument": b"a" * 5000, "1Table": b"b" * 4096})


def altered(place, number, form="<I"):
    """Return the file with a number of its head altered."""
    data = bytearray(FILE)
    struct.pack_into(form, data, place, number)
    return bytes(data)


def test_streams_are_found_by_their_names():
    """Names are looked up whatever their case; one that is not there is None."""
    assert streams(FILE, "WORDDOCUMENT", "1Table", "0Table") == [b"a" * 5000, b"b" * 4096, None]


@pytest.mark.parametrize("end", [0, 8, 511, 512, 600, 1024, 2000, 3000, 6000, len(FILE) - 1])
def test_a_file_cut_off_is_damaged(end):
    """A stream is whole or refused, never short."""
    with pytest.raises(Unreadable) as refused:
        streams(FILE[:end], "WordDocument", "1Table")
    assert refused.value.code == "damaged"


@pytest.mark.parametrize("place", [44, 64, 72])
def test_more_sectors_than_the_file_has_are_refused(place):
    """Counts of sectors that the file cannot have are not followed."""
    with pytest.raises(Unreadable, match="than it has"):
        streams(altered(place, 0xFFFFFF), "WordDocument")


def test_odd_sector_sizes_are_refused():
    """Sectors have 512 bytes or 4096."""
    with pytest.raises(Unreadable):
        streams(altered(30, 31, "<H"), "WordDocument")


def test_a_stream_longer_than_its_file_is_refused():
    """Sectors that follow themselves make no endless stream."""
    data = bytearray(FILE)
    entry = FILE.index("WordDocument".encode("utf-16-le"))
    first = int.from_bytes(data[entry + 116 : entry + 120], "little")
    struct.pack_into("<I", data, entry + 120, 0xFFFFFFF0)
    struct.pack_into("<I", data, 512 + 4 * first, first)
    with pytest.raises(Unreadable, match="longer than its file"):
        streams(bytes(data), "WordDocument")


def test_many_streams_cost_their_number():
    """A directory of many streams is read stream by stream, none held against the others."""
    with pytest.raises(Unreadable, match="cut off"):
        streams(crowded(20_000), "00000001")
    assert streams(crowded(20_000), "WordDocument") == [None]
