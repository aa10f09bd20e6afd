"""Corners of single rules that their own examples do not reach."""

from services.validate.core import judge
from services.validate.subject import Subject
from shared.model.agency import Agency
from shared.model.cell import AlteredLabel, Cell, PrintedRow, Printing
from shared.testing.reports import clean_report, edit


def _judged(edits, edition="2021", agency=None):
    return judge(Subject(edit(clean_report(edition), edits), agency))


def _of(judgement, rule):
    return [finding for finding in judgement.findings if finding.rule == rule]


def test_f02_names_all_tables_of_the_other_form_in_one_finding():
    """One statement on the report, with its evidence."""
    (finding,) = _of(_judged({"report": {"year": 2023}}, "2019"), "F-02")
    assert [place.table for place in finding.places] == ["2", "3"]
    assert finding.basis == ("F30",)


def test_f03_is_doubtful_before_2021():
    """Mixed forms of a report on 2020 are to be confirmed."""
    report = edit(clean_report("2019"), {"table3": {"form": "2021"}})
    assert [finding.severity for finding in _of(judge(Subject(report)), "F-03")] == ["W"]


def test_f06_counts_a_real_grid_even_where_nothing_can_be_placed():
    """Six figures in a row of a real grid are six, whichever is missing; their equations are not checked."""
    rows = (PrintedRow("部分公开", "(二)部分公开", 6),)
    edits = {"table3/部分公开": {"state": "unplaced"}, "table3": {"printing": Printing(gridded=True, rows=rows)}}
    (finding,) = _judged(edits).findings
    assert (finding.rule, finding.read, finding.expected, finding.difference) == ("F-06", 6, 7, -1)


def test_f06_counts_table_4_as_one():
    """14 of 15 figures are one finding on the table."""
    rows = (PrintedRow("行政复议", "行政复议 行政诉讼", 14),)
    edits = {f"table4/{row}": {"state": "unplaced"} for row in ("行政复议", "未经复议直接起诉", "复议后起诉")}
    (finding,) = _judged({**edits, "table4": {"printing": Printing(gridded=True, rows=rows)}}).findings
    assert finding.message == "表四读到14个数据，应为15个。"
    pasted = _judged({**edits, "table4": {"printing": Printing(rows=rows)}})
    assert pasted.findings == ()
    assert ("F-06", "no_grid") in {(each.rule, each.reason) for each in pasted.not_checked}


def test_f07_lists_every_cell_that_differs():
    """Both figures of each, as printed."""
    copy = (
        Cell("行政处罚", "本年处理决定数量", 42, state="number"),
        Cell("行政许可", "本年处理决定数量", 1, state="number"),
        Cell("行政强制", "本年处理决定数量", 2, state="number"),
    )
    (finding,) = _judged({"table2": {"printing": Printing(copies=(copy,))}}).findings
    assert (finding.read, finding.expected) == ("1186、3", "1、2")
    assert [place.row for place in finding.places] == ["行政许可", "行政强制"]


def test_f08_places_the_row_of_an_altered_label():
    """A row label leads to its row, a column label to the table."""
    altered = (AlteredLabel("2.重复来访", "2.重复申请"), AlteredLabel("公司企业", "商业企业"))
    places = [f.places[0].row for f in _of(_judged({"table3": {"printing": Printing(altered=altered)}}), "F-08")]
    assert places == ["不予处理/重复申请", None]


def test_f08_takes_lost_characters_for_extraction():
    """A label of which only characters are missing says the same."""
    altered = (AlteredLabel("结 果 持", "结果维持"), AlteredLabel("本年新", "本年新制作数量"))
    assert _of(_judged({"table4": {"printing": Printing(altered=altered)}}), "F-08") == []


def test_c01_names_a_blank_row_once():
    """Seven blanks of a row are told as the row, single cells by their names."""
    edits = {"table3/不予处理/重复申请": None, "table3/本年新收/其他": None}
    (finding,) = _of(_judged(edits), "C-01")
    assert finding.message == (
        "表三有8个单元格未填（“一、本年新收·其他”、“(五)不予处理 2.重复申请”整行），没有发生的请填“0”。"
    )
    assert len(finding.places) == 8


def test_c02_is_one_finding_a_cell():
    """Each cell that must be filled is told."""
    assert len(_of(_judged({"table4/行政复议": "/"}), "C-02")) == 5


def test_t203_needs_level_and_type():
    """A city's row without a type does not say whether it may make rules; a county never may."""
    edits = {"table2/规章/本年制发件数": 1}
    unknown = _judged(edits, agency=Agency("1", "样例市某机关", level="市"))
    assert ("T2-03", "no_directory") in {(each.rule, each.reason) for each in unknown.not_checked}
    assert _of(_judged(edits, agency=Agency("2", "样例镇人民政府", level="乡")), "T2-03")
    assert not _of(_judged(edits, agency=Agency("3", "国家样例局", level="国家", type="部门")), "T2-03")


def test_t305_takes_slashes_for_unfilled():
    """Applicants all “/” are not filled in."""
    applicants = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")
    judgement = _judged({f"table3//{column}": "/" for column in applicants})
    assert len(_of(judgement, "T3-05")) == 1
    assert _of(judgement, "T3-01") == []


def test_t305_says_nothing_of_a_table_with_lost_figures():
    """What is not known to be empty is not called empty."""
    applicants = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构")
    edits = {f"table3//{column}": 0 for column in applicants} | {"table3/结转下年度": {"state": "unplaced"}}
    judgement = _judged(edits)
    assert _of(judgement, "T3-05") == []
    assert ("T3-05", "operand_unplaced") in {(each.rule, each.reason) for each in judgement.not_checked}
