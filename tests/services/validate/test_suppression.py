"""Root causes before consequences."""

from dataclasses import replace

from services.validate.rule import Diagnosis, Unchecked, Violation
from services.validate.rules import RULES
from services.validate.suppression import Trial, suppressed
from shared.model.finding import CellPlace, TextPlace

BY_ID = {rule.id: rule for rule in RULES}


def _trial(rule_id, *tables, **fields):
    return Trial(BY_ID[rule_id], tuple(Violation("。", (CellPlace(table),)) for table in tables), **fields)


def _tables_of(trials):
    return {each.rule.id: [violation.places[0].table for violation in each.violations] for each in trials}


def test_other_tables_are_left_alone():
    """F-06 on table 3 withholds C and T3 there, not C on table 2."""
    kept = suppressed([_trial("F-06", "3"), _trial("C-02", "2", "3"), _trial("T3-01", "3"), _trial("T4-01", "4")])
    assert _tables_of(kept) == {"F-06": ["3"], "C-02": ["2"], "T3-01": [], "T4-01": ["4"]}
    assert kept[1].unchecked == kept[2].unchecked == (Unchecked("row_incomplete", (CellPlace("3"),)),)
    assert [each.ran for each in kept] == [True, True, False, True]


def test_the_prose_is_not_held_against_a_table_with_incomplete_rows():
    """F-06 on table 3 withholds what N-01 says of it; what the prose says against itself stays, and that rule ran."""
    against_itself = Violation("。", (TextPlace("一", "收到申请60件", 0, 7),))
    kept = suppressed([_trial("F-06", "3"), _trial("N-01", "3"), Trial(BY_ID["N-12"], (against_itself,))])
    assert [(each.violations, each.ran) for each in kept[1:]] == [((), False), ((against_itself,), True)]
    assert kept[1].unchecked == (Unchecked("row_incomplete", (CellPlace("3"),)),)


def test_a_diagnosis_on_a_withheld_table_is_dropped():
    """No suspect cell is named in a table that says nothing certain."""
    diagnosed = replace(_trial("T3-06"), diagnoses=(Diagnosis(("T3-01",), "ambiguous", None),))
    assert suppressed([_trial("F-06", "3"), diagnosed])[1].diagnoses == ()


def test_a_rule_that_failed_stays_failed():
    """What could not be tried is not told a second time."""
    absent = Trial(BY_ID["T3-01"], unchecked=(Unchecked("rule_failed"),), ran=False)
    assert suppressed([_trial("F-06", "3"), absent])[1] == absent


def test_without_a_root_cause_nothing_changes():
    """Findings of several rules stand side by side."""
    trials = (_trial("C-02", "2", "3"), _trial("T3-01", "3"), _trial("T3-02", "3"))
    assert suppressed(trials) == trials
