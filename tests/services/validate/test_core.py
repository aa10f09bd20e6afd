"""Judging: verdicts, failures, root causes before consequences, what rests on what."""

from dataclasses import replace
from decimal import Decimal

import pytest

from services.validate.core import RULESET, judge
from services.validate.rule import Case, rule
from services.validate.rules import RULES
from services.validate.subject import Subject
from shared.forms import FORMS
from shared.model.finding import CellPlace
from shared.testing.reports import clean_report, edit


def _judged(edits, edition="2021", year=None):
    return judge(Subject(edit(clean_report(edition, year), edits)))


def _found(judgement):
    return [(finding.rule, finding.severity) for finding in judgement.findings]


@rule(id="T3-99", severity="E", breaks=(Case(""),), silent=())
def raises(subject):
    """规则出错"""
    raise ZeroDivisionError(f"a message may quote {subject.report.agency}")
    yield


def test_a_rule_that_raises_is_a_failure_and_never_a_pass():
    """The failure names rule, exception and place, not the report; the other rules go on; the verdict is 无法核验."""
    judgement = judge(Subject(clean_report()), (*RULES, raises))
    assert judgement.verdict == "无法核验"
    (failure,) = judgement.failures
    assert failure.rule == "T3-99"
    assert failure.error.startswith("ZeroDivisionError at ")
    assert "样例" not in failure.error
    assert ("T3-99", "rule_failed") in {(each.rule, each.reason) for each in judgement.not_checked}
    assert set(judgement.ran) == {*judge(Subject(clean_report())).ran}


def test_an_error_found_outweighs_a_rule_that_raised():
    """A report with an E needs correction, whatever failed beside it."""
    judgement = judge(Subject(edit(clean_report(), {"table4/行政复议/总计": 5})), (*RULES, raises))
    assert judgement.verdict == "需更正"
    assert len(judgement.failures) == 1


@pytest.mark.parametrize(
    ("edits", "verdict"),
    [
        ({}, "合格"),
        ({"table4/行政复议/总计": 5}, "需更正"),
        ({"table3": {"state": "picture"}}, "无法核验"),
        ({"table4": {"state": "damaged"}}, "无法核验"),
        ({"table2": {"state": "picture"}}, "合格"),
        ({"table3/本年新收/自然人": "/"}, "请核实"),
        ({"table3/本年新收/自然人": "/", "table4": {"state": "picture"}}, "无法核验"),
        ({"table4/行政复议/总计": 5, "table3": {"state": "picture"}}, "需更正"),
        ({"table2/行政许可/本年处理决定数量": Decimal("1186.0")}, "合格"),
        ({"table4": {"state": "repeated"}}, "合格"),
    ],
)
def test_the_verdict_is_the_gravest_cause(edits, verdict):
    """E → 需更正; table 3 or 4 not read → 无法核验; W → 请核实; I alone is no cause."""
    assert _judged(edits).verdict == verdict


def test_a_table_that_lost_its_places_was_not_read():
    """Where most figures of table 4 stand at no certain place, the report is not passed."""
    judgement = _judged(
        {"table4": {}, "table4/行政复议": {"state": "unplaced"}, "table4/复议后起诉": {"state": "unplaced"}}
    )
    assert judgement.verdict == "无法核验"
    assert _found(judgement) == []


def test_a_report_from_before_the_forms_has_no_tables_to_check():
    """Table rules neither find nor miss anything in a report on 2018."""
    judgement = judge(Subject(replace(clean_report(year=2018), form="pre2019", tables={})))
    assert (judgement.verdict, judgement.findings, judgement.not_checked, judgement.ran) == ("合格", (), (), ())


def test_blanks_of_2019_may_stand_for_zeros():
    """For 2019 only: if the equations hold with 0, the blank alone is reported, and nothing counts as unchecked."""
    edits = {"table3/本年新收/科研机构": None, "table4/行政复议/其他结果": None}
    in_2019, in_2020 = (_judged(edits, "2019", year) for year in (2019, 2020))
    assert _found(in_2019) == _found(in_2020) == [("C-01", "W"), ("C-01", "W")]
    assert "operand_blank" not in {each.reason for each in in_2019.not_checked}
    assert {each.rule for each in in_2020.not_checked if each.reason == "operand_blank"} == {"T3-01", "T3-02", "T4-01"}


def test_a_blank_of_2019_that_cannot_be_zero_stays_unchecked():
    """A second trial that fails finds nothing: the blank hides the figure."""
    judgement = _judged({"table4/行政复议/结果维持": None}, "2019", 2019)
    assert _found(judgement) == [("C-01", "W")]
    assert ("T4-01", "operand_blank") in {(each.rule, each.reason) for each in judgement.not_checked}


def test_a_slash_of_2019_is_no_zero():
    """Only blanks get a second trial."""
    judgement = _judged({"table4/行政复议/其他结果": "/"}, "2019", 2019)
    assert ("T4-01", "operand_placeholder") in {(each.rule, each.reason) for each in judgement.not_checked}


def test_deviations_from_the_form_of_2019_are_at_most_warnings():
    """The trial form was encouraged for 2019; a sum that is wrong is wrong in any year."""
    assert _found(_judged({"table3/部分公开": {"state": "missing"}}, "2019", 2019)) == [("F-05", "W")]
    assert _found(_judged({"table2": {"state": "absent"}}, "2019", 2019)) == [("F-04", "W")]
    assert _found(_judged({"table4/行政复议/总计": 5}, "2019", 2019)) == [("T4-01", "E")]


