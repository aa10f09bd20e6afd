"""Sentences that come again because the page prints them again."""

import pytest

from services.parse.core import parse
from services.validate.rules.q.q_01_repeated_sentence import repeated_sentence
from services.validate.subject import Subject
from shared.forms.chapters import heading
from shared.testing.layouts import WHOLE
from shared.testing.prose import chapters, clean_page

_END = "除上述情况外，没有其他需要报告的事项。"
_DAILY = "优化政府网站公开专栏的检索功能，加强政务新媒体的日常维护，方便公众查询和下载。"


def _found(page):
    (report,) = parse(page.encode(), source="样例.txt").reports
    return list(repeated_sentence.check(Subject(report)))


@pytest.mark.parametrize("style", WHOLE)
def test_a_chapter_that_is_printed_twice_repeats_no_sentence(style):
    """What is wrong there is the heading that comes again, not each of the sentences."""
    page = clean_page(style=style, edits=((_END, f"{_END}\n{heading(5)}\n{chapters()[5]}"),))
    assert not _found(page)


def test_a_narrative_that_comes_again_in_an_attachment_repeats_no_sentence():
    """Most long sentences twice: the page says it again for another screen, or in its attachment."""
    assert not _found(clean_page(edits=((_END, f"{_END}\n{chapters()[1]}"),)))


@pytest.mark.parametrize("style", WHOLE)
def test_a_report_that_a_page_holds_twice_repeats_no_sentence(style):
    """For telephones and for screens: the introduction before the chapters comes again with them."""
    page = clean_page(style=style)
    assert not _found(f"{page}\n{page}")


@pytest.mark.parametrize("style", WHOLE)
def test_one_sentence_that_comes_again_is_found(style):
    """A sentence that was pasted twice is one, in every layout."""
    (violation,) = _found(clean_page(style=style, edits=((_DAILY, f"{_DAILY}{_DAILY}"),)))
    assert [place.section for place in violation.places] == ["一", "一"]
    assert violation.severity == "W"


@pytest.mark.parametrize(
    ("sentence", "severity"),
    [
        (_DAILY, "W"),
        (_DAILY.replace("优化", "未优化"), "I"),
        (_DAILY.replace("检索功能", "检索功能12项"), "I"),
    ],
)
def test_a_fact_in_two_chapters_is_only_a_hint(sentence, severity):
    """How many there were, or that something did not happen, may well stand in two chapters."""
    (violation,) = _found(clean_page(edits=((_DAILY, sentence), (_END, f"{_END}\n{sentence}"))))
    assert violation.severity == severity


def test_the_frame_of_a_page_repeats_no_sentence():
    """Whose website it is stands on a page more than once."""
    frame = "主办单位：样例市人民政府办公室，技术支持：样例市大数据中心，备案编号：样例备案00000000号。"
    assert not _found(clean_page(edits=((_END, f"{_END}\n{frame}\n{frame}"),)))
