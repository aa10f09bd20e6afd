"""Rules that look back: years of one agency held against each other, and what is not certain held against nothing."""

from dataclasses import replace

import pytest

from services.validate.core import handed_on, judge, judge_together
from services.validate.subject import Subject
from shared.model.finding import CellPlace
from shared.testing.reports import clean_report, edit, year_before

CARRIED_OUT = "table3/结转下年度/总计"


def _cross_year(*reports):
    judgements = judge_together([Subject(report) for report in reports])
    return [[finding for finding in judgement.findings if finding.rule == "XY-01"] for judgement in judgements]


def test_years_are_held_against_each_other_in_any_order():
    """The finding stands on the later report and names the earlier; the earlier one and other years say nothing."""
    report = clean_report()
    earlier = year_before(report, {CARRIED_OUT: 8})
    (finding,) = _cross_year(earlier, report)[1]
    assert _cross_year(report, earlier) == [[finding], []]
    assert (finding.severity, finding.read, finding.expected, finding.difference) == ("E", 5, 8, -3)
    assert finding.places == (CellPlace("3", "上年结转", "总计"),)
    assert finding.message == (
        "本年表三“二、上年结转·总计”5件，上一年度（2023年）报告表三“四、结转下年度·总计”8件，相差3。"
    )
    two_years_before = replace(earlier, year=2022)
    assert _cross_year(report, two_years_before) == [[], []]


def test_only_one_agency_is_held_against_itself():
    """Another agency's year before says nothing, and reports whose agency is not known are not one agency's."""
    report = clean_report()
    earlier = year_before(report, {CARRIED_OUT: 8})
    assert _cross_year(report, replace(earlier, agency="样例市民政局")) == [[], []]
    assert _cross_year(replace(report, agency=None), replace(earlier, agency=None)) == [[], []]


def test_reports_on_one_year_that_differ_prove_nothing():
    """Two versions of the year before accuse nobody where they differ, and do where they agree."""
    report = clean_report()
    wrong, right = (year_before(report, {CARRIED_OUT: number}) for number in (8, 5))
    assert not any(_cross_year(wrong, right, report))
    assert not any(_cross_year(report, wrong, right, wrong))
    assert [len(found) for found in _cross_year(wrong, report, wrong)] == [0, 1, 0]


@pytest.mark.parametrize(
    "cell", [{"confidence": 0.8}, {"state": "unplaced"}, None, "/", {"state": "text", "raw": "8 5"}]
)
def test_a_figure_that_is_not_certain_is_not_handed_on(cell):
    """What stands uncertain in the year before is not checked: no finding, and the rule says so."""
    report = clean_report()
    earlier = year_before(report, {CARRIED_OUT: cell})
    assert handed_on(Subject(earlier)) == {}
    judgement = judge_together([Subject(earlier), Subject(report)])[1]
    assert judgement.findings == ()
    assert ("XY-01", "no_prior_year", ()) in {(each.rule, each.reason, each.places) for each in judgement.not_checked}
    assert "XY-01" not in judgement.ran


def test_a_figure_in_doubt_this_year_is_not_checked_at_its_place():
    """The cell that has to be confirmed is named."""
    report = edit(clean_report(), {"table3/上年结转/总计": {"confidence": 0.8}})
    judgement = judge(Subject(report, earlier={CARRIED_OUT: 8}))
    assert [each.places for each in judgement.not_checked if each.rule == "XY-01"] == [
        (CellPlace("3", "上年结转", "总计"),)
    ]
    assert judgement.findings == ()


def test_a_report_without_a_year_is_held_against_nothing():
    """Without a year no other year is the one before."""
    judgement = judge(Subject(edit(clean_report(), {"report": {"year": None}}), earlier={CARRIED_OUT: 8}))
    assert ("XY-01", "year_unknown") in {(each.rule, each.reason) for each in judgement.not_checked}
