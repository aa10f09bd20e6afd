"""What a judgement means for the case of its agency and year. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from services.notify.core import Case, CaseStatus, HoldReason, Kind, Release, WaitReason
from shared.model.agency import Agency
from shared.model.finding import Finding, gravity
from shared.stream.events import ReportViolations

_BLOCKING: dict[HoldReason, WaitReason] = {
    "unknown_agency": "unknown_agency",
    "no_mailbox": "no_mailbox",
    "unknown_year": "unknown_year",
}
# For these a notice cannot go out until an operator has mended something: the case waits, too.


@dataclass(frozen=True, slots=True)
class Ignore:
    """An older judgement, or one seen before: nothing changes."""


@dataclass(frozen=True, slots=True)
class Keep:
    """The notice that waits stays as it is: it says exactly this already, or an operator holds it."""


@dataclass(frozen=True, slots=True)
class Pause:
    """An attachment is still being fetched: the case stays as it is, and what was not sent is overtaken."""


@dataclass(frozen=True, slots=True)
class Rest:
    """Nobody need be told anything: the case gets this status, and what was not sent is overtaken."""

    status: Literal["clean", "open", "closed"]


@dataclass(frozen=True, slots=True)
class Wait:
    """A person must look; nobody is mailed, and what was not sent is overtaken."""

    reason: WaitReason


@dataclass(frozen=True, slots=True)
class Write:
    """A notice takes the place of any that was not sent; `hold` is why it waits for release, None if it goes at once."""

    kind: Kind
    hold: HoldReason | None

    @property
    def waits_for(self) -> WaitReason | None:
        """What an operator must mend before the case can go on."""
        return _BLOCKING.get(self.hold) if self.hold and self.kind == "correction" else None

    @property
    def status(self) -> CaseStatus:
        """What the case becomes."""
        if self.kind == "closing":
            return "closed"
        return "waiting" if self.waits_for else "open"


Decision = Ignore | Keep | Pause | Rest | Wait | Write


def to_correct(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return what a mail is written for: errors and warnings that nobody has explained; I alone never triggers one."""
    return tuple(found for found in findings if found.severity in {"E", "W"} and found.explained is None)


def fingerprints(findings: Iterable[Finding]) -> frozenset[str]:
    """Return what tells one mail about findings from another."""
    return frozenset(found.fingerprint for found in to_correct(findings))


def decide(case: Case | None, judged: ReportViolations, agency: Agency | None, release: Release) -> Decision:
    """Return what a judgement means. `case` is None for the first of an agency's year, `agency` where none is listed."""
    if case and judged.judgement_no <= case.judgement_no:
        return Ignore()
    if judged.waiting:
        return Keep() if _is_held_by_operator(case) else Pause()
    if judged.judgement.verdict == "无法核验":
        return Wait("not_assessable")
    hold = _hold(case, judged, agency, release)
    if to_correct(judged.judgement.findings):
        return _faulty(case, judged, hold)
    return _clean(case, hold)


def _faulty(case: Case | None, judged: ReportViolations, hold: HoldReason | None) -> Decision:
    found = fingerprints(judged.judgement.findings)
    told, unsent = (case.told, case.unsent) if case else (None, None)
    if unsent and unsent.kind == "correction" and (unsent.fingerprints, unsent.sha256) == (found, judged.sha256):
        return Keep()
    if told and told.kind == "correction" and told.fingerprints == found:
        return Rest("open")
    return Write("correction", hold)


def _clean(case: Case | None, hold: HoldReason | None) -> Decision:
    if case is None or case.status == "clean":
        return Rest("clean")
    if case.unsent and case.unsent.kind == "closing":
        return Keep()
    if case.told and case.told.kind == "correction":
        return Write("closing", hold)
    return Rest("closed")


def _hold(case: Case | None, judged: ReportViolations, agency: Agency | None, release: Release) -> HoldReason | None:
    reasons: tuple[tuple[bool, HoldReason], ...] = (
        (agency is None, "unknown_agency"),
        (judged.year is None, "unknown_year"),
        (agency is not None and not agency.mailbox, "no_mailbox"),
        (_is_held_by_operator(case), "operator"),
        (any(found.attention == "confirm" for found in to_correct(judged.judgement.findings)), "confirm"),
        (judged.held, "rerun"),
        (release == "review", "review"),
    )
    return next((reason for applies, reason in reasons if applies), None)


def _is_held_by_operator(case: Case | None) -> bool:
    return case is not None and case.unsent is not None and case.unsent.hold_reason == "operator"


def numbered(told: Mapping[str, int], findings: Iterable[Finding]) -> dict[str, int]:
    """Return the numbers of findings by key: those told keep theirs, the others count on from there, the gravest first."""
    numbers = dict(told)
    for found in sorted(findings, key=gravity):
        numbers.setdefault(found.key, max(numbers.values(), default=0) + 1)
    return numbers
