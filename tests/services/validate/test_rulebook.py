"""The rule book for readers."""

import pathlib

from services.validate.rulebook import explain, rule_book
from services.validate.rules import RULES
from shared.forms.sources import SOURCES
from shared.model.reasons import REASONS


def test_the_book_holds_every_rule_reason_and_source():
    """Nothing that a finding may name is undocumented."""
    book = rule_book()
    assert all(explain(rule) in book for rule in RULES)
    assert all(f"`{code}`" in book for code in REASONS)
    assert all(source.number in book and source.date in book for source in SOURCES.values())


def test_the_page_is_in_step_with_the_rules():
    """docs/rules.md is what the rule files say."""
    page = pathlib.Path(__file__).parents[3] / "docs" / "rules.md"
    assert page.read_text(encoding="utf-8") == rule_book()
