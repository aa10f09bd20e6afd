"""The chapters of a report, in the numbering styles and with the damage of published pages.

A chapter is known by its title, not by its numeral: rows of table 3 bear the numerals 一 to 四 too, sub-headings of
chapter 一 bear the titles of other chapters under another numbering style, and the introduction lists all six titles.
"""

import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from services.parse.chapter_titles import FIRST, LONGEST, TITLE, chapter_of, likely_chapters
from services.parse.document import Content
from shared.forms import FORMS
from shared.headings import NUMERALS, is_official, number_of
from shared.model.cell import Span
from shared.model.report import Section

Style = Literal["numeral", "part", "bare", "bracketed", "arabic"]
_STYLES: tuple[Style, ...] = ("numeral", "part", "bare", "bracketed", "arabic")
_OF_ITEMS: frozenset[Style] = frozenset({"bracketed", "arabic"})  # (一) and 1. number what stands inside a chapter too
_AT_MOST = 300  # headings of a kind: no document has more, and choosing among them is quadratic

_SIGNS = r"[ \t>#*|【】“”\"●•■◆★▲※]"
_PART = rf"第[{NUMERALS}](?:部分|章|节)"
_ORDINAL = (
    rf"(?P<numeral>[{NUMERALS}])(?:[ \t]{{0,3}}[、.,:。;](?:[ \t、]{{0,4}}|[ \t]{{0,4}}\n[ \t]{{0,4}})|[ \t]{{1,4}})"
    rf"|(?P<part>{_PART})[、:\s]{{0,3}}"
    rf"|(?P<bracketed>\([{NUMERALS}]\))[、 \t]{{0,3}}"
    r"|(?P<arabic>\d)(?:[、.][ \t]{0,3}|[ \t]{1,3})"
)
_LIST, _CONTENTS = 3, 5  # so many titles with nothing between them may be a list of chapters, or are one
_LEAD = rf"^{_SIGNS}{{0,12}}+"
_LINE_HEADING = re.compile(
    rf"{_LEAD}(?:附?表[一二三四\d]?[ \t、:]{{1,3}})?(?=[{NUMERALS}第({FIRST}]|\d[、. \t]|20\d\d)"
    rf"(?:{_ORDINAL}|(?P<loose>[{NUMERALS}])?)(?P<title>{TITLE})(?P<rest>[^\n]*)",
    re.MULTILINE,
)
_INNER_HEADING = re.compile(
    rf"(?:(?P<numeral>[{NUMERALS}])(?<=[。;:!?)|*\s].)[ \t]?[、.,:]{{1,2}}[ \t]{{0,3}}|(?P<part>{_PART})[、: \t]{{0,3}})"
    rf"(?P<title>{TITLE})(?=(?P<rest>.{{0,4}}))"
)
_OWN_HEADING = re.compile(
    rf"{_LEAD}(?:(?P<numeral>[{NUMERALS}])[ \t]{{0,3}}[、.,:。;]{{1,2}}\s{{0,3}}|(?P<part>{_PART})[、: \t]{{1,3}}|(?P<bracketed>\([{NUMERALS}]\))[ \t]{{0,3}})"
    rf"(?P<title>[^\n。;!?|】]{{2,{LONGEST}}}?)(?:{_SIGNS}|:)*$",
    re.MULTILINE,
)
_NOTHING_MORE = re.compile(r"[\s、,:。;.*#|…·\d】”\"]*$")
_MORE_TITLE = re.compile(rf"[^\n。;!?|]{{1,{LONGEST}}}$")
_BODY_BEGINS = re.compile(r"[ \t、:。;(|]|20\d\d|$")
_CONTINUED = re.compile(r"\s{0,3}\((?:续|接上)")
_LIST_GAP = re.compile(rf"[\s、,;:。.…·\d和及以第页()《》“”|{NUMERALS}-]{{0,60}}")
_ROW_LABELS = re.compile(
    "|".join(
        sorted(
            {
                label[2:6]
                for row in FORMS["2021"].tables["3"].rows
                for label in (*row.groups, row.label)
                if label[0] in NUMERALS and label[1] == "、"
            }
        )
    )
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A chapter heading at start..end; `chapter` is 1 to 6 of the official format, None for another title."""

    start: int
    end: int
    ordinal: str | None
    title: str
    chapter: int | None
    style: Style


def headings(content: Content, tables: Sequence[Span] = ()) -> tuple[Heading, ...]:
    """Return the chapter headings, in the order of the text; inside the tables only official titles with a numeral.

    (No cell reads like those, and where figures were lost a table seems to reach over the headings behind it.)
    """
    text = content.simplified
    at_lines = _outside(map(_at_line, _LINE_HEADING.finditer(text)), tables)
    inside = _outside(map(_in_line, _INNER_HEADING.finditer(text)), ())
    at_lines, inside = _without_lists(at_lines, inside, text), _without_lists(inside, at_lines, text)
    main = max(_STYLES, key=lambda style: len(chapters(each for each in (*at_lines, *inside) if each.style == style)))
    chosen = _with_lacking(_of_style(main, at_lines, content.text), main, at_lines, inside)
    chosen = _with_own_titles(text, tables, chosen, main)
    return tuple(_as_printed(content.text, heading) for heading in sorted(chosen, key=lambda heading: heading.start))


def sections(found: Sequence[Heading], end: int) -> tuple[Section, ...]:
    """Return the chapters from their headings: each reaches to the next heading, the last to `end`."""
    ends = [*(heading.start for heading in found[1:]), end]
    return tuple(
        Section(heading.ordinal, heading.title, heading.start, stop, chapter=heading.chapter, body=heading.end)
        for heading, stop in zip(found, ends, strict=False)
    )


def chapters(found: Iterable[Heading]) -> frozenset[int]:
    """Return which of the six official chapters have a heading."""
    return frozenset(heading.chapter for heading in found if heading.chapter)


def _heading(match: re.Match[str], style: Style, chapter: int | None, end: int | None = None) -> Heading:
    groups = match.groupdict()
    printed = groups.get(style) or groups.get("loose")
    ordinal = printed.strip("()第部分章节") if printed else None
    start = match.start(style if groups.get(style) else "loose" if groups.get("loose") else "title")
    return Heading(start, end or match.end("title"), ordinal, "", chapter, style)


def _style(match: re.Match[str]) -> Style:
    groups = match.groupdict()
    return next((style for style in _STYLES if groups.get(style)), "numeral" if groups.get("loose") else "bare")


def _at_line(match: re.Match[str]) -> Heading | None:
    """Return the heading of a line, unless the line is a sentence that speaks of a chapter or tells that it goes on."""
    style, rest = _style(match), match["rest"]
    if _CONTINUED.match(rest):
        return None
    if _NOTHING_MORE.match(rest):
        return _heading(match, style, chapter_of(match))
    if style == "bare" or match["loose"]:
        return None
    if _BODY_BEGINS.match(rest):
        return _heading(match, style, chapter_of(match))
    if _MORE_TITLE.match(rest) and "," not in rest:
        end = match.start("rest") + len(re.sub(rf"(?:{_SIGNS}|:)+$", "", rest))
        return _heading(match, style, chapter_of(match), end)
    return None


def _in_line(match: re.Match[str]) -> Heading | None:
    """Return the heading in the middle of a line where line ends were lost."""
    return _heading(match, _style(match), chapter_of(match)) if _BODY_BEGINS.match(match["rest"]) else None


def _outside(found: Iterable[Heading | None], tables: Sequence[Span]) -> list[Heading]:
    return [
        heading
        for heading in islice(filter(None, found), _AT_MOST)
        if (
            (heading.chapter and heading.style != "bare")
            or not any(table.start <= heading.start < table.end for table in tables)
        )
    ]


def _without_lists(found: list[Heading], known: list[Heading], text: str) -> list[Heading]:
    """Drop runs of titles with nothing between them that stand elsewhere too: most of three and more later, or nearly all."""
    runs = _without_contents(_runs(found, text), known)
    left = [heading for run in runs for heading in run]
    kept: list[Heading] = []
    for run in runs:
        later = chapters(heading for heading in (*left, *known) if heading.start > run[-1].start)
        if len(run) < _LIST or 2 * len(chapters(run) & later) < len(run):
            kept += run
    return kept


def _without_contents(runs: list[list[Heading]], known: list[Heading]) -> list[list[Heading]]:
    """Drop runs of nearly all titles, before the chapters or behind them, whose chapters stand elsewhere too."""
    left = runs
    for run in runs:
        others = [heading for other in left if other is not run for heading in other]
        if len(run) >= _CONTENTS and chapters(run) <= chapters((*others, *known)):
            left = [other for other in left if other is not run]
    return left


def _runs(found: list[Heading], text: str) -> list[list[Heading]]:
    runs: list[list[Heading]] = []
    for heading in found:
        if runs and heading.chapter not in chapters(runs[-1]) and _in_list(text, runs[-1][-1].end, heading.start):
            runs[-1].append(heading)
        else:
            runs.append([heading])
    return runs


def _in_list(text: str, end: int, start: int) -> bool:
    return _LIST_GAP.fullmatch(text, end, start) is not None


def _of_style(main: Style, found: list[Heading], text: str) -> list[Heading]:
    """Return the headings of the style but its sub-headings: those with a wrong ordinal, out of order or beside the format's."""
    kept = [heading for heading in found if heading.style == main]
    sure = [heading for heading in kept if _is_format(heading, text)]
    return [heading for heading in kept if _in_its_place(heading) or (main not in _OF_ITEMS and _fits(heading, sure))]


def _is_format(heading: Heading, text: str) -> bool:
    title = _as_printed(text, heading).title
    return heading.chapter is not None and is_official(heading.chapter, title) and _in_its_place(heading)


def _in_its_place(heading: Heading) -> bool:
    return heading.ordinal is None or number_of(heading.ordinal) == heading.chapter


def _with_lacking(kept: list[Heading], main: Style, at_lines: list[Heading], inside: list[Heading]) -> list[Heading]:
    """Add the chapters that only a heading in mid-line or of another style begins, where one stands in its order."""
    styles = (main, *(style for style in _STYLES if style != main))
    for style in styles:
        for heading in (*at_lines, *inside):
            if heading.style == style and heading not in kept and _may_fill(heading) and _fits(heading, kept):
                kept = [*kept, heading]
    return kept


def _may_fill(heading: Heading) -> bool:
    """Whether a heading may be a chapter's among others of another style."""
    return _in_its_place(heading) or heading.style not in _OF_ITEMS


def _fits(heading: Heading, kept: Iterable[Heading]) -> bool:
    """Whether its chapter is lacking and it stands behind all earlier and before all later chapters."""
    return heading.chapter is not None and all(
        other.chapter is None or (other.chapter - heading.chapter) * (other.start - heading.start) > 0 for other in kept
    )


def _with_own_titles(text: str, tables: Sequence[Span], chosen: list[Heading], main: Style) -> list[Heading]:
    """Add lines with titles of the agency's own, numbered as the chapters are: for a chapter that is lacking, or a further one."""
    if main not in {"numeral", "part", "bracketed"} or not chosen:
        return chosen
    found = (
        _heading(match, _style(match), None)
        for match in _OWN_HEADING.finditer(text)
        if match[main] and not _ROW_LABELS.match(match["title"])
    )
    for heading in _outside(found, tables):
        if any(other.start <= heading.start < other.end for other in chosen):
            continue
        named = next(_lacking(heading, chosen, text), None)
        if named or (main != "bracketed" and _continues(heading, chosen)):
            chosen = [*chosen, named or heading]
    return chosen


def _lacking(heading: Heading, chosen: list[Heading], text: str) -> Iterator[Heading]:
    """Yield the heading as that of a lacking chapter that its title speaks of."""
    for chapter in likely_chapters(re.sub(r"\s+", "", text[heading.start : heading.end])):
        named = dataclasses.replace(heading, chapter=chapter)
        if _fits(named, chosen):
            yield named


def _continues(heading: Heading, known: list[Heading]) -> bool:
    own = number_of(heading.ordinal)
    before = [number_of(other.ordinal) for other in known if other.start < heading.start]
    behind = [number_of(other.ordinal) for other in known if other.start > heading.start]
    return max(before, default=0) == own - 1 and all(other > own for other in behind)


def _as_printed(text: str, heading: Heading) -> Heading:
    """Return the heading with its title as published, white space and line ends inside taken out."""
    title = re.sub(
        rf"^[ \t#*]*(?:[{NUMERALS}][ \t]*[、.．,，:：。;；]?|第.(?:部分|章|节)|[(（].[)）]|\d[、.．]?)?[、:：\s]*",
        "",
        text[heading.start : heading.end],
    )
    return dataclasses.replace(heading, title=re.sub(r"\s+", "", title))