def test_an_incomplete_row_silences_what_computes_with_its_table():
    """F-06 is the root: sums and cell contents of that table are not checked, other tables are."""
    judgement = _judged(
        {
            "table3/部分公开/总计": {"state": "missing"},
            "table3/本年新收/总计": 99,
            "table3/上年结转/其他": "/",
            "table4/行政复议/总计": 5,
            "table4/行政复议/其他结果": "/",
        }
    )
    assert _found(judgement) == [("F-06", "E"), ("C-02", "W")]
    silenced = {each.rule for each in judgement.not_checked if each.reason == "row_incomplete"}
    assert {"C-01", "C-02", "T3-01", "T3-02", "T3-03", "T3-06", "T3-09"} <= silenced
    assert not {rule for rule in silenced if rule[:2] in {"F-", "T2", "T4"}}
    assert "C-02" in judgement.ran
    assert "T3-01" not in judgement.ran


def test_figures_with_units_still_add_up():
    """“70件” is C-05 and 70: the equations hold; “71件” breaks them."""
    cell = {"state": "text", "raw": "70件", "converted": 70}
    assert _found(_judged({"table3/本年新收/总计": cell})) == [("C-05", "W")]
    wrong = {**cell, "raw": "71件", "converted": 71}
    assert _found(_judged({"table3/本年新收/总计": wrong})) == [("C-05", "W"), ("T3-01", "E"), ("T3-02", "E")]


def test_a_figure_at_confidence_09_is_usable():
    """0.9 carries a finding, below it does not."""
    at = [_judged({"table4/行政复议/总计": {"state": "number", "value": 5, "confidence": c}}) for c in (0.9, 0.89)]
    assert [_found(judgement) for judgement in at] == [[("T4-01", "E")], []]
    assert ("T4-01", "low_confidence") in {(each.rule, each.reason) for each in at[1].not_checked}


def test_one_side_only_replaces_the_row_sums():
    """A table with totals alone is said once, not row by row; the columns are still tried."""
    edits = {f"table3//{column}": 0 for column in ("自然人", "商业企业", "社会公益组织", "法律服务机构")}
    judgement = _judged({**edits, "table3/总计/总计": 60})
    assert _found(judgement) == [("T3-02", "E"), ("T3-03", "E"), ("T3-05", "E")]


def test_several_cells_that_would_settle_it_are_ambiguous():
    """With the columns unchecked, any cell of a wrong row could be the fault."""
    judgement = _judged({"table3/上年结转": {"state": "unplaced"}, "table3/本年新收/总计": 71})
    (finding,) = judgement.findings
    assert (finding.rule, finding.suspect) == ("T3-01", "ambiguous")


def test_two_faults_have_no_single_suspect():
    """Nothing is suggested where no single cell explains all."""
    judgement = _judged({"table3/本年新收/总计": 71, "table3/予以公开/自然人": 20})
    assert {finding.suspect for finding in judgement.findings} == {None}


def test_a_suspect_is_never_made_negative():
    """Of two cells that could settle a row, the one that would have to be below zero is none."""
    edits = {f"table3/{row.path}": 0 for row in FORMS["2021"].tables["3"].rows}
    edits |= {f"table3/{row}/{column}": 1 for row in ("予以公开", "总计") for column in ("自然人", "总计")}
    edits |= {f"table3/结转下年度/{column}": {"state": "unplaced"} for column in ("自然人", "商业企业")}
    judgement = _judged({**edits, "table3/本年新收/自然人": 5, "table3/本年新收/总计": 1})
    (finding,) = judgement.findings
    assert finding.rule == "T3-01"
    assert (finding.suspect.column, finding.suspect.value, finding.suspect.should_be) == ("自然人", 5, 1)


def test_the_form_in_force_is_cited():
    """A report on 2020 is not told of the notice of 2021, nor the other way round."""
    (old,) = _judged({"table4/行政复议/总计": 5}, "2019").findings
    (new,) = _judged({"table4/行政复议/总计": 5}).findings
    assert (old.basis, new.basis) == (("F60",), ("F30",))


def test_the_message_of_a_row_sum_is_the_rule_books():
    """Row by its printed name, both sums, the difference."""
    finding = _judged({"table3/不予公开/属于四类过程性信息/总计": 5}).findings[0]
    assert finding.message == "表三“(三)不予公开 6.属于四类过程性信息”：各类申请人合计2，总计栏为5，相差3。"
    assert (finding.read, finding.expected, finding.difference) == (5, 2, 3)
    assert finding.places[0] == CellPlace("3", "不予公开/属于四类过程性信息", "总计")
    assert len(finding.places) == 7
    assert finding.suggestion == (
        "最可能有误的单元格：“(三)不予公开 6.属于四类过程性信息·总计”，现为5，按勾稽关系应为2。"
    )


def test_keys_stay_and_fingerprints_move():
    """A finding keeps its key while its figures change; a waiver for one difference does not hide another."""
    small, large = (_judged({"table4/行政复议/总计": total}).findings[0] for total in (5, 404))
    assert small.key == large.key
    assert small.fingerprint != large.fingerprint


def test_the_rule_set_is_named():
    """Each judgement says which rules judged."""
    assert _judged({}).ruleset == RULESET
    assert len(RULESET.hash) == 64


def test_an_unknown_year_is_not_guessed():
    """Without a year the form cannot be compared with it; blanks are judged by the table's edition."""
    judgement = _judged({"report": {"year": None}, "table4/行政复议/总计": None})
    assert _found(judgement) == [("C-01", "E")]
    assert ("F-02", "year_unknown") in {(each.rule, each.reason) for each in judgement.not_checked}
