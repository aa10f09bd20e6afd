"""The chapters of a report, in the numbering styles and with the damage of published pages.

A chapter is known by its title, not by its numeral: rows of table 3 bear the numerals 一 to 四 too, sub-headings of
chapter 一 bear the titles of other chapters under another numbering style, and the introduction lists all six titles.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from services.parse.document import Content
from shared.forms import FORMS
from shared.model.cell import Span
from shared.model.report import Section

Style = Literal["numeral", "part", "bare", "bracketed", "arabic"]
_STYLES: tuple[Style, ...] = ("numeral", "part", "bare", "bracketed", "arabic")
_NUMERALS = "一二三四五六七八九十"
_LONGEST_TITLE = 40
_AT_MOST = 300  # headings of a kind: no document has more, and choosing among them is quadratic

_CHAPTERS = (
    "(?:本机关|报告期|年度)?(?:政府信息公开)?(?:工作)?总体(?:工作|公开)?情况|概述|概况|总体概况|基本情况",
    "(?:行政机关|本机关)?主动公开(?:政府信息(?:公开)?(?:工作)?的?(?:情况)?|(?:工作)?情况)",
    "(?:收到和?、?)?处理政府信息公开申请的?情况|依申请公开(?:政府信息)?(?:工作|办理)?的?情况",
    "(?:因)?(?:政府信息公开)?(?:工作)?(?:被)?(?:申请|提起)?(?:行政)?复议(?:和|与|及|以及)?[、,]?(?:被)?(?:提起)?(?:行政)?诉讼(?:、申诉|和申诉)?的?(?:情况)?",
    "(?:政府信息公开)?(?:工作)?(?:中)?(?:存在的?)?(?:主要)?(?:问题|困难|不足)(?:和困难)?(?:和|及|与)?、?(?:下一步)?(?:改进|整改)(?:工作)?(?:情况|措施|意见|打算)?",
    "其(?:他|它)(?:需要|需|应当)?(?:报告|说明)?的?(?:重要)?(?:事项|情况)",
)


def _broken(pattern: str) -> str:
    """Return the pattern with white space, also one line end, allowed between any two characters of a title."""
    return re.sub(r"(?<=[\u4e00-\u9fff\])?])(?=[\u4e00-\u9fff\[(])(?!\(\?)", r"[ \\t]{0,3}\\n?[ \\t]{0,3}", pattern)


_TITLE = "|".join(f"(?P<chapter{number}>{_broken(pattern)})" for number, pattern in enumerate(_CHAPTERS, 1))
_ORDINAL = (
    rf"(?P<numeral>[{_NUMERALS}])[ \t]{{0,3}}(?:[、.,:][ \t、]{{0,4}}|[ \t])"
    rf"|(?P<part>第[{_NUMERALS}](?:部分|章|节))[、:\s]{{0,3}}"
    rf"|(?P<bracketed>\([{_NUMERALS}]\))[、 \t]{{0,3}}"
    r"|(?P<arabic>\d)[、.][ \t]{0,3}"
)
_FIRST = "".join(sorted(set(re.findall("[\u4e00-\u9fff]", "".join(_CHAPTERS)))))
_LEAD = r"^[ \t>#*|]{0,12}+"
_LINE_HEADING = re.compile(
    rf"{_LEAD}(?=[{_NUMERALS}第(0-9{_FIRST}])(?:{_ORDINAL}|(?P<loose>[{_NUMERALS}])?)(?P<title>{_TITLE})(?P<rest>[^\n]*)",
    re.MULTILINE,
)
_INNER_HEADING = re.compile(
    rf"(?P<numeral>[{_NUMERALS}])(?<=[。;:!?)|\s].)、[ \t]{{0,3}}(?P<title>{_TITLE})(?P<rest>.?)"
)
_OTHER_HEADING = re.compile(
    rf"{_LEAD}(?P<numeral>[{_NUMERALS}])[ \t]{{0,3}}[、.][ \t]{{0,3}}(?P<title>[^\n。;!?|]{{2,{_LONGEST_TITLE}}}?)[ \t*#|:]*$",
    re.MULTILINE,
)
_NOTHING_MORE = re.compile(r"[\s、,:。;.*#|…·\d]*$")
_MORE_TITLE = re.compile(rf"[^\n。;!?|]{{1,{_LONGEST_TITLE}}}$")
_BODY_BEGINS = re.compile(r"[ \t、:。;(|]|20\d\d|$")
_LIST_GAP = re.compile(rf"[\s、,;:。.…·\d和及以第页()《》“”|{_NUMERALS}-]{{0,60}}")
_ROW_LABELS = re.compile(
    "|".join(
        sorted(
            {
                label[2:6]
                for row in FORMS["2021"].tables["3"].rows
                for label in (*row.groups, row.label)
                if label[0] in _NUMERALS and label[1] == "、"
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
    inside = _outside(
        (_heading(match, "numeral") for match in _INNER_HEADING.finditer(text) if _begins_body(match)), ()
    )
    chosen = _of_main_style(_without_lists(at_lines, text))
    found = {heading.chapter for heading in chosen}
    chosen += [heading for heading in _without_lists(inside, text) if heading.chapter not in found]
    chosen += _others(text, tables, chosen)
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


def _chapter(match: re.Match[str]) -> int:
    return next(number for number in range(1, len(_CHAPTERS) + 1) if match[f"chapter{number}"])


def _heading(match: re.Match[str], style: Style, end: int | None = None) -> Heading:
    groups = match.groupdict()
    printed = groups.get(style) or groups.get("loose")
    ordinal = printed.strip("()第部分章节") if printed else None
    start = match.start(style if groups.get(style) else "loose" if groups.get("loose") else "title")
    return Heading(start, end or match.end("title"), ordinal, "", _chapter(match), style)


def _at_line(match: re.Match[str]) -> Heading | None:
    """Return the heading of a line, unless the line is a sentence that speaks of a chapter."""
    style: Style = next(
        (style for style in _STYLES if style != "bare" and match[style]), "numeral" if match["loose"] else "bare"
    )
    rest = match["rest"]
    if _NOTHING_MORE.match(rest):
        return _heading(match, style)
    if style == "bare" or match["loose"]:
        return None
    if _begins_body(match):
        return _heading(match, style)
    if _MORE_TITLE.match(rest) and "," not in rest:
        return _heading(match, style, match.start("rest") + len(rest.rstrip(" \t*#|:")))
    return None


def _begins_body(match: re.Match[str]) -> bool:
    return _BODY_BEGINS.match(match["rest"]) is not None


def _outside(found: Iterable[Heading | None], tables: Sequence[Span]) -> list[Heading]:
    return [
        heading
        for heading in islice(filter(None, found), _AT_MOST)
        if (
            (heading.chapter and heading.style != "bare")
            or not any(table.start <= heading.start < table.end for table in tables)
        )
    ]


def _without_lists(found: list[Heading], text: str) -> list[Heading]:
    """Drop runs of three and more titles with nothing between them that all come again later: a list, no chapters."""
    kept: list[Heading] = []
    for run in _runs(found, text):
        later = {heading.chapter for heading in found if heading.start > run[-1].start}
        if len(run) < 3 or not {heading.chapter for heading in run} <= later:
            kept += run
    return kept


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


def _of_main_style(found: list[Heading]) -> list[Heading]:
    """Keep the numbering style with the most chapters; titles without a numeral fill what it lacks."""
    by_style = {style: [heading for heading in found if heading.style == style] for style in _STYLES}
    main = max(_STYLES, key=lambda style: len(chapters(by_style[style])))
    kept = by_style[main]
    for style in ("numeral", "bare"):
        lacking = chapters(found) - chapters(kept)
        kept = kept + [heading for heading in by_style[style] if heading.chapter in lacking and style != main]
    return sorted(kept, key=lambda heading: heading.start)


def _others(text: str, tables: Sequence[Span], chosen: list[Heading]) -> list[Heading]:
    """Return numbered lines with titles of their own that continue the numbering of the chapters."""
    if not any(heading.style == "numeral" for heading in chosen):
        return []
    candidates = (
        Heading(match.start("numeral"), match.end("title"), match["numeral"], "", None, "numeral")
        for match in _OTHER_HEADING.finditer(text)
        if not _ROW_LABELS.match(match["title"])
    )
    others: list[Heading] = []
    for heading in _outside(candidates, tables):
        if not _known(heading, chosen) and _continues(heading, [*chosen, *others]):
            others.append(heading)
    return others


def _known(heading: Heading, chosen: list[Heading]) -> bool:
    return any(other.start <= heading.start < other.end for other in chosen)


def _continues(heading: Heading, known: list[Heading]) -> bool:
    number = _number(heading)
    before = [_number(other) for other in known if other.start < heading.start]
    behind = [_number(other) for other in known if other.start > heading.start]
    return max(before, default=0) == number - 1 and all(other > number for other in behind)


def _number(heading: Heading) -> int:
    return _NUMERALS.find(heading.ordinal) + 1 if heading.ordinal and heading.style == "numeral" else 0


def _as_printed(text: str, heading: Heading) -> Heading:
    """Return the heading with its title as published, white space and line ends inside taken out."""
    title = re.sub(
        rf"^[ \t#*]*(?:[{_NUMERALS}][ \t]*[、.．,，:：]?|第.(?:部分|章|节)|[(（].[)）]|\d[、.．])?[、:：\s]*",
        "",
        text[heading.start : heading.end],
    )
    return Heading(
        heading.start, heading.end, heading.ordinal, re.sub(r"\s+", "", title), heading.chapter, heading.style
    )
