"""Tables of a page: which of them hold data, and the rows and cells of those."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from services.parse.document import Unreadable
from services.parse.readers.markup import MOST_TABLES
from services.parse.readers.page import CellText
from services.parse.readers.tags import is_drawn_in, lines
from shared.text import PICTURE

_SMALL_TABLE = (
    2  # rows, and cells; a table in a cell that has more makes the outer table one that only lays out the page
)
_TABLE = re.compile("<(/?)table(?: [^>]*)?>")
_PART = re.compile("</?(?:t[drh]|tbody|thead|tfoot|caption|col|colgroup)(?: [^>]*)?>")
_CAPTION = re.compile("<caption(?: [^>]*)?>(.*?)</caption>", re.DOTALL)
_CELL = re.compile("<t[dh]((?: [^>]*)?)>")
_SPAN = re.compile(r' (col|row)span="\s*([0-9]{1,5})')
_SHORT = 1000


class Parted(NamedTuple):
    """Markup parted at its tables: texts[n] stands before marks[n], "" where a table begins and "/" where one ends."""

    texts: list[str]
    marks: list[str]


class DataTable(NamedTuple):
    """A table that holds data: its captions, and its rows, without the positions that cells of other rows cover."""

    captions: tuple[str, ...]
    rows: list[list[CellText]]


def part(markup: str) -> Parted:
    """Return markup parted at its tables."""
    pieces = _TABLE.split(markup)
    return Parted(pieces[::2], pieces[1::2])


@dataclass(slots=True)
class _Open:
    start: int
    own: list[str] = field(default_factory=list)
    lays_out: bool = False

    @property
    def is_small(self) -> bool:
        rows = sum(text.count("</tr>") for text in self.own)
        cells = sum(text.count("</td>") + text.count("</th>") for text in self.own)
        return max(rows, cells) <= _SMALL_TABLE


def data_tables(parted: Parted) -> dict[int, int]:
    """Return where tables that hold data begin and end; one that holds another of more than two rows or cells does not.

    Unreadable for more than 500 tables.
    """
    if parted.marks.count("") > MOST_TABLES:
        raise Unreadable("more tables than any page has")
    ends: dict[int, int] = {}
    within: list[_Open] = []
    for place, (text, end) in enumerate(zip(parted.texts, parted.marks, strict=False)):
        if within:
            within[-1].own.append(text)
        if not end:
            within.append(_Open(place))
            continue
        table = within.pop()
        if not table.lays_out:
            ends[table.start] = place
        if within and (table.lays_out or not table.is_small):
            within[-1].lays_out = True
    return ends


def inside(parted: Parted, start: int, end: int) -> str:
    """Return the markup of the table between two marks; a small table inside a cell is so many lines of that cell."""
    return "".join(_inside(parted, start, end))


def _inside(parted: Parted, start: int, end: int) -> Iterator[str]:
    depth = 1
    for place in range(start + 1, end + 1):
        text = parted.texts[place]
        yield text if depth == 1 else _PART.sub("<br>", text)
        depth += -1 if parted.marks[place] else 1
        if depth:
            yield "<br>"


def read_table(markup: str) -> DataTable:
    """Return the table that this markup is the inside of."""
    captions = _CAPTION.findall(markup) if "<caption" in markup else ()
    return DataTable(tuple(line for caption in captions for line in lines(caption)), _rows(markup))


def _rows(markup: str) -> list[list[CellText]]:
    rows: list[list[CellText]] = []
    row: list[CellText] = []
    first, *others = markup.split("</t")  # one pass for cells and rows
    before = [first]
    for piece in others:
        end = piece[:2]
        if end in {"d>", "h>"}:
            cell = _known_cell(before[0]) if len(before) == 1 and len(before[0]) < _SHORT else _cell("</t".join(before))
            if cell is not None:
                row.append(cell)
            before = [piece]
        elif end == "r>":
            rows.append(row)
            row, before = [], [piece]
        else:
            before.append(piece)
    return rows


def _cell(markup: str) -> CellText | None:
    """Return the cell that this markup ends in; None where it was none of a table (mathematics has such elements too)."""
    begun = _CELL.search(markup)
    if begun is None:
        return None
    inside = markup[begun.end() :]
    found = lines(inside) or ((PICTURE,) if is_drawn_in(inside) else ())
    return CellText(found, *_spans(begun[1]))


_known_cell = lru_cache(maxsize=4096)(_cell)  # the cells of a report are marked up alike and say the same few things


def _spans(attributes: str) -> tuple[int, int]:
    """Return columns and rows as browsers read them: the digits at the head of the attribute, 1 if there are none."""
    found: Sequence[tuple[str, str]] = _SPAN.findall(attributes)
    told = {side: int(digits) for side, digits in found}
    return told.get("col", 1), told.get("row", 1)
