"""Marks that look alike make one finding; what stands before one, and who is named beside it."""

from services.parse.core import parse
from services.validate.rules.p.marked import before, marked, names_applicant
from services.validate.subject import Subject
from shared.testing.prose import clean_page

CHECKED = "由专人每周检查"


def _subject(said):
    (report,) = parse(clean_page(edits=((CHECKED, CHECKED + said),)).encode(), source="样例.txt").reports
    return Subject(report)


def test_what_is_masked_alike_and_weighs_alike_is_one():
    """With all its places, in order; what weighs nothing is left out."""
    subject = _subject("，电话13900000000、13900000000、13900000001")
    first, second = marked(subject, "mobile", lambda _: "W")
    assert [place.quote for place in first.places] == ["139****0000"] * 2
    assert second.masked == "139****0001"
    assert list(marked(subject, "mobile", lambda _: None)) == []
    assert len(list(marked(subject, "mobile", lambda mark: "W" if mark.masked.endswith("1") else "I"))) == 2


def test_what_stands_before_a_mark_ends_with_its_line():
    """In the normal form, and no further back than asked."""
    subject = _subject("。\n負責人手機：13900000000")
    mark = next(mark for mark in subject.report.marks if mark.kind == "mobile")
    assert before(subject, mark, 20) == "负责人手机:"
    assert before(subject, mark, 3) == "手机:"


def test_an_applicant_is_beside_what_stands_in_the_same_sentence():
    """Before or behind; another sentence does not count."""
    for said, beside in [
        ("，申请人张三（手机13900000000）", True),
        ("，电话13900000000，张三申请公开批文", True),
        ("，申请人张三。电话13900000000", False),
    ]:
        subject = _subject(said)
        (mark,) = [mark for mark in subject.report.marks if mark.kind == "mobile"]
        assert names_applicant(subject, mark) is beside
