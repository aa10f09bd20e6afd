"""What readers are told about a rule."""

import pytest

from services.validate.examples import Difference, Example
from services.validate.explained import explained, trap
from services.validate.rule import Case, rule
from services.validate.rules import RULES
from services.validate.threshold import Threshold
from shared.forms.sources import SOURCES


@pytest.mark.parametrize("each", RULES, ids=lambda each: each.id)
def test_every_rule_tells_what_why_basis_examples_and_how_to_answer(each):
    """The parts in their order; a basis with its number, date and how far it was verified."""
    parts = {part.heading: part for part in explained(each)}
    examples = "错误与正确" if each.severity else "会列出的例子"
    assert list(parts)[:5] == [None, "依据", examples, "不算错误的情形", "怎样答复"]
    assert "为什么：" in "".join(parts[None].paragraphs)
    told = "".join(parts["依据"].listed)
    assert all(SOURCES[ref].number in told and SOURCES[ref].date in told for ref in each.basis)
    assert len(parts[examples].examples) == len(each.breaks)
    assert len(parts["不算错误的情形"].listed) == len(each.silent)
    assert each.suggestion is None or each.suggestion in "".join(parts["怎样答复"].paragraphs)


def test_thresholds_are_told_with_what_they_mean():
    """A figure that an office may set otherwise has its name, its value and its meaning."""
    threshold = Threshold("S-99", "characters", 200, "少于多少字算少")

    @rule(id="S-99", severity="I", breaks=(Case("短"),), silent=(Case("长"),), thresholds=(threshold,))
    def short(_subject):
        """太短"""
        yield from ()

    assert explained(short)[-1].listed == ("S-99.characters = 200：少于多少字算少",)


def test_a_trap_is_told_on_one_line():
    """With what it prints: words in quotes, figures and states without."""
    differences = (Difference("正文", "第一行\n第二行", "第一行"), Difference("表三", "（没填）", None))
    assert trap(Example("换行", (), differences)) == "换行：正文为“第一行 第二行”；表三为（没填）"
    assert trap(Example("标题", (), (Difference("正文", "（一）收费", None),))) == "标题：正文为“（一）收费”"
    assert trap(Example("没有机关名录", (), ())) == "没有机关名录"


def test_what_an_office_asks_for_rests_on_the_office():
    """A rule without an article is no contradiction where it judges by what is asked locally."""
    (local,) = [rule for rule in RULES if rule.local]
    (basis,) = [part.listed for part in explained(local) if part.heading == "依据"]
    assert basis == ("本地的要求，由本单位在规则集文件中设定。",)
