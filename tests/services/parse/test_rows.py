"""Rows are placed by what is printed over and beside them; what contradicts itself is refused."""

import pytest

from services.parse.readers import html, text
from services.parse.tables import read_tables
from shared.testing.layouts import blank_figures, render

ORDER = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
ROW = {("3", "不予处理/重复申请", column): str(place) for place, column in enumerate(ORDER, 11)}
HEAD = "自然人 | 法人或其他组织 | 总计 | |||||||\n商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |||||\n"


def row(page, path="不予处理/重复申请", *, reader=text):
    """Return the cells of a row of table 3."""
    table = read_tables(reader.read(page.encode()), 2024).tables["3"]
    return [cell for cell in table.cells if cell.row == path]


def values(page, path="不予处理/重复申请", *, reader=text):
    """Return the values of a row of table 3."""
    return [cell.value for cell in row(page, path, reader=reader)]


def test_a_second_head_holds_for_the_rows_below_it():
    """A head printed again after a page break in another order names the columns from there on, and only there."""
    again = HEAD.replace("商业企业", "□").replace("科研机构", "商业企业").replace("□", "科研机构")
    page = render(ROW).replace("2.重复申请 |", f"{again}2.重复申请 |")
    assert values(page) == [11, 13, 12, 14, 15, 16, 17]
    assert {cell.confidence for cell in row(page)} == {0.8}
    assert {cell.confidence for cell in row(page, "予以公开")} == {1.0}


@pytest.mark.parametrize("lost", ["商业企", "业企业", "商企业"])
def test_a_damaged_head_in_another_order_is_known_by_its_letters(lost):
    """A head that lost a letter still says that its columns stand in another order."""
    page = render(ROW).replace("商业企业 | 科研机构", f"科研机构 | {lost}")
    assert values(page) == [11, 13, 12, 14, 15, 16, 17]


def test_a_damaged_head_is_not_completed_from_a_row_label():
    """其他法律行政法规禁止公开 stands behind a head that is printed again before that row: it names no column."""
    again = HEAD.replace("社会公益组织", "□").replace("法律服务机构", "社会公益组织").replace("□", "法律务机构")
    page = render(ROW).replace("2.其他法律行政法规禁止公开 |", f"{again}2.其他法律行政法规禁公开 |")
    assert values(page) == [11, 12, 13, 15, 14, 16, 17]
    assert {cell.confidence for cell in row(page)} == {0.8}


def test_a_head_that_contradicts_the_form_and_lost_a_name_gives_no_places():
    """Where the names that are left stand in another order than the form's, nothing is placed."""
    page = render(ROW).replace("商业企业 | 科研机构 | 社会公益组织", "社会公益组织 | □□ | 商业企业")
    assert {cell.state for cell in row(page)} == {"unplaced"}


@pytest.mark.parametrize("style", ["row_pipes", "lines", "html"])
def test_a_row_printed_twice_with_different_figures_is_no_ones(style):
    """Neither of two rows of one label is believed; the same row twice is."""
    reader = html if style == "html" else text
    page = render(ROW, style=style)
    assert values(page, reader=reader) == list(range(11, 18))
    other, label = page.replace(">11<", ">12<").replace("\n11\n", "\n12\n").replace(" 11 |", " 12 |"), "2.重复申请"
    begin, end = other.index(label), other.index("3.要求提供公开出版物")
    begin, end = (other.rindex("<tr>", 0, at) if style == "html" else at for at in (begin, end))
    twice = page.replace(other[end : end + 40], other[begin:end] + other[end : end + 40])
    assert values(twice, reader=reader) == [None] * 7
    assert {cell.state for cell in row(twice, reader=reader)} == {"unplaced"}


def test_a_column_that_the_form_does_not_have_is_read_past_where_a_grid_names_it():
    """In real cells the heads say which columns are the form's; in pasted text figures that may be another column's are doubted."""
    page = render(ROW, style="html")
    at = page.index("申请人情况")
    table, rest = page[at:].split("</table>", 1)
    lines = table.split("<tr>")
    lines = [
        line.replace("</tr>", f"<td>{'备注' if '商业企业' in line else '9' if number > 2 else ''}</td></tr>")
        for number, line in enumerate(lines)
    ]
    wide = page[:at] + "<tr>".join(lines).replace("</tr>", "<td></td></tr>", 1) + "</table>" + rest
    assert values(wide, reader=html) == list(range(11, 18))
    assert {cell.confidence for cell in row(wide, reader=html)} == {1.0}
    pasted = render(ROW, style="lines").replace("\n其他\n一、", "\n其他\n备注\n一、")
    assert {cell.confidence for cell in row(pasted)} == {0.8}


def test_a_row_broken_over_pages_leaves_no_blank_row():
    """The figures of a row stand beside the first part of its label, empty cells beside the rest: neither is a row of blanks."""
    cells, blank = "".join(f"<td>{number}</td>" for number in range(11, 18)), "<td></td>" * 7
    page = render(style="html", figures=ROW)
    begin = page.rindex("<tr>", 0, page.index("（二）部分公开"))
    end = page.index("</tr>", begin) + 5
    broken = f"<tr><td>（二）</td>{cells}</tr><tr><td>部分公开</td>{blank}</tr>"
    assert {cell.value for cell in row(page[:begin] + broken + page[end:], "部分公开", reader=html)} == {None}
    assert {cell.state for cell in row(page[:begin] + broken + page[end:], "部分公开", reader=html)} == {"unplaced"}


