"""The prose as rules read it: where its chapters are headed, and the places that findings show."""

from dataclasses import replace

import pytest

from services.parse.core import parse
from services.validate.passages import Prose
from shared.forms.chapters import heading
from shared.model.finding import TextPlace
from shared.testing.prose import chapters, clean_page, introduction, title
from shared.testing.reports import clean_report
from shared.text import fold


def _report():
    (report,) = parse(clean_page().encode(), source="样例.txt").reports
    return report


@pytest.mark.parametrize("chapter", range(1, 7))
def test_what_a_chapter_lacks_is_shown_at_its_heading(chapter):
    """The place is the heading as printed."""
    report = _report()
    place = Prose(report).heading(chapter)
    assert report.text[place.start : place.end] == place.quote == heading(chapter)


def test_without_the_heading_it_is_shown_at_the_title():
    """A chapter that is not there has no place of its own."""
    report = replace(_report(), sections=())
    assert title().startswith(Prose(report).heading(1).quote.rstrip("…"))
    assert Prose(report).heading(1).section == "title"


def test_without_a_title_it_is_shown_at_the_beginning():
    """There is nothing to quote then."""
    assert Prose(replace(_report(), sections=(), title_at=None)).heading(1) == TextPlace(None, "", 0, 0)


def test_ten_places_are_shown_at_most():
    """Who finds ten of a kind finds the others."""
    prose = Prose(_report())
    assert len(prose.places((at, at + 2) for at in range(0, 80, 4))) == 10
    assert prose.places(iter(())) == ()


@pytest.mark.parametrize("number", [1, 5, 6])
def test_the_text_of_a_chapter_stands_where_it_says(number):
    """Passages are in the normal form and have the positions of the report's text."""
    report = _report()
    passage = Prose(report).chapters[number]
    assert report.text[passage.start : passage.end] == chapters()[number]
    assert passage.text == fold(chapters()[number])


def test_a_report_without_text_has_no_passages():
    """Where nothing was read, rules find nothing to judge."""
    prose = Prose(clean_report())
    assert prose.sentences == prose.lines == ()
    assert prose.introduction is None
    assert not any(prose.chapters.values())


def test_the_introduction_stands_between_title_and_first_chapter():
    """It is what the report says before its chapters."""
    found = Prose(_report()).introduction
    assert found.section is None
    assert found.text[:60] == fold(introduction())[:60]
