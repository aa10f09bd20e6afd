"""The figures that rules compare with and that an office may set."""

import re
from collections.abc import Mapping

import pytest

from services.parse.core import parse
from services.validate.configuration import Configuration
from services.validate.rules import RULES
from services.validate.ruleset_file import read_configuration
from services.validate.subject import Subject
from services.validate.wording import figure
from shared.testing.prose import clean_page
from shared.testing.reports import clean_report, edit

THRESHOLDS = [each for rule in RULES for each in rule.thresholds]


class Asked(Mapping):
    """Thresholds of which none is set, and which remember what they were asked for."""

    def __init__(self):
        self.keys_asked = set()

    def __getitem__(self, key):
        self.keys_asked.add(key)
        raise KeyError(key)

    def __iter__(self):
        return iter(())

    def __len__(self):
        return 0


def test_each_belongs_to_its_rule_under_a_name_of_its_own():
    """Rule and name find it in the file; the name is a word of English, its meaning is told in Chinese without a full stop."""
    for rule in RULES:
        assert {each.rule for each in rule.thresholds} <= {rule.id}
        names = [each.name for each in rule.thresholds]
        assert len(names) == len(set(names))
    for each in THRESHOLDS:
        assert re.fullmatch(r"[a-z_]+", each.name)
        assert re.search(r"[一-龥]", each.meaning)
        assert not each.meaning.endswith("。"), each


@pytest.mark.parametrize("threshold", THRESHOLDS, ids=lambda each: f"{each.rule}.{each.name}")
def test_each_may_be_set(threshold):
    """What it is by default may be written, and so may another figure of its kind."""
    for value in (threshold.default, threshold.default * 2):
        text = f'version = "1"\n[threshold]\n{threshold.rule}.{threshold.name} = {figure(value)}\n'
        assert read_configuration(text).threshold(threshold) == value


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_compares_with_nothing_that_is_not_declared(rule):
    """What it asks for is listed with it or with the rule that it goes by, so that an office finds it; what is listed is asked for."""
    asked = Asked()
    for case in (*rule.breaks, *rule.silent):
        page = clean_page(case.edition, edits=case.printed).encode()
        report = parse(page, source="样例.txt").reports[0] if case.printed else clean_report(case.edition)
        configuration = Configuration("1", thresholds=asked, local=case.local)
        list(rule.check(Subject(edit(report, case.edits), agency=case.agency, configuration=configuration)))
    assert asked.keys_asked >= {(each.rule, each.name) for each in rule.thresholds}
    assert asked.keys_asked <= {(each.rule, each.name) for each in THRESHOLDS}
