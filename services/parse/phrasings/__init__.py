"""How agencies phrase their figures: one file a subject, one line a phrasing, with an example beside it.

A new phrasing is a new line. `tests/services/parse/phrasings` runs every example.
"""

from dataclasses import dataclass
from typing import Literal

Topic = Literal[
    "applications", "review", "suit", "texts", "rules", "permits", "penalties", "coercion", "charges", "fee", "else"
]
"""What a figure is about; "else": something that the official tables do not count."""

Role = Literal[
    "topic",
    "metric",
    "carry",
    "not",
    "all",
    "growth",
    "other_year",
    "running",
    "region",
    "own",
    "part",
    "total",
    "rate",
    "plain",
]
"""What words do: name a topic, say what a figure counts, carry over, deny, say of all, compare, place in another year,

sum up since some day ("running"), in the whole region, in the office itself, begin parts, sum up, name a rate; "plain": nothing, though they hold other words.
"""

BESIDE_A_YEAR = 0.94
"""How sure words are that carry applications over only where they name a year: 转至2025年, not 转至其他单位."""

ANYBODY = 0.97
"""How sure 公民 names a kind of applicants: where applications are said to come in, it means whoever applies."""

PENDING = 0.9
"""How sure words are that what is not done goes on into the next year; beside the year before, it came from there."""

SEVERAL = 0.96
"""How sure a refusal is whose reason stands for several: 因不掌握等原因无法提供."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that do the same. `words`: parted by "|"; `topic`: under which they count; `close`: only right at the figure.

    `example`: a sentence that they stand in, and `claims` what it says in a report on 2024: metric -> value.
    """

    role: Role
    words: str
    topic: Topic | None = None
    metric: str | None = None
    close: bool = False
    sure: float = 0.98
    example: str = ""
    claims: tuple[tuple[str, object], ...] = ()
