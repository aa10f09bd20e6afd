"""Tables of a page: which of them hold data, and the rows and cells of those."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from services.parse.document import Unreadable
from services.parse.readers.markup import MOST_TABLES
from services.parse.readers.page import CellText
from services.parse.readers.tags import Tags, end_of, shown

BLOCKS = frozenset(
    f"{end}{name}"
    for end in ("", "/")
    for name in (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "details",
            "dir",
            "div",
            "dl",
        ),
        *(
            "dt",
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
        ),
        *("legend", "li", "listing", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody"),
        *("td", "tfoot", "th", "thead", "tr", "ul", "br"),
    )
)
"""Names of tags at which a line ends."""

NOT_SHOWN = frozenset({"noscript", "object", "svg", "select", "button", "textarea", "template", "title", "datalist"})
_TABLE_TAGS = frozenset({"table", "/table", "tr", "td", "th"})
_SMALL_TABLE = (
    2  # rows, and cells; a table in a cell that has more makes the outer table one that only lays out the page
)
_made = tuple.__new__  # as in services.parse.grid
_FEW_TAGS = 20  # in a cell
_SPAN = re.compile(r' (col|row)span="\s*([0-9]{1,5})')


class DataTable(NamedTuple):
    """A table that holds data: its captions, and its rows, without the positions that cells of other rows cover."""

    captions: tuple[str, ...]
    rows: list[list[CellText]]


def data_tables(names: Sequence[str | None]) -> dict[int, int]:
    """Return where tables that hold data begin and end; one that holds another of more than two rows or cells does not.

    Unreadable for more than 500 tables.
    """
    if names.count("table") > MOST_TABLES:
        raise Unreadable("more tables than any page has")
    ends: dict[int, int] = {}
    within: list[_Open] = []
    for place in [place for place, name in enumerate(names) if name in _TABLE_TAGS]:
        name = names[place]
        if name == "table":
            within.append(_Open(place))
        elif name == "/table":
            table = within.pop()
            if not table.lays_out:
                ends[table.start] = place
            if within and (table.lays_out or max(table.rows, table.cells) > _SMALL_TABLE):
                within[-1].lays_out = True
        elif name == "tr":
            within[-1].rows += 1
        else:
            within[-1].cells += 1
    return ends


class _Open:
    __slots__ = ("cells", "lays_out", "rows", "start")

    def __init__(self, start: int) -> None:
        self.start = start
        self.rows = self.cells = 0
        self.lays_out = False


def read_table(tags: Tags, start: int, end: int) -> DataTable:
    """Return the table at these places; a small table inside a cell is that cell's text."""
    names, attributes = tags.names, tags.attributes
    simple = "table" not in names[start + 1 : end]
    captions: tuple[str, ...] = ()
    rows: list[list[CellText]] = []
    row: list[CellText] = []
    place = start + 1
    while place < end:
        name = names[place]
        if name in {"td", "th"}:
            stop = names.index(f"/{name}", place) if simple else end_of(names, place)
            row.append(_made(CellText, (lines(tags, place, stop), *_spans(attributes[place]), None, False)))
            place = stop
        elif name == "/tr":
            rows.append(row)
            row = []
        elif name == "caption":
            stop = end_of(names, place)
            captions += lines(tags, place, stop)
            place = stop
        place += 1
    return DataTable(captions, rows)


@lru_cache(maxsize=1024)
def _spans(attributes: str) -> tuple[int, int]:
    """Return columns and rows as browsers read them: the digits at the head of the attribute, 1 if there are none."""
    found = {side: int(digits) for side, digits in _SPAN.findall(attributes)}
    return found.get("col", 1), found.get("row", 1)


def lines(tags: Tags, start: int, end: int) -> tuple[str, ...]:
    """Return the lines of text in the element at these places."""
    if end == start + 1:
        line = shown(tags.texts[end]).strip()
        return (line,) if line else ()
    names, texts = tags.names[start + 1 : end], tags.texts[start + 1 : end + 1]
    return _known_lines(tuple(names), tuple(texts)) if len(names) < _FEW_TAGS else _lines(names, texts)


def _lines(names: Sequence[str | None], texts: Sequence[str]) -> tuple[str, ...]:
    written = (shown(line).strip() for line in _broken(names, texts) if line)
    return tuple(line for line in written if line)


_known_lines = lru_cache(maxsize=4096)(_lines)  # the cells of a report are marked up alike and say the same few things


def _broken(names: Sequence[str | None], texts: Sequence[str]) -> Iterator[str]:
    """Yield the texts among these tags, joined into lines."""
    line: list[str] = []
    place = 0
    while place < len(names):
        line.append(texts[place])
        name = names[place]
        if name in BLOCKS:
            yield "".join(line)
            line = []
        elif name in NOT_SHOWN:
            place = end_of(names, place)
        place += 1
    yield "".join((*line, texts[-1]))
