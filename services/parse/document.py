"""The one document model that every reader emits: the normalised text, and the paragraphs and grids that it is made of."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from services.parse.reasons import ReasonCode
from shared.model.cell import At
from shared.simplified import simplify
from shared.text import fold


class Unreadable(ValueError):  # noqa: N818 - it says what the document is
    """The document cannot be read, and `code` says why; by default its structure is beyond any report's."""

    def __init__(self, message: str, code: ReasonCode = "refused_structure") -> None:
        super().__init__(message)
        self.code = code


class Paragraph(NamedTuple):
    """A line of running text (or of pasted table text) at start..end of the text."""

    start: int
    end: int


class GridCell(NamedTuple):
    """A cell of a real grid, which begins in this column; a page has hundreds of them.

    `at` is set only by readers whose places are no text ranges (a page and box, a sheet and cell).
    `recognised`: the text was read from a picture.
    """

    text: str
    start: int
    end: int
    column: int
    at: At | None = None
    recognised: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with real cells, row by row; positions that a span of another cell covers, or that a row lacks, are no cells."""

    start: int
    end: int
    rows: tuple[tuple[GridCell, ...], ...]


Block = Paragraph | Grid


class Link(NamedTuple):
    """A link to another file that may belong to the report: its address as written, and the text shown for it."""

    address: str
    text: str


@dataclass(frozen=True)
class Content:
    """What a reader found: normalised text, blocks in reading order, and what the page itself says of title, date, agency.

    `text` keeps the published characters; only line ends, invisible characters and white space are normalised.
    `pictures` counts images that stand where a table should be.
    `confidence`: nothing read from this document is surer (below 1 for recognised pages and damaged files).
    `doubtful`: the places of cells, and the ranges of text, that may say something else than the document shows.
    `by_distance`: cells outside grids were told by the distance between them; no figure of a table there is sure.
    `links`: the files that it links to, in order.
    """

    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    published: str | None = None
    agency: str | None = None
    pictures: int = 0
    confidence: float = 1.0
    links: tuple[Link, ...] = ()
    doubtful: frozenset[At] = frozenset()
    by_distance: bool = False

    @cached_property
    def folded(self) -> str:
        """The text folded for matching, code point for code point: same length, same offsets."""
        return fold(self.text)

    @cached_property
    def simplified(self) -> str:
        """The folded text with traditional characters simplified: same length, same offsets."""
        return simplify(self.folded)
