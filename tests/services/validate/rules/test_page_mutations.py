"""Mutations on the page: any single fault of the document is found by its rule."""

import re
from itertools import pairwise

import pytest

from services.parse.core import parse
from services.validate.core import judge
from services.validate.subject import Subject
from shared.forms.chapters import CHAPTERS, heading
from shared.testing.prose import clean_page, title
from shared.testing.reports import clean_report

EDITIONS = ("2019", "2021")
PROSE = (1, 5, 6)
TABLES = (2, 3, 4)
NOTES = "填报注意事项：请各单位认真审核后报送，审核表扫描件发送至指定邮箱。"


def _found(page):
    (report,) = parse(page.encode(), source="样例.txt").reports
    judgement = judge(Subject(report))
    assert judgement.failures == ()
    return {(finding.rule, finding.severity) for finding in judgement.findings}


def _chapters(edition):
    """Return the page cut at the headings of its chapters: what stands before the first, then each chapter."""
    page = clean_page(edition)
    starts = [re.search(rf"^{re.escape(heading(number))}$", page, re.MULTILINE).start() for number in CHAPTERS]
    cuts = [0, *starts, len(page)]
    return [page[start:end] for start, end in pairwise(cuts)]


@pytest.mark.parametrize("number", PROSE)
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_deleted_chapter_of_prose_is_missing(edition, number):
    """Without chapter 1, 5 or 6 its own S rule says so, and no other chapter is called missing."""
    pieces = _chapters(edition)
    found = _found("".join(pieces[:number] + pieces[number + 1 :]))
    missing = {rule for rule, _ in found if re.fullmatch(r"S-0[1-6]", rule)}
    assert missing == {f"S-0{number}"}, found


@pytest.mark.parametrize("number", TABLES)
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_deleted_chapter_with_its_table_is_missing(edition, number):
    """Without chapter 2, 3 or 4 the chapter and its table are missing, and no other."""
    pieces = _chapters(edition)
    found = _found("".join(pieces[:number] + pieces[number + 1 :]))
    assert ("F-04", "E") in found
    assert {rule for rule, _ in found if re.fullmatch(r"S-0[1-6]", rule)} == {f"S-0{number}"}, found


@pytest.mark.parametrize("first", [1, 2, 3, 4, 5])
def test_two_chapters_swapped_are_out_of_order(first):
    """Whichever two neighbours change places with their headings."""
    pieces = _chapters("2021")
    pieces[first], pieces[first + 1] = pieces[first + 1], pieces[first]
    assert "S-07" in {rule for rule, _ in _found("".join(pieces))}


@pytest.mark.parametrize("number", PROSE)
def test_a_chapter_printed_twice_is_told(number):
    """The same heading twice is S-09."""
    pieces = _chapters("2021")
    pieces[number] += pieces[number]
    assert "S-09" in {rule for rule, _ in _found("".join(pieces))}


def _identity_number(chance):
    """Return an invented identity number whose check digit holds (GB 11643—1999)."""
    digits = f"110101{chance.randrange(1960, 2000)}{chance.randrange(1, 13):02}{chance.randrange(1, 29):02}{chance.randrange(1000):03}"
    weights = [2 ** (17 - place) % 11 for place in range(17)]
    remainder = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
    return digits + "10X98765432"[remainder]


def test_an_identity_number_is_an_error_that_shows_none_of_it(chance):
    """Wherever in the prose it stands, P-01 finds it, and no message or quotation has it."""
    number = _identity_number(chance)
    page = clean_page()
    stops = [found.end() for found in re.finditer("。", page)]
    at = chance.choice(stops)
    mutated = f"{page[:at]}申请人身份证号{number}。{page[at:]}"
    (report,) = parse(mutated.encode(), source="样例.txt").reports
    judgement = judge(Subject(report))
    assert ("P-01", "E") in {(finding.rule, finding.severity) for finding in judgement.findings}
    assert number not in report.text
    assert number not in repr(judgement)


@pytest.mark.parametrize("step", [-2, -1])
@pytest.mark.parametrize("edition", EDITIONS)
def test_another_year_in_the_title_is_told(edition, step):
    """A title of an earlier year contradicts the year that the rest reports on: Y-01."""
    year = clean_report(edition).year
    page = clean_page(edition, edits=[(title(edition), title(edition).replace(str(year), str(year + step)))])
    assert {rule for rule, _ in _found(page)} & {"Y-01", "Y-02", "Y-04"}


@pytest.mark.parametrize("edition", EDITIONS)
def test_another_period_is_told(edition):
    """A period that ends early is Y-02."""
    year = clean_report(edition).year
    page = clean_page(edition, edits=[(f"起至{year}年12月31日止", f"起至{year - 1}年12月31日止")])
    assert "Y-02" in {rule for rule, _ in _found(page)}


@pytest.mark.parametrize("edition", EDITIONS)
def test_drafting_notes_at_the_end_are_told(edition):
    """Instructions to the clerk behind the last chapter are L-01."""
    assert "L-01" in {rule for rule, _ in _found(clean_page(edition) + NOTES + "\n")}


@pytest.mark.parametrize("blank", ["XX", "\u00d7\u00d7", "___"])
def test_a_placeholder_in_the_prose_is_told(blank):
    """A count that was never filled in is L-02."""
    assert ("L-02", "E") in _found(clean_page(edits=[("政府信息326条", f"政府信息{blank}条")]))
