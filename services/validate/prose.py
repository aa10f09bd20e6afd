"""The prose against the tables: which cells a claim is about, which claims are certain, and how a contradiction is told."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from services.validate.operands import obstacles, unchecked
from services.validate.rule import Unchecked, Violation
from services.validate.subject import FIRM, Address, Subject
from services.validate.wording import figure, quoted, size
from shared.forms.metrics import cells_of, metric_title
from shared.forms.printed import printed_place
from shared.model.cell import FormEdition, TableNumber
from shared.model.claim import Claim
from shared.model.finding import CellPlace, Place, Severity, TextPlace
from shared.model.number import Number

TOTAL = "总计"
_LONGEST_QUOTE, _KEPT = 20, 8
REGION = "该数据是全区域或者全系统的口径，表中是本机关的数据，请统一口径"


@dataclass(frozen=True, slots=True)
class Side:
    """The cells of one table whose sum a metric is."""

    table: TableNumber
    cells: tuple[Address, ...]


def side(edition: FormEdition, metric: str) -> Side | None:
    """Return the cells that a metric is the sum of; None for a metric that no cells answer to in this edition."""
    found = cells_of(edition, metric)
    return Side(*found) if found else None


def claims(subject: Subject, *metrics: str) -> list[Claim]:
    """Return the claims on these metrics about the report's year, each value once."""
    found: dict[tuple[str, object, str], Claim] = {}
    for claim in subject.report.claims:
        if claim.metric in metrics and claim.year in {None, subject.year}:
            found.setdefault((claim.metric, claim.value, claim.scope), claim)
    return list(found.values())


def certain(claim: Claim) -> bool:
    """Whether a finding may rest on a claim."""
    return claim.confidence >= FIRM and claim.scope != "unknown"


def place(claim: Claim) -> Place:
    """Return where a claim stands."""
    return TextPlace(claim.section, quoted(claim.quote), claim.start, claim.end)


def said(claim: Claim) -> str:
    """Return how a finding quotes a claim: 第一部分称“收到申请60件”."""
    where = f"第{claim.section}部分" if claim.section and len(claim.section) == 1 else "正文"
    return f"{where}称“{_shortened(claim.quote)}”"


def _shortened(quote: str) -> str:
    """Return a quotation with its middle left out where it is long: the figure stands at its end."""
    line = " ".join(quote.split())
    return line if len(line) <= _LONGEST_QUOTE else f"{line[:_KEPT]}…{line[_KEPT + 1 - _LONGEST_QUOTE :]}"


def number_of(claim: Claim) -> Number | None:
    """Return a claim's figure; None for a statement."""
    return None if claim.value is True else claim.value


Accepted = Callable[[Claim], Iterable[Number]]
Grave = Callable[[Claim], Severity]
Hint = Callable[[Claim, Number], str | None]


def against(
    subject: Subject,
    metrics: Sequence[str],
    *,
    grave: Severity | Grave = "E",
    also: Accepted | None = None,
    hint: Hint | None = None,
) -> Iterator[Violation | Unchecked]:
    """Hold claims against their cells and yield each contradiction.

    `also`: further figures that a claim may state. `hint`: a likely reason. A metric stated with several figures is none,
    unless one of them or their sum is what the table says. Figures of the whole region are at most W.
    """
    for metric in metrics:
        stated = [claim for claim in claims(subject, metric) if number_of(claim) is not None]
        own = [claim for claim in stated if claim.scope != "region"] or stated
        own = [claim for claim in own if certain(claim)] or own
        if own:
            yield from _held(subject, metric, own, grave, also, hint)


def _of_region(subject: Subject, metric: str, stated: Sequence[Claim]) -> set[Number | None]:
    """Return what the prose tells of the whole region besides what it tells of the office: the table may be about either."""
    known = {each.start for each in stated}
    return {number_of(each) for each in claims(subject, metric) if each.scope == "region" and each.start not in known}


