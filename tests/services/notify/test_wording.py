"""A finding reads as a clerk needs it: place, figure, right figure, difference, what to do, basis."""

from decimal import Decimal

import pytest

from services.notify.case import numbered
from services.notify.wording import difference_text, items, numbers_told, place_text, value_text
from shared.forms.printed import printed_cell
from shared.model.finding import CellPlace, Suspect, TextPlace
from shared.testing.judgements import NATURAL, TOTAL, finding

SUSPECT = Suspect("3", "本年新收", "自然人", 61, 60)
QUOTED = TextPlace("五", "存在的主要问题", 0, 7)


@pytest.mark.parametrize(
    ("place", "year", "told"),
    [
        (TOTAL, 2024, "第三部分表三“一、本年新收”行“总计”列"),
        (
            CellPlace("3", "不予公开/属于国家秘密", "自然人"),
            2024,
            "第三部分表三“(三)不予公开 1.属于国家秘密”行“自然人”列",
        ),
        (CellPlace("4", "未经复议直接起诉"), 2024, "第四部分表四“行政诉讼 未经复议直接起诉”行"),
        (CellPlace("3", None, "自然人"), 2024, "第三部分表三“自然人”列"),
        (CellPlace("2"), 2024, "第二部分表二"),
        (CellPlace("2", "政府集中采购", "采购总金额"), 2020, "第二部分表二“政府集中采购”行“采购总金额”列"),
        (TextPlace("一", "收到政府信息公开申请60件", 0, 13), 2024, "第一部分“收到政府信息公开申请60件”"),
        (TextPlace("title", "长" * 30, 0, 30), 2024, f"标题“{'长' * 19}…”"),
        (TextPlace(None, "第一行\n第二行", 0, 7), 2024, "正文“第一行 第二行”"),
    ],
)
def test_a_place_is_named_as_it_is_printed(place, year, told):
    """By chapter and table, row and column, or by at most 20 characters quoted."""
    assert place_text(place, year) == told


def test_a_report_in_the_wrong_form_names_its_own_rows():
    """Rows that only the other edition has are still named; without a year as well."""
    place = CellPlace("2", "政府集中采购", "采购总金额")
    assert place_text(place, 2024) == place_text(place, None) == place_text(place, 2020)


@pytest.mark.parametrize(
    ("value", "told"),
    [(0, "0"), (-4, "-4"), (Decimal("8.8300"), "8.83"), (Decimal(100), "100"), ("8\n3元", "8 3元"), (None, None)],
)
def test_figures_are_written_plainly(value, told):
    """No exponent, no trailing zeros; nothing stays nothing."""
    assert value_text(value) == told


@pytest.mark.parametrize(
    ("difference", "told"),
    [(4, "4（报告偏大）"), (-4, "4（报告偏小）"), (Decimal("0.0003"), "0.0003（报告偏大）"), (0, None), (None, None)],
)
def test_a_difference_has_a_direction(difference, told):
    """A clerk need not think about signs."""
    assert difference_text(difference) == told


def test_equations_of_one_suspect_cell_stand_together():
    """Under the cell, where the first of them stands; others keep their order."""
    row = finding(suspect=SUSPECT)
    alone = finding("T4-01", places=(CellPlace("4", "行政复议", "总计"),), read=9, expected=4, suspect="ambiguous")
    column = finding("T3-02", places=(NATURAL,), read=65, expected=64, suspect=SUSPECT)
    first, second = items([row, alone, column], {row.key: 1, alone.key: 2, column.key: 3}, 2024)
    assert (first.place, first.read, first.expected) == ("第三部分表三“一、本年新收”行“自然人”列", "61", "60")
    assert (first.numbers, [each.rule for each in first.statements]) == ("1、3", ["T3-01", "T3-02"])
    assert (second.numbers, second.read, second.expected, second.expected_as) == ("2", "9", "4", "应为")


@pytest.mark.parametrize(
    ("read", "places", "told"),
    [
        ("收到60件", (QUOTED, TOTAL), "比较的另一处"),
        ("2023", (QUOTED, QUOTED), "比较的另一处"),
        ("四", (QUOTED,), "对照"),
        (None, (QUOTED,), "缺少"),
        (None, (TOTAL,), "应为"),
    ],
)
def test_what_is_expected_is_called_by_what_it_is(read, places, told):
    """Another place only where there is one; what is not written is lacking; only of a cell is it sure what it should be."""
    found = finding("S-11", places=places, read=read, expected="改进情况")
    (item,) = items([found], {found.key: 1}, 2024)
    assert item.expected_as == told


