"""Table 4 is counted behind its head, never read by its head's words; printed in three parts, each part is counted."""

import pytest

from services.parse.readers import html, text
from services.parse.tables import read_tables
from shared.testing.layouts import blank_figures, render

FIGURES = {
    ("4", "行政复议", "结果维持"): "1",
    ("4", "未经复议直接起诉", "总计"): "12",
    ("4", "复议后起诉", "总计"): "10",
}
PAGE = render(FIGURES, "2021", "cell_pipes")


def table(page):
    """Read table 4."""
    return read_tables(text.read(page.encode()), 2024).tables["4"]


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page.replace("结果纠正", "结果").replace("其他结果", "其他").replace("尚未审结", "尚未"),
        lambda page: page.replace("结果维持", "结 果 持"),
        lambda page: page.replace("四、政府信息公开行政复议、行政诉讼情况", "四、行政复议和行政诉讼情况"),
    ],
)
def test_cut_heads_change_nothing(change):
    """Extractors keep only the first line of the small heads."""
    assert [cell.value for cell in table(change(PAGE)).cells] == [cell.value for cell in table(PAGE).cells]
    assert {cell.confidence for cell in table(change(PAGE)).cells} == {1.0}


@pytest.mark.parametrize("extra", ["0 |\n", ""])
def test_another_number_of_figures_is_refused(extra):
    """14 or 16 figures have no certain places."""
    page = PAGE.replace("12 |\n", extra + "12 |\n" if extra else "")
    assert {cell.state for cell in table(page).cells} == {"unplaced"}


def test_blocks_in_another_order_are_refused():
    """A head that names the blocks in another order is not the official one."""
    page = PAGE.replace("未经复议直接起诉", "□").replace("复议后起诉", "未经复议直接起诉").replace("□", "复议后起诉")
    assert {cell.value for cell in table(page).cells} == {None}


def test_blocks_printed_one_under_another_are_one_table():
    """Each block with its name, its outcomes and five figures."""
    names = "结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n"
    page = "四、政府信息公开行政复议、行政诉讼情况\n" + "".join(
        f"{head}\n{names}1\n2\n3\n4\n{total}\n"
        for head, total in (("行政复议", 10), ("行政诉讼\n未经复议直接起诉", 11), ("复议后起诉", 12))
    )
    assert [cell.value for cell in table(page).cells] == [1, 2, 3, 4, 10, 1, 2, 3, 4, 11, 1, 2, 3, 4, 12]


LINES = """四、政府信息公开行政复议、行政诉讼情况
| 类别 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |
|---|---|---|---|---|---|
| 行政复议 | 1 | 2 | 3 | 4 | 10 |
| 未经复议直接起诉 | 1 | 2 | 3 | 5 | 11 |
| 复议后起诉 | 1 | 2 | 3 | 6 | 12 |
五、存在的主要问题及改进情况
"""
PRINTED = [1, 2, 3, 4, 10, 1, 2, 3, 5, 11, 1, 2, 3, 6, 12]


@pytest.mark.parametrize(
    ("change", "confidence"),
    [
        (lambda page: page, 1.0),
        (lambda page: page.replace("| 未经", "| 行政诉讼 | 未经").replace("| 复议后", "| | 复议后"), 1.0),
        (
            lambda page: (
                page.replace("|---|---|---|---|---|---|\n", "").replace("\n| ", "\n").replace(" |\n", " | |||||\n")
            ),
            1.0,
        ),
        (lambda page: page.replace("|---|---|---|---|---|---|\n", "").replace("|", " "), 0.9),
        (lambda page: page.replace("|---|---|---|---|---|---|\n", "").replace(" | ", "\n").replace("|", ""), 1.0),
    ],
    ids=["markdown", "with the group", "without lead", "spaces", "lines"],
)
def test_a_line_for_each_row_under_one_head(change, confidence):
    """The outcomes are named once, and every row of the form is a printed line with its five figures."""
    cells = table(change(LINES)).cells
    assert [cell.value for cell in cells] == PRINTED
    assert {cell.confidence for cell in cells} == {confidence}


def test_a_line_left_empty_is_blank():
    """Five empty cells in the line of a row are its cells."""
    page = LINES.replace("| 1 | 2 | 3 | 5 | 11 |", "| | | | | |").replace("| 1 | 2 | 3 | 6 | 12 |", "| | | | | |")
    cells = table(page).cells
    assert [cell.value for cell in cells] == PRINTED[:5] + [None] * 10
    assert {cell.state for cell in cells[5:]} == {"blank"}


@pytest.mark.parametrize("change", [("| 4 | 10", "| 10"), ("| 结果维持 | 结果纠正", "| 结果纠正 | 结果维持")])
def test_lines_that_are_not_the_form_are_refused(change):
    """A lost figure, or outcomes in another order: no figure has a certain place."""
    assert {cell.state for cell in table(LINES.replace(*change)).cells} == {"unplaced"}


@pytest.mark.parametrize("further", ["", "<tr>" + "<td></td>" * 15 + "</tr>", "<tr><td colspan=15>注：无</td></tr>"])
@pytest.mark.parametrize("style", ["html", "word_html"])
def test_a_page_s_table_left_empty_is_blank(style, further):
    """15 empty cells of a real table are 15 blanks, whatever else stands below them in the grid."""
    figures = {place: "" for place in blank_figures() if place[0] == "4"}
    page = render(figures, "2021", style)
    end = page.find("</tbody>", page.find("未经复议直接起诉"))
    page = page[:end] + further + page[end:]
    read = read_tables(html.read(page.encode()), 2024).tables["4"]
    assert read.state == "present"
    assert [cell.state for cell in read.cells] == ["blank"] * 15


def test_a_page_number_between_the_head_and_its_row_is_no_figure():
    """It stands beside no cell; of fourteen cells behind it one is lost."""
    page = render(blank_figures("2021", "7"), style="html")
    begin = page.rindex("<tr>", 0, page.index("<p>7</p>", page.index("复议后起诉")))
    row = page[begin : page.index("</tr>", begin) + 5]
    short = row.replace('<td colspan="1" rowspan="1"><p>7</p></td>', "", 1)
    cut = page.replace(row, f"</table><p>3</p><table>{short}")
    assert cut != page
    assert {cell.state for cell in read_tables(html.read(cut.encode()), 2024).tables["4"].cells} == {"unplaced"}
