"""What labels say, whatever report they stand in: the official ones come in every report, and are known once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from services.parse.labels import Slot, ending, may_precede, mentions, unexplained
from shared.forms.form import FormTable

T = TypeVar("T")

_LONGEST_KEPT, _MOST_KEPT = 300, 4096  # characters as printed; the head of table 3 has 100
_MENTIONS_READ, _MENTIONS_KEPT = 3000, 60  # squeezed characters; labels
_ALONE = 4  # characters before a label that name no other row
_TAIL = 4  # a label is broken over at most so many cells or lines when it is looked for by likeness


@dataclass(frozen=True, slots=True, eq=False)
class Wording:
    """Labels printed one after another. The same labels of two reports mostly are one object, compared by identity.

    `pieces`: the labels squeezed, one by one. `text`: all in one, so that a label broken over cells, lines, pages is whole.
    `row`: the row whose whole official label stands at the end, set off as a label of its own.
    `mentions`: the rows named besides, each once, in order of place, as far as they are looked at; beside a row those of its table.
    `kept`: short enough to be known once; what it says of a table is then known once too.
    """

    pieces: tuple[str, ...]
    text: str
    row: Slot | None
    mentions: tuple[Slot, ...]
    kept: bool

    @property
    def tails(self) -> tuple[str, ...]:
        """The last label, the last two together, and so on: what a damaged row label may be."""
        last = self.pieces[-_TAIL:]
        return tuple("".join(last[place:]) for place in range(len(last) - 1, -1, -1))


def wording(labels: tuple[str, ...]) -> Wording:
    """Return what labels say, given as they are printed."""
    return _known(labels) if sum(map(len, labels)) <= _LONGEST_KEPT else _read(labels, kept=False)


def known_once(told: Callable[[FormTable, Wording], T]) -> Callable[[FormTable, Wording], T]:
    """Return a function that works out once what the labels of most reports say of a table."""
    known = lru_cache(maxsize=_MOST_KEPT)(told)
    return lambda table, said: known(table, said) if said.kept else told(table, said)


@lru_cache(maxsize=_MOST_KEPT)
def _known(labels: tuple[str, ...]) -> Wording:
    return _read(labels, kept=True)


def _read(labels: tuple[str, ...], *, kept: bool) -> Wording:
    pieces = tuple(map(unexplained, labels))
    text = "".join(pieces)
    row = _row(pieces, text)
    return Wording(pieces, text, row, _mentioned(text, row), kept)


def _mentioned(text: str, row: Slot | None) -> tuple[Slot, ...]:
    if row is not None and len(text) <= len(row.core) + _ALONE:
        return ()
    named = dict.fromkeys(mentions(text[-_MENTIONS_READ:])[:_MENTIONS_KEPT])
    return tuple([slot for slot in named if row is None or (slot.table == row.table and slot is not row)])


def _row(pieces: tuple[str, ...], text: str) -> Slot | None:
    found = ending(text)
    if found is None:
        return None
    slot, begins = found
    place = 0
    for piece in pieces:
        if place <= begins < place + len(piece):
            return slot if may_precede(piece[: begins - place]) else None
        place += len(piece)
    return None
