"""A chapter is called missing only where the report was read from its begin to its end, headings and all."""

import pytest

from services.parse.core import parse
from services.validate.configuration import Configuration
from services.validate.core import judge
from services.validate.rule import Unchecked
from services.validate.rules.s.chapter_missing import OVERVIEW, missing_chapter
from services.validate.subject import Subject
from shared.forms.chapters import CHAPTERS, heading
from shared.testing.headings import NUMBERINGS, REWORDED, SPOKEN_OF, numbered
from shared.testing.layouts import WHOLE
from shared.testing.prose import clean_page

STRUCTURAL = {"S-01", "S-02", "S-03", "S-04", "S-05", "S-06", "S-07", "S-09", "S-10"}


def _read(page, source="样例.txt"):
    (report,) = parse(page.encode(), source=source).reports
    return Subject(report)


def _said(page):
    """Return what is said of each chapter: a severity, or why nothing can be said."""
    subject = _read(page)
    said = {chapter: list(missing_chapter(subject, chapter)) for chapter in CHAPTERS}
    return {chapter: _one(statements) for chapter, statements in said.items() if statements}


def _one(statements):
    (each,) = statements
    return each.reason if isinstance(each, Unchecked) else each.severity


def test_a_page_captured_from_its_middle_lacks_nothing():
    """What stands before the first heading that was read may not have been read either."""
    page = clean_page()
    assert _said(page[page.index(heading(3)) :]) == {1: "low_confidence", 2: "low_confidence"}


def test_a_page_cut_off_in_a_sentence_lacks_nothing_behind_it():
    """Chapter 六 may stand where the text no longer reaches."""
    page = clean_page()
    assert _said(page[: page.index("明确公开专栏的更新时限") + 9]) == {6: "low_confidence"}


def test_a_page_that_ends_with_a_sentence_lacks_what_does_not_follow():
    """The same page, ended properly."""
    page = clean_page()
    assert _said(page[: page.index(heading(6))]) == {6: "E"}


def test_where_most_headings_were_not_read_nothing_is_called_missing():
    """Two headings of six: the others are rather lost than missing."""
    page = clean_page()
    for chapter in (2, 3, 4, 5):
        page = page.replace(heading(chapter), "")
    assert set(_said(page).values()) == {"low_confidence"}


def test_where_half_of_the_headings_were_read_it_is_only_asked():
    """Three missing chapters are no certain error each."""
    page = clean_page()
    for chapter in (2, 3, 4):
        page = page.replace(heading(chapter), "")
    assert _said(page) == dict.fromkeys((2, 3, 4), "W")


def test_a_report_on_2019_in_the_form_of_before_is_only_told():
    """The form was encouraged for 2019: a report in none of it gets hints, one in some of it warnings."""
    page = clean_page("2021", "no_tables").replace("2024", "2019").replace(heading(4), "").replace(heading(6), "")
    assert _said(page) == {4: "I", 6: "I"}
    page = clean_page("2019").replace("2020", "2019").replace(heading(4), "")
    assert _said(page) == {4: "W"}


def test_problems_told_behind_the_table_have_lost_their_heading():
    """The text of chapter 五 below table 4 is chapter 五 without its heading."""
    page = clean_page().replace(heading(5), "").replace("（一）存在的主要问题。", "")
    assert _said(page) == {5: "W"}


def test_a_long_text_before_the_chapters_is_the_overview():
    """Of how many characters, an office may set otherwise."""
    report = _read(clean_page().replace(heading(1), "")).report
    (hint,) = missing_chapter(Subject(report), 1)
    assert hint.severity == "I"
    longer = Configuration("1", thresholds={(OVERVIEW.rule, OVERVIEW.name): 100_000})
    (error,) = missing_chapter(Subject(report, configuration=longer), 1)
    assert error.severity == "E"


@pytest.mark.parametrize("style", WHOLE)
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_no_layout_loses_a_chapter(style, chapter):
    """No chapter is missing, misplaced or doubled in any layout, also under titles of the agency's own."""
    for title in REWORDED[chapter][::4]:
        if style == "lost_breaks" and title in {"其他", "存在的问题", "存在的主要问题"}:
            continue  # words of any sentence
        page = clean_page("2021", style, [(heading(chapter), f"{CHAPTERS[chapter][0]}、{title}")])
        found = judge(_read(page, "样例.html" if style.endswith("html") else "样例.txt")).findings
        assert not {each.rule for each in found} & STRUCTURAL, title


def test_headings_printed_at_random_make_no_false_finding(chance):
    """Whatever numbering, wording and breaks the headings have, and whatever prose speaks of them: at most the missing one is."""
    forms = [form for form in NUMBERINGS if "（{n}）" not in form and "({n})" not in form]  # items are numbered so too
    for _ in range(12):
        style, form = chance.choice([style for style in WHOLE if style != "lost_breaks"]), chance.choice(forms)
        printed = {chapter: numbered(form, chapter, _title(chance, chapter, form)) for chapter in CHAPTERS}
        missing = chance.choice([None, *CHAPTERS])
        edits = [(heading(chapter), "" if chapter == missing else text) for chapter, text in printed.items()]
        between = "</p><p>" if style.endswith("html") else "\n"
        before = chance.choice(["（二）依申请公开。", "（五）监督保障。", "（二）改进措施。", "除上述情况外，"])
        edits.append((before, between.join(["", *chance.sample(SPOKEN_OF, 2), before])))
        page = clean_page("2021", style, edits)
        found = judge(_read(page, "样例.html" if style.endswith("html") else "样例.txt")).findings
        assert {each.rule for each in found} & STRUCTURAL <= {f"S-0{missing}"}, (style, edits)


def _title(chance, chapter, form):
    """Return a title of the chapter: the format's, at times reworded (where a numeral tells it), at times broken."""
    title = CHAPTERS[chapter][1]
    if "{n}" in form and form != "{n}{t}" and chance.random() < 0.2:
        title = chance.choice([each for each in REWORDED[chapter] if "20" not in each and len(each) > 5])
    at = chance.randrange(1, len(title))
    return f"{title[:at]}{chance.choice(chr(10) + ' ')}{title[at:]}" if chance.random() < 0.2 else title
