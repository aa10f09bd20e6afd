"""Which sign has no other half."""

from services.parse.core import parse
from services.validate.rule import Violation
from services.validate.rules.q.q_07_unbalanced import unbalanced
from services.validate.subject import Subject
from shared.testing.prose import clean_page


def test_a_sign_is_quoted_as_it_is_printed():
    """Full width stays full width: the clerk looks for what stands there."""
    page = clean_page(edits=(("我局通过政府网站发布", "我局（含下属单位通过政府网站发布"),))
    (report,) = parse(page.encode(), source="样例.txt").reports
    (found,) = unbalanced.check(Subject(report))
    assert isinstance(found, Violation)
    assert found.message == "标点“（”不成对。"
