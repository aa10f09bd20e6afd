"""Claims and findings of invented narratives, which were written down before the code had seen them."""

import pathlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import pytest

from services.parse.core import parse
from services.validate.core import judge
from services.validate.subject import Subject
from shared.model.finding import Finding
from shared.model.report import Report
from shared.testing.layouts import Style
from shared.testing.narratives import Contradiction, Narrative, Stated, narratives

CORPUS = pathlib.Path(__file__).with_name("narratives")
DEVELOPMENT = narratives(CORPUS)
HELD_OUT = narratives(CORPUS / "held_out")
OURS = ("N-", "T3-07", "T3-08", "T3-10")
SURE = 0.9
"""From this confidence on a claim may make an error or a warning."""


class Floors(NamedTuple):
    """What recall and precision of claims and of findings must not fall below; they only rise."""

    claim_recall: float
    claim_precision: float
    finding_recall: float
    finding_precision: float


FLOORS: Mapping[str, Floors] = {
    "development": Floors(0, 0, 0, 0),
    "held out": Floors(0, 0, 0, 0),
}


@dataclass
class Score:
    """What was met, missed and raised falsely, by metric or rule; the lines name each."""

    met: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    lines: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Return the share of what had to be said that was said."""
        return _share(self.met.total(), self.missed.total())

    @property
    def precision(self) -> float:
        """Return the share of what was said that had to be said, or might be."""
        return _share(self.met.total(), self.false.total())

    def table(self) -> Iterator[str]:
        """Yield a line for each metric or rule."""
        for name in sorted({*self.met, *self.missed, *self.false}):
            met, missed, false = self.met[name], self.missed[name], self.false[name]
            yield f"{name:40} met {met:4} missed {missed:3} false {false:3} recall {_share(met, missed):.3f} precision {_share(met, false):.3f}"


def _share(part: int, rest: int) -> float:
    return part / (part + rest) if part + rest else 1.0


@cache
def read(narrative_bytes: bytes) -> tuple[Report, tuple[Finding, ...]]:
    """Return the report that these bytes are and what is found in it."""
    document = parse(narrative_bytes, source="样例.txt")
    (report,) = document.reports
    return report, judge(Subject(report)).findings


def found(narrative: Narrative, style: Style = "row_pipes") -> list[Finding]:
    """Return what the rules on prose find."""
    return [each for each in read(narrative.printed(style))[1] if each.rule.startswith(OURS)]


def sure(narrative: Narrative, style: Style = "row_pipes") -> set[Stated]:
    """Return the claims on the agency itself and the report's year that may make an error or a warning, and those on its region."""
    report = read(narrative.printed(style))[0]
    return {
        Stated(each.metric, each.value, each.scope)
        for each in report.claims
        if each.year in {report.year, None}
        and (each.scope == "region" or (each.scope == "own" and each.confidence >= SURE))
    }


def claims_scored(corpus: Sequence[Narrative]) -> Score:
    """Hold the claims that are made against those that are marked; parts of lists are judged by their rule alone."""
    score = Score()
    for narrative in corpus:
        made = sure(narrative)
        allowed: set[Stated] = set()
        for each in narrative.expected:
            allowed |= each.ways
            if each.ways & made:
                score.met[_kind(each.ways)] += 1
            elif not each.optional:
                score.missed[_kind(each.ways)] += 1
                score.lines.append(
                    f"{narrative.name} claim missed: {' | '.join(map(_said, sorted(each.ways, key=str)))}"
                )
        for claim in sorted(made - allowed, key=str):
            if claim.scope == "own" and not claim.metric.startswith("list/"):
                score.false[claim.metric] += 1
                score.lines.append(f"{narrative.name} claim false: {_said(claim)}")
    return score


def findings_scored(corpus: Sequence[Narrative]) -> Score:
    """Hold the findings against the contradictions written down; an info is never a false alarm."""
    score = Score()
    for narrative in corpus:
        left = found(narrative)
        for each in narrative.contradictions:
            match = next((one for one in left if _meets(one, each)), None)
            name = "~".join(sorted(each.rules))
            if match:
                left.remove(match)
                score.met[match.rule] += 1
            else:
                score.missed[name] += 1
                score.lines.append(
                    f"{narrative.name} finding missed: {name} {''.join(sorted(each.severities))} {each.read} {each.expected}"
                )
        for one in left:
            if one.rule not in narrative.may and one.severity != "I":
                score.false[one.rule] += 1
                score.lines.append(
                    f"{narrative.name} false alarm: {one.rule} {one.severity} {one.read} {one.expected} {one.message}"
                )
    return score


def _kind(ways: frozenset[Stated]) -> str:
    return min(ways, key=str).metric


def _said(claim: Stated) -> str:
    return f"{claim.metric} = {claim.value}" + ("" if claim.scope == "own" else f" ({claim.scope})")


def _meets(one: Finding, expected: Contradiction) -> bool:
    return (
        one.rule in expected.rules
        and one.severity in expected.severities
        and expected.read in {None, one.read}
        and expected.expected in {None, one.expected}
    )


@pytest.mark.parametrize(("name", "corpus"), [("development", DEVELOPMENT), ("held out", HELD_OUT)])
def test_recall_and_precision(name: str, corpus: Sequence[Narrative], capsys: pytest.CaptureFixture[str]):
    """Claims and findings of the narratives do not fall below the floors."""
    claims, findings = claims_scored(corpus), findings_scored(corpus)
    shown = [*claims.table(), *findings.table(), *((claims.lines + findings.lines) if name == "development" else [])]
    measured = Floors(claims.recall, claims.precision, findings.recall, findings.precision)
    with capsys.disabled():
        print(f"\n{name}, {len(corpus)} narratives: {' '.join(f'{k} {v:.3f}' for k, v in measured._asdict().items())}")
    print("\n".join(shown))
    assert all(value >= floor for value, floor in zip(measured, FLOORS[name], strict=True)), measured


@pytest.mark.parametrize("narrative", [*DEVELOPMENT, *HELD_OUT], ids=lambda each: each.name)
def test_the_figures_themselves(narrative: Narrative):
    """The tables that go with a narrative are read wholly and have no fault of their own."""
    report, findings = read(narrative.printed())
    assert report.year == narrative.year
    assert [
        each for each in findings if each.rule.startswith(("C-", "F-0", "T2-", "T3-0", "T4-")) and each.severity == "E"
    ] == []
