from dataclasses import replace

from services.validate.core import RULESET, judge
from services.validate.subject import Subject
from shared.model.report import Attachment, Document, Reason, Report
from shared.output.checked import Checked
from shared.output.columns import width
from shared.output.summary import summary
from shared.testing.reports import clean_report, edit

FLOOD = dict.fromkeys(("table3/上年结转", "table3/部分公开/科研机构", "table3/部分公开/其他"), "/")


def checked(report: Report) -> Checked:
    """Return a document with this report, judged."""
    document = Document("a.txt", "0" * 64, 5, "text/plain", "report", None, "1", (report,))
    return Checked(document, (judge(Subject(report)),), RULESET)


def test_findings_by_severity_with_the_suspect_cell():
    """Findings stand under 必须更正 and 请核实, with the suspect cell by its printed name, the rule and the basis."""
    report = edit(clean_report(), {"table3/部分公开/自然人": 21, "table4/行政复议/其他结果": "/"})
    text = summary([checked(report)], columns=80, colour=False)
    assert text.index("必须更正\n") < text.index("请核实\n") < text.index("未核验\n")
    assert "最可能有误的单元格：“(二)部分公开·自然人”，现为21，按勾稽关系应为11。" in text.replace("\n      ", "")
    assert " 1. T3-01 表三" in text
    assert "国办公开办函〔2021〕30号" in text
    assert "需更正" in text.splitlines()[2]


def test_lines_keep_within_the_terminal():
    """At 80 and at 120 columns no line is wider than the terminal."""
    report = edit(clean_report(), {"table3/部分公开/自然人": 21, "table3/本年新收": None})
    for columns in (80, 120):
        text = summary([checked(report)], columns=columns, colour=False)
        assert all(width(line) <= columns for line in text.splitlines())


def test_clean_report_says_how_much_was_not_checked():
    """合格 never stands alone where something was not checked, and the last line counts documents and verdicts."""
    text = summary([checked(clean_report())], columns=80, colour=False)
    assert "结论：合格（另有3项未能核验）" in text
    assert text.endswith("共1个文件，1份报告：合格1份。\n")


def test_the_rules_that_judged_are_told():
    """Rule set by version and hash, how many rules ran, and how many of these have nothing to say; none where none applied."""
    told = checked(edit(clean_report(), {"table2/行政许可/本年处理决定数量": "/"}))
    (judgement,) = told.judgements
    text = summary([told], columns=120, colour=False)
    line = f"规则集 {RULESET.printed}：核验了{len(judgement.ran)}条规则，其中{len(judgement.passed)}条未发现问题\n"
    assert line in text
    assert set(judgement.ran) - set(judgement.passed) == {"C-02"}
    old = checked(replace(clean_report(year=2018), form="pre2019", tables={}))
    assert f"  规则集 {RULESET.printed}\n" in summary([old], columns=120, colour=False)


def test_tables_that_were_not_read_are_named_in_the_headline():
    """Neither “no fault found” nor a bare verdict."""
    report = edit(clean_report(), {"table3": {"state": "picture"}, "table4": {"state": "picture"}})
    assert "结论：无法核验（表三、表四未读出）" in summary([checked(report)], columns=80, colour=False)


def test_attachments_are_named_with_what_became_of_them():
    """Whoever is to look for a table learns in which file."""
    listed = tuple(Attachment(f"files/P0{n}.docx", state) for n, state in enumerate(("read", "awaited", "unread")))
    text = summary([checked(replace(clean_report(), attachments=listed))], columns=120, colour=False)
    assert "附件：files/P00.docx（已并入）、files/P01.docx（正在读取）、files/P02.docx（没有读到）\n" in text


def test_a_report_from_before_the_form_did_not_pass():
    """There was nothing that it could pass."""
    report = replace(clean_report(), year=2017, form="pre2019", tables={})
    text = summary([checked(report)], columns=80, colour=False)
    assert "结论：不适用（2019年以前的报告，没有规定表格可核验）" in text
    assert "合格" not in text


def test_what_was_not_checked_is_named_by_its_places():
    """The first places and how many there are, not only rules."""
    report = edit(clean_report(), {"table4/行政复议": "/", "table4/复议后起诉/总计": "/"})
    text = summary([checked(report)], columns=120, colour=False).replace("\n      ", "")
    assert "T4-01、T4-03（表四“行政复议·总计”、表四“行政复议·结果维持”、表四“行政复议·结果纠正”等6处）" in text


def test_a_flood_of_one_kind_is_one_line():
    """With how many there are, the first by name, and a count that stays honest; a whole row is named once."""
    text = summary([checked(edit(clean_report(), FLOOD))], columns=120, colour=False).replace("\n      ", "")
    assert "结论：请核实（请核实9项（归为1组），另有" in text
    assert " 1. C-02 表三9处填写为“/”，请填写数字。分别是：“二、上年结转”整行、“(二)部分公开·科研机构”、" in text
    assert " 2. " not in text


def test_unread_document_says_why():
    """A document without a report is its status and its reason; the code is for programs."""
    document = Document("b.png", None, 3, "image/png", "unreadable", Reason("picture", "报告是图片。"), "1")
    text = summary([Checked(document, (), RULESET)], columns=80, colour=False)
    assert "无法读取：报告是图片。\n" in text


def test_colour_only_where_asked():
    """Escape sequences appear only on a terminal."""
    assert "\033[" in summary([checked(clean_report())], columns=80, colour=True)
    assert "\033[" not in summary([checked(clean_report())], columns=80, colour=False)
