"""Where formatting begins and ends in the stream of a binary Word document: pages of runs (FKP, MS-DOC 2.9.33, 2.9.174)."""

import struct
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from itertools import chain, pairwise
from typing import NamedTuple

from services.parse.document import Unreadable
from services.parse.readers.doc_file import CHARACTERS, PARAGRAPHS, WordFile

MOST_RUNS = 500_000
"""Of one kind in a document; a report has a few thousand."""

_PAGE = 512
_WHERE_MASK = 0x3FFFFF


class Runs(NamedTuple):
    """Ranges of the stream in their order, and the changes that hold in each."""

    starts: list[int]
    ends: list[int]
    listed: list[bytes]

    def at(self, place: int) -> bytes:
        """Return what holds at a place of the stream; nothing where nothing is told."""
        number = bisect_right(self.starts, place) - 1
        return self.listed[number] if number >= 0 and place < self.ends[number] else b""

    def between(self, start: int, end: int) -> Iterator[tuple[int, int, bytes]]:
        """Yield the ranges that lie in start..end, with nothing where nothing is told."""
        place = start
        for number in range(bisect_right(self.ends, start), bisect_left(self.starts, end)):
            first, behind = max(self.starts[number], start), min(self.ends[number], end)
            if place < first:
                yield place, first, b""
            yield first, behind, self.listed[number]
            place = behind
        if place < end:
            yield place, end, b""


def character_runs(file: WordFile) -> Runs:
    """Return the runs of characters; Unreadable where the pages contradict themselves, or are more than any report's."""
    return _runs(file, CHARACTERS, 1, _of_characters)


def paragraph_runs(file: WordFile) -> Runs:
    """Return the paragraphs: of each, two bytes of its style's number and its changes; Unreadable as for characters."""
    return _runs(file, PARAGRAPHS, 13, _of_paragraph)


def _runs(file: WordFile, part: int, width: int, told: Callable[[bytes, int], bytes]) -> Runs:
    table = file.part(part)
    count = max(len(table) - 4, 0) // 8
    numbers = struct.unpack_from(f"<{count}I", table, 4 * (count + 1)) if count else ()
    runs = Runs([], [], [])
    for number in numbers:
        start = (number & _WHERE_MASK) * _PAGE
        page = file.word[start : start + _PAGE]
        if len(page) != _PAGE or 4 * (page[-1] + 1) + width * page[-1] >= _PAGE:
            raise Unreadable("a page of runs outside its stream", "damaged")
        edges = struct.unpack_from(f"<{page[-1] + 1}I", page)
        runs.starts.extend(edges[:-1])
        runs.ends.extend(edges[1:])
        places = page[4 * (page[-1] + 1) : 4 * (page[-1] + 1) + width * page[-1] : width]
        runs.listed.extend(told(page, 2 * place) if place else b"" for place in places)
        if len(runs.starts) > MOST_RUNS:
            raise Unreadable("more runs than any report")
    _check_order(runs)
    return runs


def _check_order(runs: Runs) -> None:
    places = list(chain.from_iterable(zip(runs.starts, runs.ends, strict=True)))
    if any(left > right for left, right in pairwise(places)):
        raise Unreadable("runs out of order", "damaged")


def _of_characters(page: bytes, place: int) -> bytes:
    return page[place + 1 : place + 1 + page[place]]


def _of_paragraph(page: bytes, place: int) -> bytes:
    if page[place]:
        return page[place + 1 : place + 2 * page[place]]
    return page[place + 2 : place + 2 + 2 * page[place + 1]] if place + 1 < _PAGE else b""