def _held(
    subject: Subject,
    metric: str,
    stated: Sequence[Claim],
    grave: Severity | Grave,
    also: Accepted | None,
    hint: Hint | None,
) -> Iterator[Violation | Unchecked]:
    edition = subject.editions[_table(metric)]
    found = side(edition, metric)
    if found is None or found.table not in subject.filled:
        return
    filled = subject.filled[found.table]
    hindering = obstacles(filled, found.cells)
    if hindering:
        yield unchecked(filled, hindering)
        return
    expected = sum(filled.operands[address] for address in found.cells)
    values = [value for claim in stated if (value := number_of(claim)) is not None]
    accepted = {expected, *(value for claim in stated for value in (also(claim) if also else ()))}
    if accepted & {*values, sum(values)} or expected in _of_region(subject, metric, stated):
        return
    claim = stated[0]
    if doubtful := _doubtful(stated, values):
        yield doubtful
        return
    severity = grave if isinstance(grave, str) else grave(claim)
    yield contradiction(subject, claim, found, values[0], expected, severity, hint(claim, expected) if hint else None)


def _doubtful(stated: Sequence[Claim], values: Sequence[Number]) -> Unchecked | None:
    """Return why no finding may rest on claims that say something else than the table."""
    if not certain(stated[0]):
        return Unchecked("low_confidence", (place(stated[0]),))
    return Unchecked("prose_ambiguous", tuple(place(each) for each in stated)) if len(values) > 1 else None


def _table(metric: str) -> TableNumber:
    return "2" if metric.startswith("table2/") else "4" if metric.startswith("table4/") else "3"


def contradiction(
    subject: Subject,
    claim: Claim,
    found: Side,
    read: Number,
    expected: Number,
    severity: Severity,
    hint: str | None = None,
) -> Violation:
    """Return the violation that a claim and the cells it speaks of are."""
    edition = subject.editions[found.table]
    places = tuple(CellPlace(found.table, *address) for address in found.cells)
    unit = claim.unit or ""
    named = printed_place(edition, places[0]) if len(places) == 1 else metric_title(claim.metric)
    reasons = [REGION] if claim.scope == "region" else []
    reasons += [hint] if hint else []
    message = f"{said(claim)}，{named}为{figure(expected)}{unit}，相差{figure(size(read - expected))}{unit}"
    return Violation(
        f"{message}（{'；'.join(reasons)}）。" if reasons else f"{message}。",
        (place(claim), *places),
        read,
        expected,
        read - expected,
        "W" if claim.scope == "region" and severity == "E" else severity,
    )


def denied(subject: Subject, metric: str, *counted: str, grave: Severity = "E") -> Iterator[Violation | Unchecked]:
    """Hold a statement that there is none of something against what the tables count of it."""
    for claim in claims(subject, metric):
        for each in counted:
            yield from denies(subject, claim, each, grave=grave)


def denies(subject: Subject, claim: Claim, counted: str, *, grave: Severity = "E") -> Iterator[Violation | Unchecked]:
    """Yield the contradiction between a claim that there is none and a table that counts some."""
    found = side(subject.editions[_table(counted)], counted)
    if found is None or found.table not in subject.filled:
        return
    filled = subject.filled[found.table]
    some = [(address, filled.operands[address]) for address in found.cells if filled.operands.get(address)]
    if not some:
        hindering = obstacles(filled, found.cells)
        if hindering:
            yield unchecked(filled, hindering)
        return
    if not certain(claim):
        yield Unchecked("low_confidence", (place(claim),))
        return
    counts = "、".join(
        f"{printed_place(filled.edition, filled.place(address))}为{figure(value)}件" for address, value in some
    )
    reason = f"（{REGION}）" if claim.scope == "region" else ""
    severity: Severity = "W" if claim.scope == "region" else grave
    places: tuple[Place, ...] = (place(claim), *(filled.place(address) for address, _ in some))
    expected = sum(value for _, value in some)
    yield Violation(f"{said(claim)}，{counts}{reason}。", places, 0, expected, -expected, severity)
