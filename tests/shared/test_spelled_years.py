"""A year is the same in numerals and in digits."""

import pytest

from shared.spelled_years import with_years_in_digits


@pytest.mark.parametrize("year", ["二〇二四年", "二○二四年", "二零二四年", "二O二四年", "二〇二四 年"])
def test_every_spelling_of_a_year_is_its_digits(year):
    """However zero is written; nothing moves."""
    text = f"自{year}一月一日起"
    assert with_years_in_digits(text) == text.replace(year[:4], "2024")


@pytest.mark.parametrize("text", ["二〇二四号文件", "二十四年", "第二零二四次", "2024年"])
def test_what_is_no_year_stays(text):
    """Only four numerals before 年 are a year."""
    assert with_years_in_digits(text) == text
