"""What a document is: annual reports, reports of other kinds, and what only speaks of them."""

from html import escape

import pytest

from services.parse.core import parse
from shared.testing.layouts import CHAPTERS, render
from shared.testing.strangers import KIND, STRANGERS

PROSE = CHAPTERS | {1: "2024年，本机关公开信息100条。统计期限自2024年1月1日至2024年12月31日。"}
FIGURES = {("3", "本年新收", "自然人"): "7", ("2", "行政许可", "本年处理决定数量"): "1186"}


def read(page):
    """Read a document."""
    return parse(page.encode(), source="report")


@pytest.mark.parametrize("name", STRANGERS)
def test_what_is_no_report_is_told(name):
    """Each kind has its own reason, as text and as a page of a portal; none has a finding against anybody."""
    text, status, code = STRANGERS[name]
    pages = [text]
    if "<html" not in text:
        lines = "".join(f"<p>{escape(line)}</p>" for line in text.splitlines())
        pages.append(f"<html><body><div>首页 &gt; 政务公开</div><div>{lines}</div></body></html>")
    for page in pages:
        document = read(page)
        assert (document.status, document.reason and document.reason.code) == (status, code)
        assert not document.reports or status == "old_form_report"


def test_a_report_without_title_is_known_by_the_period_of_its_data():
    """An introduction that states it, and a body of prose, are a report; a notice that speaks of it is none."""
    told = "现发布样例市数据局2018年政府信息公开工作年度报告。本报告所列统计数据的期限自2018年1月1日起，至2018年12月31日止。\n"
    body = "一、主动公开政府信息情况\n" + "全年主动公开政府信息963条，均按要求及时更新。\n" * 15
    assert read(told + body).status == "old_form_report"
    assert read("关于做好2018年政府信息公开工作年度报告编制工作的通知\n" + told + body).status == "not_a_report"


@pytest.mark.parametrize("style", ["row_pipes", "lines", "html", "word_html"])
def test_a_page_with_its_copy_for_telephones_holds_one_report(style):
    """The same report twice on a page is one report, its tables are not repeated; other figures in the copy are told."""
    once = render(FIGURES, style=style, chapters=PROSE)
    (alone,) = read(once).reports
    (twice,) = read(_after(once, once)).reports
    assert {table.state for table in twice.tables.values()} == {"present"}
    assert [cell.value for table in twice.tables.values() for cell in table.cells] == [
        cell.value for table in alone.tables.values() for cell in table.cells
    ]
    (differing,) = read(
        _after(once, render(FIGURES | {("3", "总计", "总计"): "3"}, style=style, chapters=PROSE))
    ).reports
    assert differing.tables["3"].state == "repeated"
    assert {copy[-8].value for copy in differing.tables["3"].printing.copies} <= {0, 3}


def _after(page, other):
    if "</body>" not in page:
        return f"{page}\n{other}"
    return page.replace("</body>", f"{other.split('<body>')[1].split('</body>')[0]}</body>")


@pytest.mark.parametrize("style", ["row_pipes", "lines", "html"])
def test_several_reports_on_one_page_are_several(style):
    """Reports of two agencies, and of two years, are read apart, each with its own figures."""
    first = render(FIGURES, style=style, chapters=PROSE)
    other = render(
        {("3", "本年新收", "自然人"): "9"}, style=style, chapters=CHAPTERS, title=f"样例市教育局2023年{KIND}"
    )
    document = read(_after(first, other))
    assert document.status == "multiple"
    told = [
        (report.agency, report.year, report.tables["3"].cell("本年新收", "自然人").value) for report in document.reports
    ]
    assert told == [("样例市数据局", 2024, 7), ("样例市教育局", 2023, 9)]
