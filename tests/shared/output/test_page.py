import re
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from services.validate.core import RULESET, judge
from services.validate.rules import RULES
from services.validate.subject import Subject
from shared.model.claim import Claim
from shared.model.report import Attachment, Document, Reason, Report
from shared.output.checked import Checked
from shared.output.page import page
from shared.testing.pages import faults_of_page
from shared.testing.reports import clean_report, edit

# The reports here are no whole documents: what is judged is their figures.
FIGURES = [rule for rule in RULES if rule.family in {"F", "C", "T2", "T3", "T4", "N", "XY"}]


def checked(report: Report, source: str = "a.txt") -> Checked:
    """Return a document with this report, judged."""
    document = Document(source, "0" * 64, 5, "text/plain", "report", None, "1", (report,))
    return Checked(document, (judge(Subject(report), FIGURES),), RULESET)


def drawn(report: Report) -> LexborHTMLParser:
    """Return the page of one report."""
    return LexborHTMLParser(page([checked(report)]))


def marked(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    """Return the cells of the report's tables (not of the legend) that a selector names."""
    return [node for part in selector.split(", ") for node in tree.css(f".report .official {part}")]


def test_the_faulty_and_the_suspect_cell_are_marked():
    """The faulty place of a finding is marked in its table, with the finding's number; the suspect says what it should be."""
    tree = drawn(edit(clean_report(), {"table3/部分公开/自然人": 21}))
    [suspect] = marked(tree, "td.suspect")
    assert "应为11" in suspect.text()
    assert suspect.text().startswith("21")
    numbers = {node.text() for cell in marked(tree, "td.fault-E") for node in cell.css("a.number")}
    assert numbers == {item.attributes["value"] for item in tree.css(".findings li.severity-E")}


def test_a_flood_of_one_kind_has_one_number():
    """Each faulty cell shows it, beside the one sentence that names the first of them."""
    tree = drawn(edit(clean_report(), {"table4/行政复议": "/", "table4/复议后起诉": "/"}))
    [item] = tree.css(".findings li")
    assert "表四10处填写为“/”" in item.text()
    assert "“行政复议”整行、“行政诉讼 复议后起诉”整行" in item.text()
    cells = marked(tree, "td.fault-W")
    assert len(cells) == 10
    assert {node.text() for cell in cells for node in cell.css("a.number")} == {item.attributes["value"]}


def test_the_headline_says_what_was_not_checked():
    """Neither 合格 alone, nor a report from before the form called 合格."""
    old = replace(clean_report(), year=2017, form="pre2019", tables={})
    tree = LexborHTMLParser(page([checked(clean_report()), checked(old)]))
    assert [node.text() for node in tree.css(".overview .verdict")] == ["合格", "不适用"]
    said = [node.text() for node in tree.css(".overview td:last-child")]
    assert said == ["另有3项未能核验", "2019年以前的报告，没有规定表格可核验"]


def test_an_attachment_that_was_not_read_is_named_where_its_table_may_be_missing():
    """A table that the page lacks says which files may hold it, and what became of them; those that are there say nothing."""
    files = (Attachment("https://h.invalid/1.pdf", "unread"), Attachment("a/b.zip", "awaited"))
    report = edit(clean_report(), {"table4": {"state": "absent"}})
    tree = drawn(replace(report, attachments=(*files, Attachment("c.docx", "read"))))
    notes = [node.text() for node in tree.css(".table .note")]
    assert notes == ["报告中没有找到这张表。它可能在附件中：https://h.invalid/1.pdf（没有读到）、a/b.zip（正在读取）。"]


def test_clean_report_has_no_mark():
    """A clean report has tables without a mark."""
    tree = drawn(clean_report())
    assert len(marked(tree, "td")) == 10 + 175 + 15
    assert not marked(tree, "td[class*=fault], td.suspect, td.compared")


def test_blank_placeholder_and_number_look_different():
    """A blank, a placeholder, text with a unit and a number each have a class of their own."""
    tree = drawn(edit(clean_report(), {"table3/本年新收/其他": None, "table3/本年新收/科研机构": "/"}))
    assert [cell.text(deep=False) for cell in marked(tree, "td.blank")] == ["空白"]
    assert [cell.text(deep=False) for cell in marked(tree, "td.placeholder")] == ["/"]


def test_what_a_document_says_is_escaped():
    """Neither a cell nor a name nor a file name becomes markup."""
    report = edit(
        clean_report(),
        {"table3/本年新收/其他": "<script>alert(1)</script>", "report": {"agency": '<img src="x" onerror="y">'}},
    )
    html = page([checked(report, source="<b>.txt")])
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;b&gt;.txt" in html


def test_the_page_needs_nothing_from_elsewhere_and_is_well_formed():
    """The page names no address on the network, every link in it has a target, and every tag is closed."""
    unread = Document("b.png", None, 3, "image/png", "unreadable", Reason("picture", "报告是图片。"), "1")
    faulty = checked(edit(clean_report("2019"), {"table3/部分公开/自然人": 21, "table4": {"state": "absent"}}))
    assert faults_of_page(page([faulty, Checked(unread, (), RULESET), checked(clean_report())])) == []


def test_the_same_reports_give_the_same_page():
    """A page has nothing in it that changes from one run to the next."""
    assert page([checked(clean_report())]) == page([checked(clean_report())])


def narrated(text: str) -> Report:
    """Return the clean report with this in its first chapter, and what it claims of the applications received."""
    report = edit(clean_report(), {"prose": {"一": text}})
    found = re.finditer(r"收到政府信息公开申请(\d+)件", report.text)
    claims = tuple(
        Claim("table3/本年新收/总计", int(m[1]), "件", report.year, "own", "一", m[0], m.start(), m.end(), 0.98)
        for m in found
    )
    return replace(report, claims=claims)


def test_a_claim_and_its_cell_are_linked_both_ways():
    """What the prose says leads to its cell, the cell to what is said; without a contradiction neither is at fault."""
    tree = drawn(narrated("本机关收到政府信息公开申请70件。"))
    [claim] = tree.css(".prose .claim")
    assert claim.text() == "收到政府信息公开申请70件"
    assert "fault" not in (claim.attributes["class"] or "")
    [cell] = [node for node in tree.css("td") if f"#{node.attributes.get('id')}" == claim.attributes["href"]]
    assert cell.text(deep=False) == "70"
    [back] = cell.css("a.said")
    assert back.attributes["href"] == f"#{claim.attributes['id']}"


def test_a_contradiction_is_red_with_the_finding_beside_it():
    """The claim has the finding's number and its sentence below; the finding leads to the claim."""
    report = narrated("本机关收到政府信息公开申请71件。")
    tree = drawn(report)
    [claim] = tree.css(".prose .claim.fault-E")
    [finding] = tree.css(".findings li.severity-E")
    [told] = tree.css(".prose .told.severity-E")
    assert "收到政府信息公开申请71件" in told.text()
    assert told.css("a.number")[0].text() == finding.attributes["value"]
    assert finding.css("a.rule")[0].attributes["href"] == f"#{claim.attributes['id']}"
    assert faults_of_page(page([checked(report)])) == []


def test_prose_is_escaped():
    """Markup in the prose stays text."""
    html = page([checked(narrated("<script>收到政府信息公开申请70件</script>"))])
    assert "<script" not in html
    assert "&lt;script&gt;" in html
