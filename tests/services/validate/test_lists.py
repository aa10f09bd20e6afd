"""Figures that stand together in a paragraph."""

import sys

import pytest

from services.parse.core import parse
from services.validate.lists import paragraphs
from services.validate.subject import Subject
from shared.testing.prose import chapters, clean_page

_OVERVIEW = chapters()[1]


def _subject(more: str) -> Subject:
    page = clean_page(edits=[(_OVERVIEW, f"{_OVERVIEW}\n{more}")])
    return Subject(parse(page.encode(), source="样例.txt").reports[0])


def _steps(subject: Subject) -> int:
    """Return how many calls it takes to tell the paragraphs, and steps of generators."""
    list(paragraphs(subject))
    steps = 0

    def count(*_: object) -> None:
        nonlocal steps
        steps += 1

    sys.setprofile(count)
    try:
        list(paragraphs(subject))
    finally:
        sys.setprofile(None)
    return steps


@pytest.mark.parametrize("between", ["", "\n"], ids=["one paragraph", "a paragraph each"])
def test_work_grows_with_the_figures_and_no_faster(between):
    """Four times the figures take about four times the steps, not sixteen."""
    few, many = (
        _subject(
            between.join(f"全年发布信息{total}条，其中动态{total - 3}条，公告3条。" for total in range(10, 10 + times))
        )
        for times in (100, 400)
    )
    assert _steps(many) <= 6 * _steps(few)


def test_equal_parts_are_parts_and_what_is_said_again_is_not():
    """A list keeps parts that are alike; the same count told twice in a paragraph is one."""
    (told,) = (
        paragraph
        for paragraph in paragraphs(
            _subject("全年发布信息7条，其中动态3条，公告3条，其他1条。收到申请90件。收到申请90件。")
        )
        if any(claim.metric.startswith("list/") for claim in paragraph.claims)
    )
    assert [claim.value for claim in told.claims if claim.metric.startswith("list/")] == [7, 3, 3, 1]
    assert [claim.value for claim in told.of("table3/本年新收/总计")] == [90]
