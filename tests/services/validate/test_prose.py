"""How a contradiction between the prose and a table is told."""

import pytest

from services.parse.core import parse
from services.validate.rule import Violation
from services.validate.rules.n.n_01_received import received
from services.validate.rules.n.n_17_no_applications import no_applications
from services.validate.rules.n.n_22_suits import suits
from services.validate.subject import Subject
from shared.testing.prose import clean_page

_OFFICE = "我局通过政府网站发布"
_FLOW = "全年新收政府信息公开申请70件，上年结转5件，办结68件，结转下年度继续办理7件"


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


@pytest.mark.parametrize(("region", "count"), [(70, 0), (80, 1)])
def test_a_table_may_be_about_the_whole_region(region, count):
    """Where the prose tells both the region's figure and the office's own, a table that counts the region contradicts neither."""
    said = f"全县共收到政府信息公开申请{region}件，其中县政府办公室收到12件"
    (report,) = parse(clean_page(edits=((_FLOW, said),)).encode(), source="样例.txt").reports
    assert len([found for found in received.check(Subject(report)) if isinstance(found, Violation)]) == count


@pytest.mark.parametrize(
    ("behind", "count"),
    [("（上年结转5件）", 0), ("（含上年结转5件）", 0), ("（不含上年结转5件）", 1), ("（另有上年结转5件）", 1), ("", 1)],
)
def test_a_bracket_may_name_what_is_counted_in(behind, count):
    """What was carried over and stands in a bracket right behind the figure may be part of it, unless the bracket says that it is not."""
    (report,) = parse(
        clean_page(edits=((_FLOW, f"收到政府信息公开申请75件{behind}"),)).encode(), source="样例.txt"
    ).reports
    assert len([found for found in received.check(Subject(report)) if isinstance(found, Violation)]) == count
