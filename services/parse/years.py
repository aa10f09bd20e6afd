"""The year reported on: what the title says, unless the period and the prose agree on another."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from services.parse.sections import Heading
from services.parse.titles import Title
from shared.citations import without_citations
from shared.spelled_years import with_years_in_digits

_PERIOD = re.compile(
    r"(?<!\d)(20[0-4]\d)[\s年.\-/]{0,2}[\d\s月.\-/]{0,6}日?\s?起?\s?(?:-{1,2}|—{1,2}|~|至|到)\s?(20[0-4]\d)?[\s年.\-/]{0,2}[\d\s月.\-/]{1,7}日"
)
_PAPER = "预算|决算|法治政府|国民经济|统计公报|统计年鉴|审计结果|审计工作报告"  # of the year before, as often as not
_CLAUSE = re.compile(
    rf"(?<![\d比较与和超去于至转到])(20[0-4]\d)\s?年(?!\s?\d{{1,2}}\s?月|结转|\(|度?[\u4e00-\u9fff]{{0,6}}?(?:{_PAPER}))"
)
_UNTIL = re.compile(r"截[至止到]{1,2}(?:日期|时间)?(?:为|到)?(20[0-4]\d)\s?年1[12]月")
_COMPARED = re.compile(r"(?:相较|相比|对比|比|较|上年|去年|计划|下一步)\s?$")

_TITLE_WEIGHT = 3
_PERIOD_WEIGHT = 2
_PROSE_WEIGHT = 2


def reported_year(text: str, titles: Sequence[Title], headings: Sequence[Heading]) -> int | None:
    """Return the year that title (3), period (2) and the prose up to chapter 二 (at most 2) give together; None if none does.

    Where none does, it is the year until whose end things are counted (截至2024年12月31日).
    The title wins a tie, then the prose: a period is what is copied most. Years of URLs, publication dates, cited documents and instruments do not count.
    """
    prose = without_citations(with_years_in_digits(text))
    votes: Counter[int] = Counter()
    for titled in dict.fromkeys(title.year for title in titles if title.year):
        votes[titled] += _TITLE_WEIGHT
    clauses = list(_clauses(prose[: _prose_end(headings, len(prose))], titles))
    if (said := _most_common(clauses)) is not None:
        votes[said] += min(_PROSE_WEIGHT, clauses.count(said))
    if (period := _most_common(_periods(prose))) is not None:
        votes[period] += _PERIOD_WEIGHT
    return votes.most_common(1)[0][0] if votes else _most_common([int(match[1]) for match in _UNTIL.finditer(prose)])


def _prose_end(headings: Sequence[Heading], end: int) -> int:
    return next((heading.start for heading in headings if heading.chapter and heading.chapter >= 2), end)


def _periods(prose: str) -> list[int]:
    """Return the years of stated periods within one year, digits lost around 年 and 月 allowed for."""
    return [int(match[1]) for match in _PERIOD.finditer(prose) if match[2] in {None, match[1]}]


def _clauses(prose: str, titles: Sequence[Title]) -> Iterator[int]:
    for match in _CLAUSE.finditer(prose):
        in_title = any(title.start <= match.start() < title.end for title in titles)
        if not in_title and not _COMPARED.search(prose[max(0, match.start() - 4) : match.start()]):
            yield int(match[1])


def _most_common(years: list[int]) -> int | None:
    """Return the year named most often, None where two are named equally often."""
    ranked = Counter(years).most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]