def test_a_suspect_cell_that_is_blank_has_no_difference():
    """Empty is not zero."""
    blank = finding(suspect=Suspect("3", "本年新收", "自然人", None, 60))
    (item,) = items([blank], {blank.key: 1}, 2024)
    assert (item.read, item.difference) == ("（空）", None)


def test_where_nothing_is_compared_every_place_is_named():
    """Blank cells are a list; an equation names the cell at fault."""
    rows = ("本年新收", "上年结转", "予以公开")
    blanks = finding("C-01", places=tuple(CellPlace("3", row, "其他") for row in rows), read=None, expected=None)
    (item,) = items([blanks], {blanks.key: 1}, 2024)
    assert item.place.count("“其他”列") == 3
    (equation,) = items([finding()], {finding().key: 1}, 2024)
    assert equation.place == "第三部分表三“一、本年新收”行“总计”列"


def test_many_cells_of_a_table_are_named_under_it():
    """The table is said once, and a row of which no cell is filled in is named whole."""
    columns = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    blank = (*(CellPlace("3", "本年新收", column) for column in columns), CellPlace("3", "上年结转", "其他"))
    found = finding("C-01", places=blank, read=None, expected=None)
    (item,) = items([found], {found.key: 1}, 2024)
    assert item.place == "第三部分表三“一、本年新收”整行、“二、上年结转·其他”"


def test_many_places_are_counted():
    """A mail does not list a whole table."""
    many = finding(
        "C-01", places=tuple(CellPlace("3", "本年新收", "总计") for _ in range(14)), read=None, expected=None
    )
    (item,) = items([many], {many.key: 1}, 2024)
    assert item.place.endswith("等14处")


@pytest.mark.parametrize(("severity", "advice"), [("E", "更正"), ("W", "核实"), ("I", "参考")])
def test_there_is_always_something_to_do(severity, advice):
    """A rule without a suggestion still says how to go on."""
    found = finding(severity=severity)
    (item,) = items([found], {found.key: 1}, 2024)
    assert advice in item.advice


@pytest.mark.parametrize(
    ("numbers", "told"),
    [((1,), "1"), ((2, 1), "1、2"), ((3, 1, 2), "1—3"), ((1, 3, 4, 5, 6, 9), "1、3—6、9"), ((), "")],
)
def test_numbers_in_a_row_are_a_range(numbers, told):
    """From three on."""
    assert numbers_told(numbers) == told


def test_a_flood_of_one_kind_is_one_item():
    """With its numbers as a range, how many places there are, and the first of them by name."""
    rows = ("本年新收", "上年结转", "予以公开")
    flood = [placeholder(CellPlace("3", row, column)) for row in rows for column in ("科研机构", "其他", "总计")]
    (item,) = items(flood, numbered({}, flood), 2024)
    assert (item.numbers, item.place, item.read) == ("1—9", "第三部分表三9处", "/")
    assert item.named is not None
    assert item.named.startswith("“一、本年新收·科研机构”、“一、本年新收·其他”、")
    assert item.named.endswith("等9处")
    (statement,) = item.statements
    assert (statement.numbers, statement.message) == ("1—9", "表三9处填写为“/”，请填写数字。")


def test_what_else_is_wrong_in_the_suspect_cell_stands_with_it():
    """The clerk mends the cell once; the doubt says that it is one."""
    row = finding(suspect=SUSPECT)
    unit = finding(
        "C-05", "W", places=(NATURAL,), read="61件", expected=None, message="含文字“61件”。", suggestion="请只填数字。"
    )
    (item,) = items([unit, row], {row.key: 1, unit.key: 2}, 2024)
    assert (item.severity, item.numbers) == ("E", "1、2")
    assert [(each.rule, each.otherwise) for each in item.statements] == [("T3-01", None), ("C-05", "请核实")]
    assert item.advice.endswith("请以台账为准。请只填数字。")


def placeholder(place):
    """Return the finding that a cell is filled with a stroke."""
    name = printed_cell("2021", place.table, place.row, place.column)
    return finding(
        "C-02", "W", places=(place,), read="/", expected=None, message=f"表三“{name}”填写为“/”，请填写数字。"
    )
