"""Mutations: any single fault in a table is found, named and not multiplied."""

import pytest

from services.validate.core import judge
from services.validate.subject import Subject
from shared.forms import FORMS
from shared.testing.reports import clean_report, edit

EDITIONS = ("2019", "2021")


def _judged(edition, edits, report=None):
    return judge(Subject(edit(report or clean_report(edition), edits)))


def _rules_of(judgement):
    return {finding.rule for finding in judgement.findings}


@pytest.mark.parametrize("step", [1, -1])
@pytest.mark.parametrize("edition", EDITIONS)
def test_any_changed_cell_of_table_3_is_named(edition, step):
    """A cell off by one breaks its row and its column, and T3-06 names it with its true figure."""
    for cell in clean_report(edition).tables["3"].cells:
        _assert_named(edition, cell, step)


def _assert_named(edition, cell, step):
    row, column, true = cell.row, cell.column, cell.number
    judgement = _judged(edition, {f"table3/{row}/{column}": true + step})
    found = _rules_of(judgement) - {"C-03"}
    assert "T3-01" in found
    assert found & {"T3-02", "T3-03"}
    assert found <= {"T3-01", "T3-02", "T3-03"}
    assert judgement.verdict == "需更正"
    suspects = {finding.suspect for finding in judgement.findings if finding.rule != "C-03"}
    (suspect,) = suspects
    assert (suspect.table, suspect.row, suspect.column) == ("3", row, column)
    assert (suspect.value, suspect.should_be) == (true + step, true)


def test_a_changed_cell_is_named_also_where_all_else_is_zero():
    """Most small offices report zeros throughout: one stray figure is a row that does not add up, not a missing side."""
    zeros = edit(clean_report(), {f"table3/{each.path}": 0 for each in FORMS["2021"].tables["3"].rows})
    for row, column in FORMS["2021"].tables["3"].addresses:
        judgement = _judged("2021", {f"table3/{row}/{column}": 1}, zeros)
        assert {"T3-01"} < _rules_of(judgement) <= {"T3-01", "T3-02", "T3-03"}
        (suspect,) = {finding.suspect for finding in judgement.findings}
        assert (suspect.row, suspect.column, suspect.should_be) == (row, column, 0)


@pytest.mark.parametrize("step", [1, -1])
@pytest.mark.parametrize("edition", EDITIONS)
def test_any_changed_cell_of_table_4_breaks_its_group(edition, step):
    """A cell of table 4 breaks the sum of its own group and no other."""
    rules = {"行政复议": "T4-01", "未经复议直接起诉": "T4-02", "复议后起诉": "T4-03"}
    for cell in clean_report(edition).tables["4"].cells:
        judgement = _judged(edition, {f"table4/{cell.row}/{cell.column}": cell.number + step})
        assert _rules_of(judgement) - {"C-03"} == {rules[cell.row]}


@pytest.mark.parametrize("number", ["2", "3", "4"])
@pytest.mark.parametrize("edition", EDITIONS)
def test_any_blank_cell_is_reported_once_and_its_equations_are_not_checked(edition, number):
    """A blank is C-01 alone: every equation that needs it is not checked, none fails."""
    for row, column in FORMS[edition].tables[number].addresses:
        judgement = _judged(edition, {f"table{number}/{row}/{column}": None})
        assert [finding.rule for finding in judgement.findings] == ["C-01"]
        assert judgement.findings[0].severity == ("E" if edition == "2021" else "W")
        blocked = [each for each in judgement.not_checked if each.reason == "operand_blank"]
        assert all((place.row, place.column) == (row, column) for each in blocked for place in each.places)
        if number != "2":
            assert blocked


@pytest.mark.parametrize("number", ["2", "3", "4"])
@pytest.mark.parametrize("edition", EDITIONS)
def test_any_slash_is_a_placeholder(edition, number):
    """“/” instead of a figure is C-02 alone, W, at its cell."""
    for row, column in FORMS[edition].tables[number].addresses:
        (finding,) = _judged(edition, {f"table{number}/{row}/{column}": "/"}).findings
        assert (finding.rule, finding.severity, finding.read) == ("C-02", "W", "/")
        assert (finding.places[0].row, finding.places[0].column) == (row, column)


@pytest.mark.parametrize("edition", EDITIONS)
def test_any_missing_row_of_table_3_is_one_finding(edition):
    """A row that is not printed is F-05 alone; what needs it is not checked."""
    for row in FORMS[edition].tables["3"].rows:
        judgement = _judged(edition, {f"table3/{row.path}": {"state": "missing"}})
        assert [(finding.rule, finding.places[0].row) for finding in judgement.findings] == [("F-05", row.path)]
        assert ("T3-01", "operand_missing") in {(each.rule, each.reason) for each in judgement.not_checked}


@pytest.mark.parametrize("number", ["2", "3", "4"])
def test_a_missing_table_is_one_finding(number):
    """A table that is absent is F-04 alone, and all that depends on it is not checked."""
    judgement = _judged("2021", {f"table{number}": {"state": "absent"}})
    assert [finding.rule for finding in judgement.findings] == ["F-04"]
    unchecked = {each.rule for each in judgement.not_checked if each.reason == "table_absent"}
    assert {"C-01", "F-06"} < unchecked
    assert {rule for rule in unchecked if rule.startswith("T")} == {
        rule for rule in judge(Subject(clean_report())).ran if rule.startswith(f"T{number}")
    } | ({"T2-03", "T2-08"} if number == "2" else set())


@pytest.mark.parametrize("state", ["picture", "damaged"])
def test_a_table_that_cannot_be_read_is_no_fault(state):
    """A picture or a damaged table is never F-04: nothing is found and nothing is passed."""
    judgement = _judged("2021", {"table3": {"state": state}})
    assert judgement.findings == ()
    assert judgement.verdict == "无法核验"
    reasons = {each.rule: each.reason for each in judgement.not_checked}
    assert reasons["F-12"] == reasons["T3-01"] == reasons["T3-06"] == f"table_{state}"


def test_two_equal_differences_in_total_and_one_column_are_one_finding():
    """Carried in wrong in 自然人 and in 总计 alike is one fault with both columns among its places."""
    judgement = _judged("2021", {"table3/上年结转/自然人": 9, "table3/上年结转/总计": 10})
    (finding,) = judgement.findings
    assert (finding.rule, finding.read, finding.expected, finding.difference) == ("T3-02", 80, 75, 5)
    assert [(place.row, place.column) for place in finding.places] == [
        (row, column) for column in ("总计", "自然人") for row in ("本年新收", "上年结转", "总计", "结转下年度")
    ]


def test_unequal_differences_are_told_apart():
    """Two columns that are off by different amounts are two faults."""
    edits = {"table3/上年结转/自然人": 9, "table3/上年结转/商业企业": 3, "table3/上年结转/总计": 12}
    balances = [finding for finding in _judged("2021", edits).findings if finding.rule == "T3-02"]
    assert [(finding.places[0].column, finding.difference) for finding in balances] == [
        ("自然人", 5),
        ("商业企业", 2),
        ("总计", 7),
    ]
