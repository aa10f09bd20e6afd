"""The rule book for readers."""

import pathlib
import re

from services.validate.examples import Difference, Example
from services.validate.explained import Part, heading
from services.validate.rulebook import _blocks, anchor, explain, rule_book
from services.validate.rules import FAMILIES, RULES
from shared.forms.sources import SOURCES
from shared.model.reasons import REASONS


def test_the_book_holds_every_rule_reason_and_source():
    """Nothing that a finding may name is undocumented."""
    book = rule_book()
    assert all(explain(rule) in book for rule in RULES)
    assert all(f"`{code}`" in book for code in REASONS)
    assert all(source.number in book and source.date in book for source in SOURCES.values())


def test_the_index_names_each_rule_by_family_and_by_severity():
    """Every rule twice, under its family and under its severity, and no other."""
    index = rule_book().partition("## 索引")[2].partition("\n## ")[0]
    by_family, by_severity = index.split("| 级别 |")
    for table in (by_family, by_severity):
        named = re.findall(r"\[([A-Z0-9]+-\d\d)\]", table)
        assert sorted(named) == sorted(rule.id for rule in RULES)
    rows = [line for line in by_family.splitlines() if line.startswith("| [")]
    for family, row in zip(FAMILIES, rows, strict=True):
        assert set(re.findall(r"\[([A-Z0-9]+)-\d\d\]", row)) <= {family}


def test_a_link_is_the_heading_without_its_punctuation():
    """As GitHub makes them: small letters, hyphens for blanks, letters and digits of any script kept."""
    assert anchor("T3-08 “其他处理”中的“其他”未作说明") == "t3-08-其他处理中的其他未作说明"


def test_what_is_printed_cannot_break_a_table():
    """Pipes, brackets and line ends of an example stay within their cell."""
    shown = Example("表格", (), (Difference("正文", "规章 | 0 |\n<b>*注*</b>", "规章"),))
    (_, table) = _blocks(Part("错误与正确", examples=(shown,)))
    assert table.splitlines()[2] == r"| 表格 | 正文 | 规章 \| 0 \|<br>\<b>\*注\*\</b> | 规章 |"


def test_headings_are_unique():
    """A link leads to one rule."""
    assert len({anchor(heading(rule)) for rule in RULES}) == len(RULES)


def test_the_page_is_in_step_with_the_rules():
    """docs/rules.md is what the rule files say."""
    page = pathlib.Path(__file__).parents[3] / "docs" / "rules.md"
    assert page.read_text(encoding="utf-8") == rule_book()
