"""Places by their printed names."""

import pytest

from shared.forms import FORMS
from shared.forms.printed import printed_cell, printed_column, printed_place, printed_row
from shared.model.finding import CellPlace


@pytest.mark.parametrize(
    ("edition", "table", "path", "name"),
    [
        ("2021", "3", "本年新收", "一、本年新收"),
        ("2021", "3", "部分公开", "(二)部分公开"),
        ("2021", "3", "不予公开/属于国家秘密", "(三)不予公开 1.属于国家秘密"),
        ("2021", "3", "其他处理/逾期未缴费", "(六)其他处理 2.逾期未缴费"),
        ("2019", "3", "其他处理", "(六)其他处理"),
        ("2021", "3", "总计", "(七)总计"),
        ("2021", "3", "结转下年度", "四、结转下年度"),
        ("2021", "2", "行政规范性文件", "行政规范性文件"),
        ("2021", "4", "行政复议", "行政复议"),
        ("2021", "4", "复议后起诉", "行政诉讼 复议后起诉"),
    ],
)
def test_rows_are_named_as_a_clerk_sees_them(edition, table, path, name):
    """Numbering and group as printed, long explanations left out."""
    assert printed_row(edition, table, path) == name


def test_columns_are_named_without_their_unit():
    """The unit is not part of the name; 增/减 is printed with its stroke."""
    assert printed_column("2019", "2", "采购总金额") == "采购总金额"
    assert printed_column("2019", "2", "本年增减") == "本年增/减"
    with pytest.raises(KeyError):
        printed_column("2021", "2", "采购总金额")


def test_a_place_is_a_table_a_row_a_column_or_a_cell():
    """As much as is known of it."""
    names = [
        printed_place("2021", place)
        for place in (
            CellPlace("3"),
            CellPlace("3", "不予处理/重复申请"),
            CellPlace("3", None, "自然人"),
            CellPlace("4", "行政复议", "总计"),
        )
    ]
    assert names == ["表三", "表三“(五)不予处理 2.重复申请”行", "表三“自然人”列", "表四“行政复议·总计”"]


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_names_are_unique_within_a_table(edition):
    """A name leads to one cell."""
    for number, form in FORMS[edition].tables.items():
        names = [printed_cell(edition, number, *address) for address in form.addresses]
        assert len(set(names)) == len(names)
