from services.parse.core import parse
from shared.model.report import Document
from shared.output.columns import width
from shared.output.reading_text import reading_text
from shared.testing.reports import clean_report, edit


def document(report) -> Document:
    """Return a document with this report."""
    return Document("a.txt", "0" * 64, 5, "text/plain", "report", None, "1", (report,))


def test_every_figure_stands_in_its_row():
    """A row is its short name and its figures as printed; blanks are words, doubt is a mark that is explained."""
    report = edit(clean_report(), {"table3/本年新收/其他": None, "table3/本年新收/自然人": {"confidence": 0.8}})
    told = reading_text([document(report)], columns=120)
    [row] = [line.split() for line in told.splitlines() if "一、本年新收" in line]
    assert row == ["一、本年新收", "60?", "7", "0", "1", "2", "空白", "70"]
    assert told.splitlines()[-1] == "数字后有“?”的，没有十足把握。"
    assert "没有十足把握" not in reading_text([document(clean_report())], columns=120).splitlines()[-1]


def test_lines_keep_to_the_terminal():
    """No line is wider than the terminal."""
    told = reading_text([document(clean_report())], columns=100)
    assert max(map(width, told.splitlines())) <= 100


def test_what_is_no_report_says_so():
    """A document without a report has its status and its reason; a table that is not there has a sentence."""
    assert reading_text([parse(b"", source="b.txt")], columns=80) == "b.txt\n  空文件：文件是空的（0字节）。\n"
    absent = edit(clean_report(), {"table4": {"state": "absent"}})
    assert "表四 报告中没有找到这张表。" in reading_text([document(absent)], columns=80)
