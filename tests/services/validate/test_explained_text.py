"""A rule in the terminal."""

import pytest

from services.validate.explained import explained
from services.validate.explained_text import explained_text
from services.validate.rules import RULES


@pytest.mark.parametrize("each", RULES, ids=lambda each: each.id)
def test_nothing_that_is_told_is_left_out(each):
    """Every paragraph, list entry and example of the parts stands in the text."""
    lines = [line.strip() for line in explained_text(each).splitlines()]
    told = "\n".join(lines)
    for part in explained(each):
        assert part.heading is None or part.heading in lines
        assert all(paragraph in told for paragraph in part.paragraphs)
        assert all(f"· {entry}" in lines for entry in part.listed)
        assert all(f"· {example.named}" in lines for example in part.examples)


def test_wrong_stands_above_right():
    """Each difference under its place."""
    (t3_01,) = (each for each in RULES if each.id == "T3-01")
    assert (
        "错误与正确\n  · 新收总计多1件\n    表三“一、本年新收·总计”\n      错误：71\n      正确：70\n"
    ) in explained_text(t3_01)


def test_what_has_no_right_beside_it_is_not_called_wrong():
    """It may be the circumstance: 零纠错 is wrong only where the table counts one."""
    (n_20,) = (each for each in RULES if each.id == "N-20")
    assert "    第一部分\n      写为：行政复议零纠错。\n" in explained_text(n_20)
