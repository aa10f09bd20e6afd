"""Lists in the prose: figures that stand together in a paragraph, and whether they add up."""

import re
from bisect import bisect
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from services.validate.prose import certain, number_of
from services.validate.subject import Subject
from shared.model.claim import Claim
from shared.model.number import Number

RECEIVED, CARRIED_IN, HANDLED, CARRIED_OUT = (
    f"table3/{row}/总计" for row in ("本年新收", "上年结转", "总计", "结转下年度")
)
BOTH = "table3/新收加结转/总计"
_COUNT = re.compile(r"(?<!\d)\d+ ?[件起宗例份](?!套)")
_MOST_CARRIED = 4  # figures carried over that the paragraphs of one report tell; a sound one tells two
_FLOW = frozenset({RECEIVED, CARRIED_IN, HANDLED, CARRIED_OUT, BOTH})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The certain claims of one paragraph, in order; `carried`: the first claims on what is carried over in all of them."""

    claims: tuple[Claim, ...]
    carried: tuple[Claim, ...] = ()

    def of(self, *metrics: str) -> list[Claim]:
        """Return those on these metrics."""
        return [claim for claim in self.claims if claim.metric in metrics]

    def values(self, *metrics: str) -> set[Number]:
        """Return the figures stated for these metrics."""
        return _values(self.of(*metrics))

    def carried_over(self, metric: str) -> set[Number]:
        """Return the figures stated for what is carried in or out, here or in another paragraph."""
        return _values(claim for claim in (*self.claims, *self.carried) if claim.metric == metric)


def _values(stated: Iterable[Claim]) -> set[Number]:
    return {value for claim in stated if (value := number_of(claim)) is not None}


def paragraphs(subject: Subject, scopes: Collection[str] = ("own",)) -> Iterator[Paragraph]:
    """Yield the claims with figures paragraph by paragraph; those of other years and scopes are left out."""
    ends = [match.start() for match in re.finditer("\n", subject.report.text)]
    stated = [claim for claim in subject.report.claims if _counts(claim, subject) and claim.scope in scopes]
    carried = tuple(
        islice(_once(claim for claim in stated if claim.metric in {CARRIED_IN, CARRIED_OUT}), _MOST_CARRIED)
    )
    for _, told in groupby(stated, key=lambda claim: bisect(ends, claim.start)):
        yield Paragraph(tuple(_once(told)), carried)


def _counts(claim: Claim, subject: Subject) -> bool:
    """Whether a claim is a certain figure about the report's year."""
    return claim.year in {None, subject.year} and number_of(claim) is not None and certain(claim)


def _once(told: Iterable[Claim]) -> Iterator[Claim]:
    """Yield claims, what has been said before left out; but totals and parts of lists may well be alike."""
    said = set()
    for claim in told:
        what = (claim.metric, claim.value, claim.scope)
        if claim.metric.startswith("list/") or what not in said:
            yield claim
        said.add(what)


def outcomes(paragraph: Paragraph) -> list[Claim]:
    """Return the outcomes that a paragraph lists; the items of a group whose total is stated are left out."""
    listed = all_outcomes(paragraph)
    stated = {claim.metric.split("/")[1] for claim in listed if claim.metric.count("/") == 2}
    if "公开及部分公开" in stated:
        stated |= {"予以公开", "部分公开"}
        listed = [claim for claim in listed if claim.metric.split("/")[1] not in {"予以公开", "部分公开"}]
    return [claim for claim in listed if claim.metric.count("/") != 3 or claim.metric.split("/")[1] not in stated]


def all_outcomes(paragraph: Paragraph) -> list[Claim]:
    """Return the outcomes that a paragraph lists, an item beside its group: 逾期不补正2件，其他处理5件 may be told apart."""
    return [claim for claim in paragraph.claims if _is_outcome(claim.metric)]


def _is_outcome(metric: str) -> bool:
    if metric.startswith("outcome/"):
        return True
    return metric.startswith("table3/") and metric.endswith("/总计") and metric not in _FLOW


def arrived(paragraph: Paragraph) -> set[Number]:
    """Return how many applications there were to handle: received, or received and carried over."""
    received, carried = paragraph.values(RECEIVED), paragraph.carried_over(CARRIED_IN)
    return received | {one + other for one in received for other in carried} | paragraph.values(BOTH)


def totals(paragraph: Paragraph) -> set[Number]:
    """Return what a list of applications may add up to: those to handle, also less those carried out, or those replied to."""
    there, left = arrived(paragraph), paragraph.carried_over(CARRIED_OUT)
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
