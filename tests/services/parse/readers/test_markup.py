"""Limits hold back markup that only exhausts, and nothing else."""

import pytest

from services.parse.document import Unreadable
from services.parse.readers.markup import check_structure


@pytest.mark.parametrize(
    "page",
    [
        "<p>文" * 50_000,
        "<br>" * 50_000,
        "<div></div>" * 50_000,
        "<div><span>文</div>" * 10_000,
        "<!-- " + "x" * 100_000 + " -->",
        "文" * 100_000,
        "文" * 100_000 + "<p " + "a" * 60_000 + ">",
        "<script>" + "'<div>'" * 50_000 + "</script>",
    ],
)
def test_long_pages_pass(page):
    """Length alone, unclosed paragraphs and long comments are no attack."""
    check_structure(page)


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 6000,
        "<b>" * 6000,
        "</x><div>" * 6000,
        "<o:p>" * 6000,
        "<svg>" + "<td>" * 6000,
        "<span><div></span></div>" * 6000,
        "<p " + "a=1 " * 20_000 + ">",
        ">" * 40_000 + "文" * 40_000 + "<p " + "a=1 " * 20_000 + ">",
        "<p>" * 40_000 + "</p " + "a" * 70_000,
        "<br>" * 600_000,
    ],
)
def test_exhausting_markup_is_refused(page):
    """Depth, whatever is said to be closed; a long tag; too many tags."""
    with pytest.raises(Unreadable):
        check_structure(page)
