"""Runs of formatting: what holds where in the stream."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.parse.document import Unreadable
from services.parse.readers.doc_file import CHARACTERS, WordFile
from services.parse.readers.doc_formatting import Runs, character_runs
from shared.testing.formats.word_binary import positions

RUNS = Runs([10, 20, 40], [20, 30, 50], [b"a", b"b", b"c"])


def page(*edges):
    """Return a page of runs without changes between these edges."""
    return struct.pack(f"<{len(edges)}I", *edges).ljust(511, b"\0") + bytes((len(edges) - 1,))


def file_of(*pages, numbers=None):
    """Return a document whose stream is these pages."""
    numbers = range(len(pages)) if numbers is None else numbers
    table = positions([0] * (len(numbers) + 1), [struct.pack("<I", number) for number in numbers])
    return WordFile(b"".join(pages), table, b"", (), ((0, 0),) * CHARACTERS + ((0, len(table)),))


def test_what_holds_at_a_place():
    """Ranges do not reach into gaps between them."""
    assert [RUNS.at(place) for place in (9, 10, 19, 20, 30, 40, 49, 50)] == [
        b"",
        b"a",
        b"a",
        b"b",
        b"",
        b"c",
        b"c",
        b"",
    ]


@given(st.integers(0, 60), st.integers(0, 60))
def test_ranges_cover_what_is_asked_for(start, end):
    """Every place is in exactly one range, with what holds there."""
    found = list(RUNS.between(start, end))
    assert [place for first, behind, _ in found for place in range(first, behind)] == list(range(start, end))
    assert all(RUNS.at(place) == listed for first, behind, listed in found for place in range(first, behind))


def test_pages_are_read_in_their_order():
    """Edges of all pages make one line of runs."""
    runs = character_runs(file_of(page(0, 5, 9), page(9, 12)))
    assert (runs.starts, runs.ends) == ([0, 5, 9], [5, 9, 12])


@pytest.mark.parametrize(
    "file",
    [
        file_of(page(0, 5), numbers=[1]),
        file_of(page(0, 5), numbers=[0x3FFFFF]),
        file_of(page(9, 5)),
        file_of(page(5, 9), page(0, 5)),
        file_of(b"\0" * 511 + b"\xff"),
    ],
)
def test_pages_that_contradict_themselves_are_damage(file):
    """Outside the stream, out of order, or with more runs than a page holds."""
    with pytest.raises(Unreadable) as refused:
        character_runs(file)
    assert refused.value.code == "damaged"


def test_more_runs_than_any_report_are_refused():
    """A page named again and again ends in a refusal."""
    with pytest.raises(Unreadable) as refused:
        character_runs(file_of(page(*range(100)), numbers=[0] * 6000))
    assert refused.value.code == "refused_structure"
