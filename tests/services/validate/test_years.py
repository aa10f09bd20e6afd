"""Which years the prose speaks of: its period, and the year it tells of whatever its title says."""

import pytest

from services.parse.core import parse
from services.validate.subject import Subject
from services.validate.years import stated_periods, states_a_period, told, year_of
from shared.testing.prose import clean_page

_STATED = "自2024年1月1日起至2024年12月31日止"
_TITLE = "样例市数据局2024年政府信息公开工作年度报告"
_YEAR = ((2024, 1, 1), (2024, 12, 31))


def _subject(*edits):
    (report,) = parse(clean_page(edits=edits).encode(), source="样例.txt").reports
    return Subject(report)


@pytest.mark.parametrize(
    "printed",
    [
        "自2024年1月1日起至2024年12月31日止",
        "为2024年1月1日至12月31日",
        "为2024年1月1日—12月31日",
        "为2024年1月至12月",
        "为2024.1.1-2024.12.31",
        "为2024-01-01至2024-12-31",
        "为２０２４年１月１日～２０２４年１２月３１日",
        "自二〇二四年一月一日起至十二月三十一日止",
        "从2024 年 1 月 1 日起，至 2024 年 12 月 31 日止",
    ],
)
def test_a_period_is_read_in_every_spelling(printed):
    """Its first and last day are those printed; what is left out is the year of the first day and a month's ends."""
    (period,) = stated_periods(_subject((_STATED, printed)).prose)
    assert (period.first, period.last) == _YEAR


@pytest.mark.parametrize("printed", ["自202411日起至20241231日止", "为2024年全年", "见各表"])
def test_a_period_without_its_digits_is_stated_but_not_read(printed):
    """Nothing is guessed where dates are damaged or spelled out."""
    prose = _subject((_STATED, printed)).prose
    assert stated_periods(prose) == []
    assert states_a_period(prose)


def test_periods_of_single_tasks_are_not_the_period_of_the_report():
    """Only what the report says of its own figures counts."""
    prose = _subject(("全年组织业务培训2次", "2024年3月1日至2024年5月31日组织业务培训2次")).prose
    assert [(period.first, period.last) for period in stated_periods(prose)] == [_YEAR]


@pytest.mark.parametrize(
    ("edits", "year"),
    [
        ((), 2024),
        (((_TITLE, _TITLE.replace("2024", "2023")),), 2024),
        (((_STATED, "自2023年1月1日起至2023年12月31日止"),), 2024),
        (((_TITLE, "样例市数据局政府信息公开工作年度报告"),), 2024),
    ],
)
def test_the_year_is_that_of_period_and_overview_where_they_agree(edits, year):
    """One wrong year of three does not carry the others away."""
    assert year_of(_subject(*edits)) == year


@pytest.mark.parametrize(
    "sentence", ["2023年我局培训1次", "一是2023年我局培训1次", "在2023年我局培训1次", "3.2023年我局培训1次"]
)
def test_a_sentence_begins_behind_its_numeral(sentence):
    """Numerals and 一是 are no part of what is told."""
    prose = _subject(("全年组织业务培训2次", f"另外。{sentence}")).prose
    begun = [told(prose, each)[1] for each in prose.sentences if "2023" in each.text]
    assert [said[:5] for said in begun] == ["2023年"]
