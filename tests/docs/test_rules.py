"""The rule book as a page: every rule has its section, and every link of its index a heading."""

import pathlib
import re

from services.validate.rules import RULES

PAGE = pathlib.Path(__file__).parents[2] / "docs" / "rules.md"


def test_each_rule_has_one_section_that_the_index_leads_to():
    """Links are compared with the headings as GitHub names them, not with our own function."""
    text = PAGE.read_text(encoding="utf-8")
    headings = re.findall(r"^#{1,6} (.+)$", text, re.MULTILINE)
    anchors = ["".join(c for c in h.lower() if c.isalnum() or c in " -_").replace(" ", "-") for h in headings]
    links = re.findall(r"\]\(#([^)]+)\)", text)
    assert set(links) <= set(anchors)
    assert len(anchors) == len(set(anchors))
    for rule in RULES:
        (section,) = (anchor for anchor in anchors if anchor.startswith(f"{rule.id.lower()}-"))
        assert links.count(section) == 2, rule.id


def test_each_section_shows_wrong_traps_and_how_to_answer():
    """No rule is explained by half."""
    sections = re.split(r"^#{2,3} ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    for rule in RULES:
        (section,) = (each for each in sections if each.startswith(f"{rule.id} "))
        wanted = ["**依据**", "**不算错误的情形**", "**怎样答复**", "为什么："]
        assert [each for each in wanted if each not in section] == [], rule.id
