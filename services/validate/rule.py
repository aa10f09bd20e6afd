"""The kernel: what a rule is, and what it may say about a report."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, Required, TypedDict, Unpack

from services.validate.configuration import LocalItem
from services.validate.subject import Subject
from services.validate.threshold import Threshold
from shared.model.agency import Agency
from shared.model.cell import FormEdition, TableNumber
from shared.model.finding import Attention, Place, Severity, Suspect, Value
from shared.model.number import Number
from shared.model.reasons import Reason

RuleEdition = Literal["2019", "2021", "pre2019"]


@dataclass(frozen=True, slots=True)
class Violation:
    """What breaks the rule: the faulty place first; severity and suggestion only where they differ from the rule's."""

    message: str
    places: tuple[Place, ...]
    read: Value = None
    expected: Value = None
    difference: Number | None = None
    severity: Severity | None = None
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Unchecked:
    """What the rule could not check, with the places that stood in its way; without places, the whole rule."""

    reason: Reason
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The likely cause of the findings that other rules make."""

    rules: tuple[str, ...]
    suspect: Suspect | Literal["ambiguous"]
    suggestion: str | None


Statement = Violation | Unchecked | Diagnosis
Check = Callable[[Subject], Iterator[Statement]]


@dataclass(frozen=True)
class Case:
    """An example: a clean report of an edition with some places edited, as `shared.testing.reports.edit` reads them.

    `text`: pairs (right, wrong) of what the page of the clean report (`shared.testing.prose.clean_page`) prints and what
    the example prints instead, each right one standing there exactly once; the page is then read as parse reads any.
    `scene`: such pairs that come first and are no fault: they make the clean report that of another agency, which its title tells readers.

    `earlier` edits the clean report of the year before, which matches; None: there is no report of the year before.
    `local`: what the office asks for beyond the national format.
    """

    what: str
    edits: Mapping[str, object] = field(default_factory=dict)
    edition: FormEdition = "2021"
    agency: Agency | None = None
    earlier: Mapping[str, object] | None = None
    text: tuple[tuple[str, str], ...] = ()
    local: tuple[LocalItem, ...] = ()
    scene: tuple[tuple[str, str], ...] = ()

    @property
    def printed(self) -> tuple[tuple[str, str], ...]:
        """All that its page prints otherwise than the clean page."""
        return (*self.scene, *self.text)


class Facts(TypedDict, total=False):
    """What is said of a rule beside its texts and its check, as `Rule` tells."""

    id: Required[str]
    severity: Required[Severity | None]
    breaks: Required[tuple[Case, ...]]
    silent: Required[tuple[Case, ...]]
    tables: tuple[TableNumber, ...]
    basis: tuple[str, ...]
    editions: tuple[RuleEdition, ...]
    suggestion: str | None
    replaces: tuple[str, ...]
    suppresses: tuple[str, ...]
    looks_back: tuple[str, ...]
    thresholds: tuple[Threshold, ...]
    attention: Attention | None
    local: bool


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A rule of the rule book.

    `severity` None: makes no finding of its own. `tables`: those it reads; of these, each one that was not read is
    listed as not checked. `replaces`: rules whose findings on the same table give way to this one's.
    `suppresses`: families that say nothing about a table on which this rule has a finding.
    `looks_back`: figures that it reads in the agency's report on the year before, as cell addresses ("table3/row/column").
    `thresholds`: the figures it compares with that a rule set may set otherwise.
    `attention`: what its findings ask of an operator, of urgent rules only those that are E.
    `local`: judges by what the office asks for locally, and does not run where that is nothing.
    `about`: what it does and why, the docstring of its file.
    """

    id: str
    title: str
    about: str
    severity: Severity | None
    breaks: tuple[Case, ...]
    silent: tuple[Case, ...]
    check: Check
    tables: tuple[TableNumber, ...] = ()
    basis: tuple[str, ...] = ()
    editions: tuple[RuleEdition, ...] = ("2019", "2021")
    suggestion: str | None = None
    replaces: tuple[str, ...] = ()
    suppresses: tuple[str, ...] = ()
    looks_back: tuple[str, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    attention: Attention | None = None
    local: bool = False

    @property
    def family(self) -> str:
        """The family: "T3" of "T3-01"."""
        return self.id.split("-")[0]


def rule(**facts: Unpack[Facts]) -> Callable[[Check], Rule]:
    """Turn a check into a Rule: its docstring is the title, the docstring of its file says what it does and why."""

    def as_rule(check: Check) -> Rule:
        title = (check.__doc__ or "").strip()
        about = (getattr(check, "__globals__", {}).get("__doc__") or "").strip()
        return Rule(title=title, about=about, check=check, **facts)

    return as_rule
