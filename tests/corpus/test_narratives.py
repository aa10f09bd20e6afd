"""Claims and findings of invented narratives, which were written down before the code had seen them."""

import pathlib
import re
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
from shared.testing.narratives import NAMES, Contradiction, Narrative, Stated, narratives
from shared.testing.numerals import spelled

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
    "development": Floors(0.97, 0.99, 0.97, 0.99),
    "held out": Floors(0.94, 0.94, 0.90, 0.90),
}
CAUGHT = 0.93
"""What share of figures of clean reports that are changed by one must at least be caught by the right rule, and be named by it."""
UNCHANGED: Mapping[str, float] = {"wide": 1, "spelled": 0.97, "paragraphs reversed": 0.97, "another layout": 1}
"""What share of narratives must at least have the same claims and findings when they are told so."""
LAYOUTS: tuple[Style, ...] = ("html", "tab_led", "lines", "markdown", "word_html", "pdf", "led_pipes")
RIGHT: Mapping[str, Sequence[str]] = {
    "table3/本年新收/总计": ("N-01",),
    "table3/新收加结转/": ("N-01",),
    "table3/上年结转/": ("N-02",),
    "table3/总计/": ("N-03", "N-18"),
    "table3/结转下年度/": ("N-04", "N-18"),
    "table3/予以公开/": ("N-05",),
    "table3/部分公开/": ("N-06",),
    "table3/公开及部分公开/": ("N-07",),
    "table3/不予公开/总计": ("N-08",),
    "table3/无法提供/总计": ("N-09",),
    "table3/不予处理/总计": ("N-10",),
    "table3/其他处理/总计": ("N-10",),
    "table3/本年新收/": ("N-13",),
    "table3/": ("N-11", "N-32"),
    "outcome/": ("N-11",),
    "channel/": ("N-14",),
    "table4/行政复议/": ("N-21",),
    "table4/": ("N-22", "N-21", "N-23"),
    "table2/行政规范性文件/": ("N-24",),
    "table2/规范性文件/": ("N-24",),
    "table2/规章/": ("N-24",),
    "table2/行政事业性收费/": ("N-26",),
    "table2/": ("N-25",),
    "publish/": ("N-24",),
}
"""How a metric begins -> the rules that hold it against the tables; rates and fees have no cell to be held against."""


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
                score.lines.append(f"{narrative.name} finding missed: {name} {_wanted(each)}")
        for one in left:
            if one.rule not in narrative.may and one.severity != "I":
                score.false[one.rule] += 1
                score.lines.append(
                    f"{narrative.name} false alarm: {one.rule} {one.severity} {one.read} {one.expected} {one.message}"
                )
    return score


def _wanted(each: Contradiction) -> str:
    return f"{'/'.join(sorted(each.severities))} {each.read} {each.expected}"


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


def changed_by_one(narrative: Narrative) -> Iterator[tuple[str, int, frozenset[str], Narrative]]:
    """Yield a narrative's figures one by one: its name in the mark, one higher or lower, its rules, and the report with it."""
    for number, text in narrative.chapters.items():
        for place, mark in enumerate(re.finditer(r"\{([0-9]+)\|([^{}?@=]+)\}", text)):
            figure = int(mark[1]) + (1 if mark[1] == "0" or place % 2 else -1)
            told = f"{text[: mark.start()]}{{{figure}|{mark[2]}}}{text[mark.end() :]}"
            rules = frozenset(rule for name in re.split("[~+]", mark[2]) for rule in _rules(NAMES[name]))
            if rules:
                yield mark[2], figure, rules, narrative.told({**narrative.chapters, number: told})


def _rules(metric: str) -> Sequence[str]:
    return next((rules for start, rules in RIGHT.items() if metric.startswith(start)), ())


def test_a_figure_changed_by_one(capsys: pytest.CaptureFixture[str]):
    """In a clean report any figure of the prose changed by one is found by the rule that holds it, and named."""
    score = Score()
    for narrative in DEVELOPMENT:
        for name, figure, rules, changed in changed_by_one(narrative) if not narrative.contradictions else ():
            caught = any(
                one.rule in rules and (one.read == figure or str(figure) in one.message) for one in found(changed)
            )
            (score.met if caught else score.missed)[name] += 1
            if not caught:
                score.lines.append(f"{narrative.name} change not caught: {name} {figure}")
    print("\n".join([*score.table(), *score.lines]))
    with capsys.disabled():
        print(f"\nchanged by one, {score.met.total() + score.missed.total()} figures: caught {score.recall:.3f}")
    assert score.recall >= CAUGHT


def told_otherwise(narrative: Narrative, way: str) -> Narrative:
    """Return a narrative that says the same in another way; 0 is never spelled (零件 is another word)."""
    tell = {
        "wide": lambda text: text.translate(WIDE),
        "spelled": lambda text: re.sub(
            r"\{([1-9][0-9]*)\|([^{}=]+?)(\??)\}", lambda mark: f"{{{spelled(int(mark[1]))}|{mark[2]}{mark[3]}}}", text
        ),
        "paragraphs reversed": lambda text: "\n".join(reversed(text.split("\n"))),
    }.get(way, str)
    return narrative.told({number: tell(text) for number, text in narrative.chapters.items()})


WIDE = {ord("0") + digit: 0xFF10 + digit for digit in range(10)}


@pytest.mark.parametrize("way", UNCHANGED)
def test_told_otherwise(way: str, capsys: pytest.CaptureFixture[str]):
    """Wide digits, Chinese numerals, the order of paragraphs and the layout change neither claims nor findings."""
    same = 0
    for place, narrative in enumerate(DEVELOPMENT):
        style = LAYOUTS[place % len(LAYOUTS)] if way == "another layout" else "row_pipes"
        told = told_otherwise(narrative, way)
        before, after = _heard(narrative), _heard(told, style)
        same += before == after
        if before != after:
            print(f"{narrative.name} {style}:", *sorted(map(str, before ^ after)), sep="\n    ")
    with capsys.disabled():
        print(f"\n{way}: {same} of {len(DEVELOPMENT)} unchanged")
    assert same / len(DEVELOPMENT) >= UNCHANGED[way]


def _heard(narrative: Narrative, style: Style = "row_pipes") -> frozenset[object]:
    findings = {(one.rule, one.severity, one.read, one.expected) for one in found(narrative, style)}
    return frozenset(sure(narrative, style) | findings)


def test_the_corpus_itself():
    """There are 150 narratives or more, each named once; about a quarter is held out, and most of each part is clean."""
    names = [each.name for each in (*DEVELOPMENT, *HELD_OUT)]
    assert len(names) >= 150
    assert len(names) == len(set(names))
    assert 0.2 < len(HELD_OUT) / len(names) < 0.3
    for part in (DEVELOPMENT, HELD_OUT):
        assert 0.4 < sum(not each.contradictions for each in part) / len(part) < 0.7
