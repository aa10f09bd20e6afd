"""Rows of RTF tables as their control words define them."""

from dataclasses import dataclass, field

from services.parse.readers.marked_tables import CellShape, RowShape

_JOINS = {"clmrg": "joins_left", "clvmgf": "joins_below", "clvmrg": "joins_above"}
WORDS = frozenset({"trowd", "trleft", "cellx", "cldel", *_JOINS})


@dataclass(slots=True)
class RowDefinition:
    """A row under definition: its left edge, its cells so far, and what is said of the next one."""

    left: int = 0
    cells: list[CellShape] = field(default_factory=list)
    deleted: int = 0
    _next: dict[str, bool] = field(default_factory=dict)

    def take(self, word: str, number: int | None) -> None:
        """Take one of the control words of rows; further cells than a table may have are left out."""
        if word == "trowd":
            self.left, self.cells, self.deleted, self._next = 0, [], 0, {}
        elif word == "trleft":
            self.left = number or 0
        elif word == "cldel":
            self.deleted += 1
        elif word in _JOINS:
            self._next[_JOINS[word]] = True
        elif word == "cellx":
            self.cells.append(CellShape(number or 0, **self._next))
            self._next = {}

    @property
    def gone(self) -> bool:
        """Whether all cells are deleted."""
        return 0 < len(self.cells) <= self.deleted

    @property
    def shape(self) -> RowShape:
        """The row as it is defined so far."""
        return RowShape(self.left, tuple(self.cells))
