from services.validate.core import RULESET, judge
from services.validate.subject import Subject
from shared.model.report import Document, Reason, Report
from shared.output.checked import Checked
from shared.output.columns import width
from shared.output.summary import summary
from shared.testing.reports import clean_report, edit


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


def test_clean_report_says_so():
    """A report without findings is 合格, and the last line counts documents and verdicts."""
    text = summary([checked(clean_report())], columns=80, colour=False)
    assert "结论：合格（没有发现问题）" in text
    assert text.endswith("共1个文件，1份报告：合格1份。\n")


def test_unread_document_says_why():
    """A document without a report is its status, its reason and its code."""
    document = Document("b.png", None, 3, "image/png", "unreadable", Reason("picture", "报告是图片。"), "1")
    assert "无法读取：报告是图片。（picture）" in summary([Checked(document, (), RULESET)], columns=80, colour=False)


def test_colour_only_where_asked():
    """Escape sequences appear only on a terminal."""
    assert "\033[" in summary([checked(clean_report())], columns=80, colour=True)
    assert "\033[" not in summary([checked(clean_report())], columns=80, colour=False)
