"""The marks that parse left where it masked personal data, as the rules of this family read them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from services.validate.subject import Subject
from shared.model.finding import Severity, TextPlace
from shared.model.report import Mark, MarkKind

_SENTENCE_END = re.compile("[。\n]")


@dataclass(frozen=True, slots=True)
class Found:
    """Marks that look alike and weigh alike: what one finding is about, with all places."""

    masked: str
    severity: Severity
    places: tuple[TextPlace, ...]


def marked(subject: Subject, kind: MarkKind, weigh: Callable[[Mark], Severity | None]) -> Iterator[Found]:
    """Yield what was masked of a kind, in order; what weighs nothing is left out."""
    alike: dict[tuple[str, Severity], list[Mark]] = {}
    for mark in subject.report.marks:
        if mark.kind == kind and (severity := weigh(mark)):
            alike.setdefault((mark.masked, severity), []).append(mark)
    for (masked, severity), marks in alike.items():
        yield Found(masked, severity, tuple(subject.prose.place(mark.start, mark.end) for mark in marks))


def before(subject: Subject, mark: Mark, characters: int) -> str:
    """Return what the line says in front of a mark, as far as these characters reach."""
    return subject.prose.whole[max(0, mark.start - characters) : mark.start].rpartition("\n")[2]


def names_applicant(subject: Subject, mark: Mark) -> bool:
    """Whether the sentence of a mark names an applicant."""
    return any(
        other.kind == "applicant" and _SENTENCE_END.search(subject.prose.whole, *_between(mark, other)) is None
        for other in subject.report.marks
    )


def _between(one: Mark, other: Mark) -> tuple[int, int]:
    return min(one.end, other.end), max(one.start, other.start)
