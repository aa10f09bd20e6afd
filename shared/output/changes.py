"""What differs between two runs over a corpus: per document, report, cell, finding and verdict."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any, Literal, NamedTuple

from shared.forms.printed import edition_printing, printed_place, printed_table
from shared.model.cell import TableNumber
from shared.model.finding import CellPlace
from shared.output.outcome import Corpus, Outcome

What = Literal[
    "document", "bytes", "status", "report", "agency", "year", "form", "title", "published",
    "table", "cell", "claim", "verdict", "finding", "not_checked",
]  # fmt: skip

_IDENTITY: tuple[What, ...] = ("agency", "year", "form", "title", "published")


class Change(NamedTuple):
    """A difference: in which document and report (agency and year, None for the document itself), what, where; None: not there."""

    source: str
    report: str | None
    what: What
    place: str | None
    old: Any
    new: Any
    table: TableNumber | None = None

    def as_object(self) -> dict[str, Any]:
        """Return the difference as a JSON object."""
        names = ("source", "report", "what", "place", "old", "new")
        return {name: getattr(self, name) for name in names}


def changes(old: Corpus, new: Corpus) -> Iterator[Change]:
    """Yield every difference, the documents in the order of their sources; what read and what judged is none."""
    for source in sorted(old.outcomes.keys() | new.outcomes.keys()):
        yield from _document(source, old.outcomes.get(source), new.outcomes.get(source))


def _document(source: str, old: Outcome | None, new: Outcome | None) -> Iterator[Change]:
    if old is None or new is None:
        yield Change(source, None, "document", None, old and old["status"], new and new["status"])
        return
    if old["sha256"] != new["sha256"]:
        yield Change(source, None, "bytes", None, old["sha256"], new["sha256"])
    if _status(old) != _status(new):
        yield Change(source, None, "status", None, _status(old), _status(new))
    for before, after in _paired(old["reports"], new["reports"]):
        yield from (change._replace(source=source) for change in _report(before, after))


def _status(document: Outcome) -> str:
    return ":".join(part for part in (document["status"], document["reason"]) if part)


def _paired(old: Sequence[Outcome], new: Sequence[Outcome]) -> Iterator[tuple[Outcome | None, Outcome | None]]:
    """Yield reports that are the same one: the only ones, else those of one agency on one year, in their order."""
    if len(old) == len(new) == 1:
        yield old[0], new[0]
        return
    for name in dict.fromkeys(map(_named, (*old, *new))):
        yield from zip_longest(
            (each for each in old if _named(each) == name), (each for each in new if _named(each) == name)
        )


def _named(report: Outcome) -> str:
    return f"{report['agency'] or '?'} {report['year'] or '?'}"


def _report(old: Outcome | None, new: Outcome | None) -> Iterator[Change]:
    named = _named(new or old or {})
    if old is None or new is None:
        yield Change("", named, "report", named, old and old["verdict"], new and new["verdict"])
        return
    for what in _IDENTITY:
        if old[what] != new[what]:
            yield Change("", named, what, None, old[what], new[what])
    for number in sorted(old["tables"].keys() | new["tables"].keys()):
        yield from _table(named, number, new["year"], old["tables"].get(number), new["tables"].get(number))
    yield from _counted(named, "claim", _claims(old), _claims(new))
    yield from _findings(named, new["year"], old["findings"], new["findings"])
    yield from _counted(named, "not_checked", _not_checked(old), _not_checked(new))
    if old["verdict"] != new["verdict"]:
        yield Change("", named, "verdict", None, old["verdict"], new["verdict"])


def _table(
    named: str, number: TableNumber, year: int | None, old: Outcome | None, new: Outcome | None
) -> Iterator[Change]:
    before, after = ((each and f"{each['state']}:{each['form']}") for each in (old, new))
    if before != after:
        yield Change("", named, "table", printed_table(number), before, after, number)
    cells = [{(cell["row"], cell["column"]): cell for cell in each["cells"]} if each else {} for each in (old, new)]
    for address in dict.fromkeys((*cells[0], *cells[1])):
        was, now = (each.get(address) for each in cells)
        if was != now:
            place = _printed(CellPlace(number, *address), year)
            yield Change("", named, "cell", place, _without_address(was), _without_address(now), number)


def _without_address(cell: Outcome | None) -> Outcome | None:
    return cell and {name: value for name, value in cell.items() if name not in {"row", "column"}}


def _printed(place: CellPlace, year: int | None) -> str:
    return printed_place(edition_printing(place, year), place)


def _findings(named: str, year: int | None, old: Sequence[Outcome], new: Sequence[Outcome]) -> Iterator[Change]:
    """Yield findings that came, went, or changed under their key."""
    gone = [each for each in old if each not in new]
    come = [each for each in new if each not in old]
    for was in gone:
        now = next((each for each in come if each["key"] == was["key"]), None)
        if now is not None:
            come.remove(now)
        yield Change("", named, "finding", _found_at(was, year), was, now)
    yield from (Change("", named, "finding", _found_at(now, year), None, now) for now in come)


def _found_at(finding: Outcome, year: int | None) -> str:
    first = finding["places"][0] if finding["places"] else {"section": None}
    where = _printed(CellPlace(**first), year) if "table" in first else first["section"] or ""
    return f"{finding['rule']} {where}".strip()


def _claims(report: Outcome) -> Iterator[str]:
    for claim in report["claims"]:
        yield f"{claim['metric']}={claim['value']}{claim['unit'] or ''}（{claim['year']}，{claim['scope']}，{claim['section']}）"


def _not_checked(report: Outcome) -> Iterator[str]:
    return (f"{each['rule']} {each['reason']}" for each in report["not_checked"] for _ in each["places"] or [None])


def _counted(named: str, what: What, old: Iterable[str], new: Iterable[str]) -> Iterator[Change]:
    """Yield what stands in one more often than in the other, with how often."""
    before, after = Counter(old), Counter(new)
    for each in dict.fromkeys((*before, *after)):
        if before[each] != after[each]:
            yield Change("", named, what, each, before[each], after[each])
