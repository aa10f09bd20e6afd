"""What the rows of a printing show of its style, and how sure a full row is by it."""

from services.parse.readers import text
from services.parse.tables import read_tables
from shared.testing.layouts import blank_figures, render

ORDER = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
ROW = {("3", "不予处理/重复申请", column): str(place) for place, column in enumerate(ORDER, 11)}


def row(page, path="不予处理/重复申请", table="3"):
    """Return the cells of a row."""
    return [cell for cell in read_tables(text.read(page.encode()), 2024).tables[table].cells if cell.row == path]


def values(page):
    """Return the values of the row that is looked at."""
    return [cell.value for cell in row(page)]


def test_a_row_wider_than_the_table_may_have_lost_a_cell():
    """Where empty cells vanish and every line ends in one position too many, seven figures may be six and a remark."""
    figures = blank_figures("2021", "0") | ROW | {("3", "予以公开", column): "" for column in ORDER[1:4]}
    page = render(figures, style="collapsed_pipes")
    assert {cell.confidence for cell in row(page)} == {1.0}
    wide = page.replace("|\n", "||\n").replace("（五）不予处理 |", "（五）不处 |")
    assert values(wide) == list(range(11, 18))
    assert {cell.confidence for cell in row(wide)} == {0.8}


def test_where_no_line_comes_twice_a_full_row_may_have_lost_one():
    """A column that the form does not have fills the place of a line that came before; blanks in another table prove nothing."""
    places = [place for place in blank_figures("2021", "0") if place[0] == "3"]
    figures = {place: str(number) for number, place in enumerate(places, 100)} | ROW
    figures |= dict.fromkeys((places[4], *places[20:60:3]), "100") | {places[5]: "101 102"}
    figures |= {("2", "规章", "本年废止件数"): "", ("2", "规章", "现行有效件数"): "20"}
    page = render(figures, style="unique_lines").replace("\n13\n", "\n").replace("\n17\n", "\n17\n999\n")
    assert values(page)[2] == 14
    assert {cell.confidence for cell in row(page)} == {0.8}


def test_where_no_empty_line_parts_the_rows_a_full_one_may_hold_a_page_number():
    """Tabs open the cells, empty cells vanish, and a line of its own behind two figures may be no third."""
    figures = blank_figures("2021", "0") | {("2", path, "现行有效件数"): "" for path in ("规章", "行政规范性文件")}
    page = render(figures, style="tab_led")
    parted = page.replace("\t规章\n\t0\n\t0\n", "\t规章\n\t0\n\t0\n\t3\n")
    assert parted != page
    assert {cell.confidence for cell in row(parted.replace("\n\t\n", "\n").replace("\n\n", "\n"), "规章", "2")} <= {
        0.0,
        0.9,
    }


def test_the_head_of_one_table_that_names_a_column_more_leaves_doubt_in_another():
    """Where empty cells vanish, the only figure of 行政许可 may be that of a remark."""
    figures = blank_figures("2021", "0") | {("3", "予以公开", column): "" for column in ORDER[1:4]}
    page = render(figures, style="pdf")
    assert {cell.confidence for cell in row(page, "行政许可", "2")} == {1.0}
    named = page.replace("总计\n商业企业", "总计 备注\n商业企业").replace("其他\n一、", "其他 备注\n一、")
    assert {cell.confidence for cell in row(named, "行政许可", "2")} == {0.8}
