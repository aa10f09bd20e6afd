"""Printed headings are held against the official ones in one form."""

import pytest

from shared.forms.chapters import CHAPTERS
from shared.headings import is_official, number_of
from shared.testing.headings import REWORDED


@pytest.mark.parametrize(("ordinal", "number"), [("一", 1), ("十", 10), ("3", 3), ("甲", 0), ("", 0), (None, 0)])
def test_an_ordinal_says_a_number(ordinal, number):
    """Numerals and digits count alike; what is neither says none."""
    assert number_of(ordinal) == number


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_the_format_itself_is_official(chapter):
    """Each title of the format is its own chapter's and no other's."""
    title = CHAPTERS[chapter][1]
    assert [number for number in CHAPTERS if is_official(number, title)] == [chapter]


@pytest.mark.parametrize(
    ("chapter", "title"),
    [
        (1, "總體 情況"),
        (4, "政府信息公开行政复议和行政诉讼情况"),
        (4, "政府信息公开行政复议，行政诉讼情况"),
        (5, "存在的主要问题和改进情况"),
        (6, "其它需要报告的事项"),
    ],
)
def test_what_means_the_same_is_official(chapter, title):
    """Width, traditional characters, punctuation and 和 or 及 are no alteration."""
    assert is_official(chapter, title)


def test_other_words_are_not():
    """Words added, left out or exchanged are."""
    altered = [(n, title) for n, titles in REWORDED.items() for title in titles if not is_official(n, title)]
    assert {(5, "存在的主要问题"), (3, "依申请公开情况"), (1, "概述"), (6, "其他")} <= set(altered)
    assert len(altered) > 60
