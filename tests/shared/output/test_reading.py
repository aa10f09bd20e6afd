from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from services.parse.core import parse
from shared.model.cell import AlteredLabel, PageBox, PrintedRow, Printing, SheetCell
from shared.model.report import Document, Report
from shared.output.reading import reading_page, remarks, tally
from shared.testing.layouts import blank_figures, render
from shared.testing.pages import faults_of_page
from shared.testing.reports import clean_report, edit

ADDRESS = ("3", "本年新收", "自然人")
FIGURES = blank_figures(printed="0") | {ADDRESS: "61", ("3", "本年新收", "其他"): "", ("3", "本年新收", "总计"): "/"}


def read(style: str, figures=FIGURES) -> Document:
    """Return a made report as it is read."""
    return parse(render(figures, "2021", style).encode(), source="a.html")


def document(report: Report) -> Document:
    """Return a document with this report."""
    return Document("a.txt", "0" * 64, 5, "text/plain", "report", None, "1", (report,))


def test_each_cell_leads_to_its_place_and_back():
    """The link of a cell is to the text that it was read from, whose link is to the cell."""
    tree = LexborHTMLParser(reading_page([read("html")]))
    linked = tree.css(".official td a")
    assert len(linked) == 200
    for link in linked:
        [place] = tree.css(link.attributes["href"])
        [cell] = tree.css(place.attributes["href"])
        assert cell == link.parent
        assert place.text() == (link.text() if link.text() != "空白" else "")


def test_the_text_is_whole():
    """The text beside the tables is the text as read, character for character."""
    read_document = read("row_pipes")
    [shown] = LexborHTMLParser(reading_page([read_document])).css(".original .text")
    assert shown.text().strip() == read_document.reports[0].text.strip()


def test_figures_without_a_column_share_a_place():
    """Where blanks have vanished each cell of the row leads to the printed figures, which lead to the first of them."""
    tree = LexborHTMLParser(reading_page([read("collapsed_pipes")]))
    unplaced = tree.css("td.unplaced a")
    assert [link.text() for link in unplaced] == ["位置不明"] * 7
    [place] = {link.attributes["href"] for link in unplaced}
    [shared] = tree.css(place)
    assert "several" in shared.attributes["class"]
    assert shared.attributes["title"].endswith("等7格")


def test_doubt_and_places_elsewhere_are_named():
    """A cell below full confidence says how sure it is; one that stands on a page or in a sheet says where."""
    report = edit(
        clean_report(), {"table3/本年新收/自然人": {"confidence": 0.8, "at": PageBox(3, (72.0, 140.2, 90.0, 155.0))}}
    )
    report = edit(report, {"table3/本年新收/其他": {"at": SheetCell("表三", "C7")}})
    tree = LexborHTMLParser(reading_page([document(report)]))
    [unsure] = tree.css("td.unsure")
    assert unsure.text() == "600.8第3页"
    assert unsure.attributes["title"] == "一、本年新收·自然人：第3页（72, 140, 90, 155）"
    assert [node.text() for node in tree.css("small.place")] == ["第3页", "C7"]
    assert "其中1格没有十足把握" in tree.css(".tally")[1].text()


def test_a_table_that_is_not_there_is_said_and_not_drawn():
    """An absent table and a picture have a sentence and no cells."""
    report = edit(clean_report(), {"table3": {"state": "absent"}, "table4": {"state": "picture"}})
    tree = LexborHTMLParser(reading_page([document(report)]))
    assert len(tree.css(".official")) == 1
    assert [node.text() for node in tree.css(".note")] == [
        "报告中没有找到这张表。",
        "这张表是图片，没有核验其中的数据。",
    ]
    assert tally(report.tables["4"]) is None


def test_what_was_read_by_likeness_is_named():
    """Labels that were matched only by likeness, and rows that the form does not have, are named."""
    printing = Printing(altered=(AlteredLabel("本年薪收", "本年新收"),), rows=(PrintedRow(None, "其它", 7),))
    assert remarks(replace(clean_report().tables["3"], printing=printing)) == (
        "按近似读取的标签：“本年薪收”作为“本年新收”。",
        "规定表格中没有的行：“其它”。",
    )


def test_the_page_needs_nothing_from_elsewhere_and_is_well_formed():
    """No address on the network, every link has a target, every tag is closed, nothing that a document says is markup."""
    hostile = edit(
        clean_report(), {"table3/本年新收/其他": "<script>alert(1)</script>", "report": {"title": "<img id=x>"}}
    )
    unread = parse(b"", source="<b>.txt")
    html = reading_page([document(hostile), unread, read("collapsed_pipes"), read("html")])
    assert faults_of_page(html) == []
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;b&gt;.txt" in html
    assert "文件是空的" in reading_page([unread])
