"""Examples for readers: what is printed beside what is right."""

import pytest

from services.validate.examples import Difference, traps, wrong
from services.validate.rule import Case, rule
from services.validate.rules import RULES
from shared.model.agency import Agency
from shared.testing.prose import title


def _wrong(case, *silent):
    @rule(id="S-99", severity="W", breaks=(case,), silent=silent)
    def example(_subject):
        """例子"""
        yield from ()

    (shown,) = wrong(example)
    return shown


@pytest.mark.parametrize("each", RULES, ids=lambda each: each.id)
def test_every_example_can_be_shown(each):
    """Each example says in words what it is about, and each of its edits leads to a place that readers know."""
    for shown, case in zip((*wrong(each), *traps(each)), (*each.breaks, *each.silent), strict=True):
        assert shown.what == case.what
        assert all(difference.place and difference.printed for difference in shown.differences)


def test_what_the_page_prints_stands_beside_what_it_should_print():
    """In its sentence; what is only added is to be struck out, what is left out is not printed."""
    year = Case("写错年度", text=(("2024年度我局", "2023年度我局"),))
    fee = "年度我局未收取政府信息公开信息处理费。"
    assert _wrong(year).differences == (Difference("第六部分", f"2023{fee}", f"2024{fee}"),)
    note = Case("多一句", text=((f"2024{fee}", f"2024{fee}请审核。"),))
    assert _wrong(note).differences == (Difference("第六部分", "请审核。", "（删去）"),)
    less = Case("少一句", text=((f"2024{fee}", ""),))
    assert _wrong(less).differences == (Difference("第六部分", "（没有印出）", f"2024{fee}"),)


def test_prose_that_a_silent_case_prints_too_is_not_called_wrong():
    """What is wrong is the figure beside it."""
    same = {"prose": {"六": "没有发出收费通知。"}}
    prose, figure = _wrong(Case("", {**same, "table3/本年新收/总计": 71}), Case("", same)).differences
    assert (prose.printed, prose.right) == ("没有发出收费通知。", None)
    assert (figure.printed, figure.right) == ("71", "70")


def test_whose_report_it_is_is_no_fault():
    """An example of another agency names its title, and shows of its page only what is wrong in that agency's report."""
    scene = ((title(), "样例县麦穗镇2024年政府信息公开工作年度报告"), ("我局通过", "我镇通过"))
    shown = _wrong(Case("自称我局", scene=scene, text=(("我镇通过政府网站", "我局通过政府网站"),)))
    assert shown.known == ("标题为“样例县麦穗镇2024年政府信息公开工作年度报告”",)
    (difference,) = shown.differences
    assert difference.printed.startswith("我局通过")
    assert difference.right is not None
    assert difference.right.startswith("我镇通过")


def test_a_cell_stands_beside_the_figure_of_the_clean_report():
    """By the place's printed name; a row with all its figures, a column without."""
    assert _wrong(Case("", {"table3/本年新收/总计": 71})).differences == (
        Difference("表三“一、本年新收·总计”", "71", "70"),
    )
    assert _wrong(Case("", {"table3/本年新收": {"state": "missing"}})).differences == (
        Difference("表三“一、本年新收”行", "（没有印出）", "60、7、0、1、2、0、70"),
    )
    assert _wrong(Case("", {"table3//总计": None})).differences == (Difference("表三“总计”列", "（没填）", None),)


def test_a_figure_that_is_right_has_no_other_beside_it():
    """An edit that prints what the clean report prints is not called wrong."""
    assert _wrong(Case("", {"table3/本年新收/总计": 70})).differences[0].right is None


def test_prose_stands_beside_the_silent_case_that_is_most_like_it():
    """Of the silent cases that change nothing else; none: what is right is not said."""
    case = Case("", {"prose": {"一": "收到申请71件。"}})
    right = Case("", {"prose": {"一": "收到申请70件。"}})
    other = Case("", {"prose": {"一": "收到来信336件。"}})
    with_figures = Case("", {"prose": {"一": "收到申请71件。"}, "table3/本年新收/总计": 71})
    assert _wrong(case, other, right, with_figures).differences == (
        Difference("第一部分", "收到申请71件。", "收到申请70件。"),
    )
    assert _wrong(case, with_figures).differences[0].right is None


def test_what_is_known_beside_the_report_stands_with_the_case():
    """Edition, directory row, year, attachments and the year before are no faults of the text."""
    case = Case(
        "县填了规章",
        {"report": {"year": 2022}},
        edition="2019",
        agency=Agency("1", "样例县人民政府", level="县", type="政府"),
        earlier={"table3/结转下年度/总计": 6},
    )
    assert _wrong(case).named == (
        "县填了规章（2019年试行格式；机关名录：样例县人民政府，县级，政府；报告年度：2022；"
        "上一年度报告表三“四、结转下年度·总计”为6）"
    )
    assert _wrong(case).differences == ()
