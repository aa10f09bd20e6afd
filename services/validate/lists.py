"""Lists in the prose: figures that stand together in a paragraph, and whether they add up."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from services.validate.prose import certain, claims, number_of
from services.validate.subject import Subject
from shared.model.claim import Claim
from shared.model.number import Number

RECEIVED, CARRIED_IN, HANDLED, CARRIED_OUT = (
    f"table3/{row}/总计" for row in ("本年新收", "上年结转", "总计", "结转下年度")
)
BOTH = "table3/新收加结转/总计"
_COUNT = re.compile(r"(?<!\d)\d+ ?[件起宗例份](?!套)")
_FLOW = frozenset({RECEIVED, CARRIED_IN, HANDLED, CARRIED_OUT, BOTH})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The certain claims of one paragraph, in order."""

    claims: tuple[Claim, ...]

    def of(self, *metrics: str) -> list[Claim]:
        """Return those on these metrics."""
        return [claim for claim in self.claims if claim.metric in metrics]

    def values(self, *metrics: str) -> set[Number]:
        """Return the figures stated for these metrics."""
        return {value for claim in self.of(*metrics) if (value := number_of(claim)) is not None}


def paragraphs(subject: Subject, scopes: Collection[str] = ("own",)) -> Iterator[Paragraph]:
    """Yield the claims with figures paragraph by paragraph; those of other years and scopes are left out."""
    text = subject.report.text
    held: list[Claim] = []
    end = -1
    for claim in _each(subject):
        if number_of(claim) is None or not certain(claim) or claim.scope not in scopes:
            continue
        if claim.start > end:
            if held:
                yield Paragraph(tuple(held))
            held, line_end = [], text.find("\n", claim.start)
            end = line_end if line_end >= 0 else len(text)
        held.append(claim)
    if held:
        yield Paragraph(tuple(held))


def _each(subject: Subject) -> Iterator[Claim]:
    """Yield the claims about the report's year in order, each value once; but every total and part, which may well be alike."""
    once = set(map(id, claims(subject, *{each.metric for each in subject.report.claims})))
    for claim in subject.report.claims:
        if id(claim) in once or (claim.metric.startswith("list/") and claim.year in {None, subject.year}):
            yield claim


def outcomes(paragraph: Paragraph) -> list[Claim]:
    """Return the outcomes that a paragraph lists; the items of a group whose total is stated are left out."""
    listed = [claim for claim in paragraph.claims if _is_outcome(claim.metric)]
    stated = {claim.metric.split("/")[1] for claim in listed if claim.metric.count("/") == 2}
    if "公开及部分公开" in stated:
        stated |= {"予以公开", "部分公开"}
        listed = [claim for claim in listed if claim.metric.split("/")[1] not in {"予以公开", "部分公开"}]
    return [claim for claim in listed if claim.metric.count("/") != 3 or claim.metric.split("/")[1] not in stated]


def _is_outcome(metric: str) -> bool:
    if metric.startswith("outcome/"):
        return True
    return metric.startswith("table3/") and metric.endswith("/总计") and metric not in _FLOW


def arrived(paragraph: Paragraph) -> set[Number]:
    """Return how many applications there were to handle: received, or received and carried over."""
    received, carried = paragraph.values(RECEIVED), paragraph.values(CARRIED_IN)
    return received | {one + other for one in received for other in carried} | paragraph.values(BOTH)


def totals(paragraph: Paragraph) -> set[Number]:
    """Return what a list of applications may add up to: those to handle, also less those carried out, or those replied to."""
    there, left = arrived(paragraph), paragraph.values(CARRIED_OUT)
    return there | {one - other for one in there for other in left} | paragraph.values(HANDLED)


def has_unread(subject: Subject, listed: Sequence[Claim]) -> bool:
    """Return whether among the figures of a list, up to the end of its sentence, one stands that was not read: 非政府信息4件."""
    text = subject.prose.text
    start, last = listed[0].start, listed[-1].end
    end = min((at for sign in "。\n" if (at := text.find(sign, last)) >= 0), default=len(text))
    read = [(claim.start, claim.end) for claim in subject.report.claims]
    counts = (match.start() for match in _COUNT.finditer(text, start, end))
    return any(not any(begin <= at < stop for begin, stop in read) for at in counts)


def added(listed: Sequence[Claim]) -> Number:
    """Return the sum of claims."""
    return sum(value for claim in listed if (value := number_of(claim)) is not None)
