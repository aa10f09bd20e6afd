"""What the rest of a sentence says that leaves its figures and denials unsure, or makes them void."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from shared.model.claim import Claim

DOUBTED = 0.5
"""How sure is what may be said of something else: of some only, of others, or in a sentence that a line break cut."""

_THROUGH_THE_YEAR = re.compile("(?:全|今|本)年|(20[0-4][0-9])年")
_SINCE = re.compile("截[至止]|(?<!今年)(?<!年初)以来|历年|自20")
_OF_DISCLOSURE = re.compile(r"其中[^,;0-9]{0,12}信息公开[^,;0-9]{0,10}[0-9]{1,4} ?[件起宗例]")
_CASES = {"table4/行政复议/总计", "table4/行政诉讼/总计"}
_APPLICANTS = "table3/本年新收/"
_NATURAL = frozenset({f"{_APPLICANTS}总计", f"{_APPLICANTS}自然人"})
_SOME = frozenset({f"{_APPLICANTS}总计", "table3/新收加结转/总计", "table3/总计/总计"})


def sums_up_the_year(sentence: str, year: int | None) -> bool:
    """Whether what a sentence sums up is of the year: 2024年累计收到, not 截至2024年底累计收到."""
    named = _THROUGH_THE_YEAR.search(sentence)
    return bool(named and named[1] in {None, str(year)} and not _SINCE.search(sentence))


def is_told_otherwise(said: Claim, made: Sequence[Claim]) -> bool:
    """Whether a statement is one of something else, for the sentence counts what it denies: 收到6件,1件未收到申请材料.

    Likewise 上年结转3件(均为自然人) where firms are counted too.
    """
    told = {each.metric for each in made if each.value and each.start < said.start}
    if said.metric == "statement/未收到申请":
        return bool(told & _SOME)
    firms = any(metric.startswith(_APPLICANTS) and metric not in _NATURAL for metric in told)
    return said.metric == "statement/均为自然人" and firms


def without_other_cases(made: Sequence[Claim], sentence: str, start: int) -> Iterator[Claim]:
    """Yield the claims of a sentence, those on cases unsure where only some are over disclosure: 复议7件,其中信息公开类3件.

    Results behind both totals that add up to both are of reviews and suits alike: 复议2宗、诉讼1宗,其中2宗维持,1宗未审结.
    """
    some = _OF_DISCLOSURE.search(sentence)
    alike = _of_both(made)
    for claim in made:
        other = some and claim.metric.startswith("table4/") and claim.start < start + some.start()
        yield replace(claim, confidence=DOUBTED) if other or claim in alike else claim


def _of_both(made: Sequence[Claim]) -> list[Claim]:
    totals = [claim for claim in made if claim.metric in _CASES and claim.value]
    if {claim.metric for claim in totals} != _CASES:
        return []
    results = [claim for claim in made if claim.metric.startswith("table4/") and claim.start > totals[-1].start]
    return results if sum(each.value for each in results) == sum(each.value for each in totals) else []


def with_scopes_settled(found: Sequence[Claim]) -> Iterator[Claim]:
    """Yield claims, those of a region's own office as the report's own unless it tells the same of the whole region, too."""
    whole = {claim.metric for claim in found if claim.scope == "own"}
    for claim in found:
        alone = claim.scope == "unknown" and claim.metric not in whole
        yield replace(claim, scope="own") if alone else claim