def test_a_row_broken_over_pages_behind_the_label_of_its_group_leaves_no_blank_row():
    """（六）其他处理 is a row of the form of 2019 alone: beside it in that of 2021, figures are nobody's too."""
    cells = "".join(f"<td>{number}</td>" for number in ("1.", *range(11, 17), ""))
    page = render(style="html", figures=ROW)
    begin = page.rindex("<tr>", 0, page.index("1.申请人无正当理由逾期不补正"))
    end = page.index("</tr>", begin) + 5
    label = "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请"
    broken = f"<tr><td>（六）其他处理</td>{cells}</tr><tr><td></td><td>{label}</td>{'<td></td>' * 7}</tr>"
    read = row(page[:begin] + broken + page[end:], "其他处理/逾期不补正", reader=html)
    assert {cell.state for cell in read} == {"unplaced"}


def test_a_row_broken_over_pages_behind_its_number_leaves_no_blank_row():
    """Above the rest of its label stands 3 as if it were a figure, and one that is: both in the run of the row before."""
    before = {("3", "无法提供/没有现成信息需要另行制作", column): "" for column in ORDER[1:]}
    page = render(style="html", figures=ROW | before)
    begin = page.rindex("<tr>", 0, page.index("3.补正后申请内容仍不明确"))
    end = page.index("</tr>", begin) + 5
    upper = f"<tr><td>3</td>{'<td></td>' * 6}<td>12</td></tr>"
    lower = f"<tr><td></td><td>.补正后申请内容仍不明确</td>{'<td></td>' * 7}</tr>"
    read = row(page[:begin] + upper + lower + page[end:], "无法提供/补正后申请内容仍不明确", reader=html)
    assert {cell.state for cell in read} == {"unplaced"}


def test_a_second_head_in_a_grid_in_another_order_leaves_doubt():
    """Its table may have been broken over pages, and go on behind the next break in the first order without a head."""
    page = render(ROW, style="html")
    begin = page.rindex("<tr>", 0, page.index("申请人情况"))
    head = page[begin : page.index("</tr>", page.index("法律服务机构")) + 5]
    at = page.rindex("<tr>", 0, page.index("二、上年结转"))
    again = head.replace("商业企业", "□").replace("科研机构", "商业企业").replace("□", "科研机构")
    for printed, read, sure in ((head, [11, 12, 13], 1.0), (again, [11, 13, 12], 0.8)):
        twice = page[:at] + printed + page[at:]
        assert values(twice, reader=html)[:3] == read
        assert {cell.confidence for cell in row(twice, reader=html)} == {sure}
        assert {cell.confidence for cell in row(twice, "本年新收", reader=html)} == {1.0}


def test_a_line_lost_with_a_label_leaves_doubt_in_the_row_before():
    """Where a label vanished, figures behind the one before may be another row's."""
    page = render(ROW, style="lines").replace("3.要求提供公开出版物\n" + "0\n" * 7, "")
    assert {cell.confidence for cell in row(page)} == {0.8}


def test_a_page_number_is_no_figure_of_a_row_with_a_vanished_cell():
    """Where empty cells vanish, a bare number among lines may stand for one: rows are at most 0.9 sure; beside pipes it is none."""
    figures = blank_figures("2021", "0") | ROW | {("3", "不予处理/重复申请", "其他"): "", ("3", "予以公开", "其他"): ""}
    bare = render(figures, style="paragraphs").replace("\n14\n", "\n14\n\n3\n")
    assert {cell.confidence for cell in row(bare)} <= {0.0, 0.8, 0.9}
    piped = render(figures, style="cell_pipes").replace("14 |\n", "14 |\n3\n")
    assert 3 not in values(piped)


def test_a_text_that_ends_in_a_figure_may_have_had_more_of_it():
    """The last cell of a text that breaks off is doubted with its row."""
    page = render({("3", "结转下年度", "总计"): "1186"})
    cut = page[: page.index("1186") + 2]
    assert row(cut, "结转下年度")[-1].value == 11
    assert {cell.confidence for cell in row(cut, "结转下年度")} == {0.8}


def test_the_2019_row_of_other_outcomes_misspelt():
    """（六）其他处理 with a wrong letter is the row of its place, with less confidence, and the form is still that of 2019."""
    figures = {("3", "其他处理", column): str(place) for place, column in enumerate(ORDER, 11)}
    for style in ("row_pipes", "lines", "html"):
        reader = html if style == "html" else text
        for wrong in ("（六）其他处埋", "（六）其它处理", "（六)其处理", "六、其他外理"):
            page = render(figures, "2019", style).replace("（六）其他处理", wrong)
            assert values(page, "其他处理", reader=reader) == list(range(11, 18)), (style, wrong)
            assert read_tables(reader.read(page.encode()), 2020).form == "2019"
