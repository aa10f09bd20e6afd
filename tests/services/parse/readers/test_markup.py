"""Limits hold back markup that only exhausts, and nothing else."""

import pytest

from services.parse.document import Unreadable
from services.parse.readers.markup import check_structure


@pytest.mark.parametrize(
    "page",
    ["<p>文" * 50_000, "<br>" * 50_000, "<div></div>" * 50_000, "<!-- " + "x" * 100_000 + " -->", "文" * 100_000],
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
        "<table>" * 600,
        "<TaBle></TaBle>" * 600,
    ],
)
def test_exhausting_markup_is_refused(page):
    """Depth, a long tag, too many tables."""
    with pytest.raises(Unreadable):
        check_structure(page)
