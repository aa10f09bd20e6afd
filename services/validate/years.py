"""Years in the prose: the period that the figures are of, and the years that clauses are about."""

import re
from dataclasses import dataclass

from services.validate.passages import Passage, Prose
from services.validate.subject import Subject
from shared.headings import number_of

Day = tuple[int, int, int]

_NUMBER = "(\\d{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_FROM = rf"(?<!\d)(20\d\d) ?[年./-] ?{_NUMBER} ?(?:月|[./-](?=\d))(?: ?{_NUMBER}(?!\d) ?日?)?"
_UNTIL = rf"(?:(20\d\d) ?[年./-] ?)?{_NUMBER} ?(?:月|[./-](?=\d))(?: ?{_NUMBER}(?!\d) ?日?)?"
_PERIOD = re.compile(
    rf"{_FROM} ?(?:零时|0时)?(?:起|开始)?,?(?: ?(?:-{{1,2}}|[\u2013-\u2015]{{1,2}}|~|至|到|截至|截止到?) ?){_UNTIL}"
)
_OF_THE_REPORT = re.compile(
    "(?:统计|数据|报告|年报)的?(?:统计|起止|所属)?(?:期限|时限|时间|时段|期间|周期|区间|范围)|报告期|所列|本(?:年度)?(?:报告|年报)"
)
_SENTENCE_END = re.compile(r"[。!?;\n]")
_REACH = 120
_BEFORE, _LONGEST_HEADING = 200, 25
_YEAR = re.compile(r"(?<!\d)(20\d\d) ?年")
_LEAD = re.compile(
    r"(?:[(\[]?[一二三四五六七八九十\d]{1,3}[)\]、.]{1,2} {0,2})?(?:[\u4e00-\u9fff]{2,16}[ :]{1,2})?(?:[一二三四五六七八九十]是)?(?:在)?"
)


@dataclass(frozen=True, slots=True)
class Period:
    """A period at start..end of the text, from the first day to the last (year, month, day), as printed: they may not exist."""

    start: int
    end: int
    first: Day
    last: Day


def stated_periods(prose: Prose) -> list[Period]:
    """Return the periods that the report states for its figures, in order; those of single tasks are none."""
    found: dict[int, Period] = {}
    for cue in _OF_THE_REPORT.finditer(prose.uncited):
        end = _SENTENCE_END.search(prose.uncited, cue.end(), cue.end() + _REACH)
        match = _PERIOD.search(prose.uncited, cue.end(), end.start() if end else cue.end() + _REACH)
        if match:
            found.setdefault(match.start(), _period(match))
    return list(found.values())


def states_a_period(prose: Prose) -> bool:
    """Whether the report says of which time its figures are, also where digits of the dates were lost."""
    periods = (_period(match) for match in _PERIOD.finditer(prose.uncited))
    return _OF_TIME.search(prose.uncited) is not None or any(each.first[1:] == (1, 1) for each in periods)


_OF_TIME = re.compile(
    r"统计(?:数据)?的?(?:起止)?(?:期限|时限|时间|时段|期间|周期|区间|年度|范围)|数据的?(?:起止|所属)?(?:期限|时限|时间|时段)|报告期(?:限|内|为|间)"
    r"|(?:数据|情况)[^。\n]{0,12}(?<!\d)20\d\d ?年(?:度|全年| ?\d{1,2} ?月)"
)


def year_of(subject: Subject) -> int | None:
    """Return the year that the report tells of: that of its period and its overview where they agree, else the year read.

    A title with another year has the last word where the year is read, so that rules about years ask here.
    """
    stated = {day[0] for period in stated_periods(subject.prose) for day in (period.first, period.last)}
    overview = subject.prose.chapters.get(1)
    named = years_in(subject.prose.uncited[overview.start : overview.end]) if overview else []
    if len(stated) == 1 and stated <= set(named) and subject.year not in named:
        return stated.pop()
    return subject.year


def years_in(text: str) -> list[int]:
    """Return the years that folded text names, in order."""
    return [int(match[1]) for match in _YEAR.finditer(text)]


def begins(prose: Prose, sentence: Passage) -> bool:
    """Whether a sentence begins where it stands: not where a line was broken at the width of a page."""
    before = prose.text[max(0, sentence.start - _BEFORE) : sentence.start].rstrip()
    at = max((section.body for section in prose.report.sections if section.body <= sentence.start), default=0)
    if not before or (sentence.start - at < _BEFORE and not prose.text[at : sentence.start].strip()):
        return True
    return before[-1] in "。!?;:》|" or len(before.rpartition("\n")[2]) <= _LONGEST_HEADING


def told(prose: Prose, sentence: Passage) -> tuple[int, str]:
    """Return where a sentence begins to tell something, behind its numeral and heading, and what, without what it cites."""
    said = prose.uncited[sentence.start : sentence.end]
    lead = _LEAD.match(said)
    skipped = lead.end() if lead else 0
    return sentence.start + skipped, said[skipped:]


def _period(match: re.Match[str]) -> Period:
    year, month, day, until, last_month, last_day = (_figure(part) if part else 0 for part in match.groups())
    first, last = (year, month, day or 1), (until or year, last_month, last_day or _last_of(last_month))
    return Period(match.start(), match.end(), first, last)


def _figure(printed: str) -> int:
    """Return the number that digits or Chinese numerals up to 99 say: 12 and 十二 are 12."""
    if printed.isdigit():
        return int(printed)
    tens, ten, ones = printed.rpartition("十")
    return number_of(ones) + (10 * (number_of(tens) or 1) if ten else 0)


def _last_of(month: int) -> int:
    return 31 if month in {1, 3, 5, 7, 8, 10, 12} else 30
