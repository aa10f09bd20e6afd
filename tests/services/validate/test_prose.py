"""How a contradiction between the prose and a table is told."""

import pytest

from services.parse.core import parse
from services.validate.rule import Violation
from services.validate.rules.n.n_17_no_applications import no_applications
from services.validate.rules.n.n_22_suits import suits
from services.validate.subject import Subject
from shared.testing.prose import clean_page

_OFFICE = "我局通过政府网站发布"


@pytest.mark.parametrize(
    ("rule", "said", "told"),
    [
        (no_applications, "未收到政府信息公开申请", "“未收到政府信息公开申请”，表三“一、本年新收·总计”为70件"),
        (suits, "发生行政诉讼6件", "行政诉讼合计为5件，相差1件"),
    ],
)
def test_both_sides_are_told_with_their_figures(rule, said, told):
    """What the prose says in its words, what the table counts under its printed name: …为…件."""
    (report,) = parse(clean_page(edits=((_OFFICE, f"{said}。{_OFFICE}"),)).encode(), source="样例.txt").reports
    messages = [found.message for found in rule.check(Subject(report)) if isinstance(found, Violation)]
    assert any(told in message for message in messages)
