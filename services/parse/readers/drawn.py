"""What is drawn on a page, as its reader sees it: characters, lines, areas, pictures.

Places are in points from the upper left corner of the page, turned so that most of its text runs from left to right.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress, repeat
from typing import NamedTuple

from services.parse.readers.rules import Box, Rule

LOST = "\ufffd"
"""Stands for a character whose type does not say which it is."""


class Ink(NamedTuple):
    """What the characters of one text object share: size and base line, quarter turns against the page's text.

    `turn` is None for a slanting text. `order`: its place among all objects of the page.
    """

    size: float
    base: float
    turn: int | None
    seen: bool
    white: bool
    order: int


class Glyph(NamedTuple):
    """A character from left to right over its whole advance; `middle`: half its height, from the top of the page."""

    text: str
    left: float
    right: float
    middle: float
    ink: Ink


class Run(NamedTuple):
    """Characters that one text object paints one after the other, and of each what a Glyph says: most are never looked at alone."""

    text: str
    lefts: Sequence[float]
    rights: Sequence[float]
    middles: Sequence[float]
    ink: Ink

    def glyphs(self) -> Iterator[Glyph]:
        """Return the characters one by one."""
        return map(Glyph, self.text, self.lefts, self.rights, self.middles, repeat(self.ink))

    def piece(self, start: int, end: int) -> "Run":
        """Return the characters from one place to before another."""
        text, lefts, rights, middles, ink = self
        return Run(text[start:end], lefts[start:end], rights[start:end], middles[start:end], ink)

    def chosen(self, kept: Sequence[bool]) -> "Run":
        """Return the characters that are kept, of each of which it is told."""
        text, lefts, rights, middles, ink = self
        lefts, rights, middles = ([*compress(each, kept)] for each in (lefts, rights, middles))
        return Run("".join(compress(text, kept)), lefts, rights, middles, ink)


class Area(NamedTuple):
    """A filled area, or a picture; `order` as that of Ink."""

    box: Box
    white: bool
    order: int


@dataclass(slots=True)
class Drawing:
    """What is on a page of this size, of characters those on the paper. `turned`: quarter turns that its text makes against the page as it is shown.

    `shapes`: the rectangles round paths that are neither lines nor areas.
    """

    width: float
    height: float
    turned: int = 0
    runs: list[Run] = field(default_factory=list)
    horizontals: list[Rule] = field(default_factory=list)
    verticals: list[Rule] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    pictures: list[Area] = field(default_factory=list)
    shapes: list[Box] = field(default_factory=list)

    def as_shown(self, box: Box) -> Box:
        """Return a box of this drawing on the page as it is shown."""
        left, top, right, bottom = box
        if self.turned == 1:
            return Box(top, self.width - right, bottom, self.width - left)
        if self.turned == 2:
            return Box(self.width - right, self.height - bottom, self.width - left, self.height - top)
        if self.turned == 3:
            return Box(self.height - bottom, left, self.height - top, right)
        return box
