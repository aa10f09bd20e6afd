"""Tables of a marked page: which of them hold data, and what their cells say."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, islice
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from services.parse.document import Unreadable
from services.parse.readers.blocks import images, lines, texts
from services.parse.readers.markup import MOST_TABLES
from services.parse.readers.page import CellText

_SMALL_TABLE = (
    2  # rows, and cells; a table in a cell that has more makes the outer table one that only lays out the page
)
_PARTS = frozenset({"tbody", "thead", "tfoot"})
_CELLS = frozenset({"td", "th"})
_DIGITS = re.compile(r"\s*([0-9]{1,5})")

_SHORT = 64  # characters


class DataTable(NamedTuple):
    """A table that holds data: its captions, its rows without the positions that cells of other rows cover, its images."""

    node: LexborNode
    captions: tuple[str, ...]
    rows: list[list[CellText]]
    images: int


class _Found(NamedTuple):
    """A table's captions, and its own cells row by row."""

    node: LexborNode
    captions: list[LexborNode]
    rows: list[list[LexborNode]]

    @property
    def blocks(self) -> Iterator[LexborNode]:
        """All that says something: the captions, then the cells."""
        return chain(self.captions, *self.rows)

    @property
    def is_small(self) -> bool:
        return max(len(self.rows), sum(map(len, self.rows))) <= _SMALL_TABLE


def data_tables(body: LexborNode) -> list[DataTable]:
    """Return the outermost tables that hold data; one that holds another of more than two rows or cells does not.

    A small table inside a cell is so many lines of that cell. Unreadable for more than 500 tables.
    """
    nodes = body.css("table")
    if len(nodes) > MOST_TABLES:
        raise Unreadable("more tables than any page has")
    numbers = {node.mem_id: number for number, node in enumerate(nodes)}
    tables = [_found(node) for node in nodes]
    outer = [_outer(node, numbers) for node in nodes]
    lays_out: set[int | None] = {None}  # also the page itself
    for number in reversed(range(len(nodes))):
        if number in lays_out or not tables[number].is_small:
            lays_out.add(outer[number])
    return _read(
        [each for number, each in enumerate(tables) if number not in lays_out and outer[number] in lays_out], body
    )


def _outer(table: LexborNode, numbers: dict[int, int]) -> int | None:
    """Return the number of the table in which a table stands."""
    node = table.parent
    while node is not None and node.mem_id not in numbers:
        node = node.parent
    return None if node is None else numbers[node.mem_id]


def _found(node: LexborNode) -> _Found:
    """Return what a table consists of: the parser has put every row into a part of it, and every cell into a row."""
    found = _Found(node, [], [])
    for part in node.iter():
        if part.tag in _PARTS:
            found.rows.extend(
                [cell for cell in row.iter() if cell.tag in _CELLS] for row in part.iter() if row.tag == "tr"
            )
        elif part.tag == "caption":
            found.captions.append(part)
    return found


def _read(tables: Sequence[_Found], body: LexborNode) -> list[DataTable]:
    """Return what tables of a page say; the texts of all their cells are read together."""
    blocks = [node for table in tables for node in table.blocks]
    said = texts(blocks)
    cells = [_known_cell(text) if len(text) < _SHORT else CellText(lines(text)) for text in said]
    places = {node.mem_id: place for place, node in enumerate(blocks)}
    for node in body.css("[colspan],[rowspan]"):
        if (place := places.get(node.mem_id)) is not None:
            told = node.attributes
            cells[place] = CellText(cells[place].lines, _span(told.get("colspan")), _span(told.get("rowspan")))
    found, left, left_said = [], iter(cells), iter(said)
    for table in tables:
        sizes = [len(table.captions), *map(len, table.rows)]
        captions, *rows = [list(islice(left, size)) for size in sizes]
        shown = images("".join(islice(left_said, sum(sizes))))
        found.append(DataTable(table.node, tuple([line for each in captions for line in each.lines]), rows, shown))
    return found


@lru_cache(maxsize=4096)
def _known_cell(text: str) -> CellText:
    """Return a cell that spans nothing: those of all reports say the same few things."""
    return CellText(lines(text))


def _span(printed: str | None) -> int:
    """Return a span as browsers read it: the digits at the head of the attribute, 1 if there are none."""
    return 1 if printed is None else _head(printed[:_SHORT])


@lru_cache(maxsize=256)
def _head(printed: str) -> int:
    digits = _DIGITS.match(printed)
    return int(digits[1]) if digits else 1
