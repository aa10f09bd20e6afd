"""How the cells of a workbook are shown: numbers by their formats, texts by their fonts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from services.parse.readers.look import PLAIN, Look
from services.parse.readers.number_format import GENERAL, shown

UNSURE = 0.8
"""Confidence where a number's format is not understood: what is stored may not be what is shown."""


class Format(NamedTuple):
    """The number format and the font of a cell."""

    code: str = GENERAL
    look: Look = PLAIN


class Piece(NamedTuple):
    """A piece of a text with the font that it has; None: the cell's own."""

    text: str
    look: Look | None = None


@dataclass(slots=True)
class Display:
    """Shows cells by the numbers of their formats; `zeros` says whether this sheet shows noughts at all.

    `sure` until a number is met whose format is not understood.
    """

    formats: Sequence[Format]
    zeros: bool = True
    sure: bool = True

    @property
    def confidence(self) -> float:
        """How sure it is that everything is as it is shown."""
        return 1.0 if self.sure else UNSURE

    def text(self, style: int, pieces: Iterable[Piece]) -> str:
        """Return a text as it is seen."""
        own = self._format(style).look
        return "".join((piece.look or own).shown(piece.text) for piece in pieces)

    def number(self, style: int, stored: str) -> str:
        """Return what a cell with this number shows; the text itself where it is none."""
        form = self._format(style)
        try:
            printed = shown(stored, form.code)
            if float(stored) == 0 and not self.zeros:
                return ""
        except (ValueError, ArithmeticError):
            return stored
        self.sure = self.sure and printed.known
        return form.look.shown(printed.text)

    def _format(self, style: int) -> Format:
        return self.formats[style] if style < len(self.formats) else Format()
