"""Records of binary workbooks."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.parse.document import Unreadable
from services.parse.readers.biff import Rich, Strings, packed_number, records, unpacked


def record(kind, data):
    """Return the bytes of a record."""
    return struct.pack("<HH", kind, len(data)) + data


def test_continued_records_are_one():
    """A record is followed by what continues it; what is cut short is none."""
    stream = record(0xFC, b"ab") + record(0x3C, b"cd") + record(0x3C, b"") + record(0x0A, b"")
    assert [(each.kind, each.chunks) for each in records(stream)] == [(0xFC, (b"ab", b"cd", b"")), (0x0A, (b"",))]
    assert [each.at for each in records(stream)] == [0, 16]
    assert not list(records(record(0xFC, b"abcd")[:-1]))


def test_strings_of_either_width_with_their_fonts():
    """Length, flags, characters; fonts and reading aids follow the characters."""
    plain = b"\x02\x00\x00ab"
    wide = b"\x02\x00\x01" + "年报".encode("utf-16-le")
    rich = b"\x03\x00\x08\x01\x00" + b"581" + b"\x02\x00\x07\x00"
    read = b"\x01\x00\x05\x02\x00\x00\x00" + "年".encode("utf-16-le") + b"xx"
    strings = Strings([plain + wide + rich + read])
    assert [strings.string() for _ in range(4)] == [Rich("ab"), Rich("年报"), Rich("581", ((2, 7),)), Rich("年")]
    assert strings.ended


def test_a_string_goes_on_in_another_width():
    """Where a continuation begins inside a string, it says anew how wide characters are."""
    strings = Strings([b"\x04\x00\x00ab", b"\x01" + "年报".encode("utf-16-le") + b"\x01\x00\x00c"])
    assert [strings.string().text, strings.string().text] == ["ab年报", "c"]
    assert Strings([b"\x02\x00\x01", b"\x00ab"]).string().text == "ab"


@pytest.mark.parametrize("chunks", [[], [b"\x02"], [b"\x02\x00\x00a"], [b"\x01\x00\x01a"], [b"\x01\x00\x08\x01\x00ab"]])
def test_a_string_cut_short_is_damage(chunks):
    """Nothing is made up."""
    with pytest.raises(Unreadable) as why:
        Strings(chunks).string()
    assert why.value.code == "damaged"


@given(st.lists(st.binary(max_size=40), max_size=5))
def test_any_bytes_are_strings_or_damage(chunks):
    """Whatever stands there, reading ends."""
    strings = Strings(chunks)
    try:
        while not strings.ended:
            strings.string()
    except Unreadable:
        pass


@pytest.mark.parametrize(
    ("number", "packed"),
    [
        (58, 58 << 2 | 2),
        (-3, ((-3 << 2) & 0xFFFF_FFFF) | 2),
        (8.83, 883 << 2 | 3),
        (0.5, 0x3FE0_0000),
        (0.25, 0x4039_0000 | 1),
    ],
)
def test_packed_numbers(number, packed):
    """Integers, floats, and hundredths of both."""
    assert packed_number(packed) == number


def test_numbers_cut_short_are_damage():
    """A record too short for its numbers is damaged."""
    assert unpacked("HB", b"\x01\x00\x02") == (1, 2)
    with pytest.raises(Unreadable):
        unpacked("HH", b"\x01\x00\x02")
