"""Table 4 is counted behind its head, never read by its head's words."""

import pytest

from services.parse.readers import text
from services.parse.tables import read_tables
from shared.testing.layouts import render

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
