"""Figures that a rule compares with and that are nobody's law: each has a name, so that an office can set its own."""

from dataclasses import dataclass

from shared.model.number import Number


@dataclass(frozen=True, slots=True)
class Threshold:
    """A figure that the rule of this id compares with: its name within the rule, what is used unless set, what it means (Chinese)."""

    rule: str
    name: str
    default: Number
    meaning: str
