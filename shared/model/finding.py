"""What a rule says about a report, and what could not be checked."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Literal

from shared.model.cell import TableNumber
from shared.model.number import Number, as_json

Severity = Literal["E", "W", "I"]
Value = Number | str | None
Attention = Literal["urgent", "confirm"]
"""urgent: told first and shown to the operator at once. confirm: no mail about it leaves before an operator has looked."""


@dataclass(frozen=True, slots=True)
class CellPlace:
    """A cell, a row (column None), a column (row None) or a whole table (both None)."""

    table: TableNumber
    row: str | None = None
    column: str | None = None


@dataclass(frozen=True, slots=True)
class TextPlace:
    """A place in the prose: section ordinal or "title", the quoted text, and its span."""

    section: str | None
    quote: str
    start: int
    end: int


Place = CellPlace | TextPlace


@dataclass(frozen=True, slots=True)
class Suspect:
    """The one cell whose change by one value makes every failing equation hold."""

    table: TableNumber
    row: str
    column: str
    value: Number | None
    should_be: Number


@dataclass(frozen=True, slots=True)
class Explained:
    """A waiver: who explained the finding, why, and until when (ISO date)."""

    by: str
    reason: str
    until: str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One failing equation, contradiction or statement; the faulty place stands first in `places`."""

    rule: str
    severity: Severity
    message: str
    places: tuple[Place, ...]
    read: Value
    expected: Value
    difference: Number | None
    suspect: Suspect | Literal["ambiguous"] | None
    suggestion: str | None
    basis: tuple[str, ...]
    key: str
    fingerprint: str
    explained: Explained | None = None
    attention: Attention | None = field(default=None, kw_only=True)


def gravity(found: Finding) -> int:
    """Return what sorts findings, the gravest first: urgent ones, then E, W, I."""
    return 0 if found.attention == "urgent" else 1 + "EWI".index(found.severity)


@dataclass(frozen=True, slots=True)
class NotChecked:
    """A rule (or one of its equations) that could not be checked, with a reason of the closed list in docs/output.md."""

    rule: str
    reason: str
    places: tuple[Place, ...] = ()


def place_key(place: Place) -> str:
    """Return what names a place through versions of a report: an address, or section and quote, never an offset."""
    if isinstance(place, CellPlace):
        return f"{place.table}|{place.row or ''}|{place.column or ''}"
    return f"{place.section or ''}|{place.quote}"


def _short_hash(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:16]


def finding_key(rule: str, places: tuple[Place, ...]) -> str:
    """Return the key of a finding: rule and places, the number it keeps through versions."""
    return _short_hash(rule, *sorted(place_key(place) for place in places))


def fingerprint(key: str, read: Value, expected: Value) -> str:
    """Return what tells two findings of one key apart: key, figure read, figure expected."""
    return _short_hash(key, *(value if isinstance(value, str | None) else as_json(value) for value in (read, expected)))
