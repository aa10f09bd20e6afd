"""The labels decide the edition, never the year or the notice cited."""

import pytest

from services.parse.editions import edition_of_year, report_form
from services.parse.readers import html, text
from services.parse.tables import read_tables
from shared.testing.layouts import blank_figures, render


@pytest.mark.parametrize(
    ("year", "edition"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2018, "2021"), (None, "2021")]
)
def test_the_year_decides_only_absent_tables(year, edition):
    """The edition ordered for the year, the present one where there was none."""
    assert edition_of_year(year) == edition
    tables = read_tables(text.read("没有表格。".encode()), year).tables
    assert len(tables["2"].cells) == {"2019": 22, "2021": 10}[edition]


def test_a_report_is_mixed_only_by_its_tables():
    """Tables 2 and 3 of different editions."""
    assert report_form(["2019", "2021"]) == "mixed"
    assert report_form(["2019", None]) == "2019"
    assert report_form([None]) is None


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_damaged_heads_leave_the_edition_recognisable(edition):
    """The second line of a two-line head is often lost."""
    page = render({}, edition, "cell_pipes")
    page = (
        page.replace("本年新制作数量", "本年新").replace("本年新公开数量", "本年新").replace("本年制发件数", "本年发件")
    )
    assert read_tables(text.read(page.encode()), None).form == edition


def test_sub_totals_do_not_make_the_old_form():
    """(六)其他处理 with figures beside its items is a sub-total of the present form, told as an extra row."""
    page = render({}, "2021", "row_pipes").replace(
        "（六）其他处理 | 1.", "（六）其他处理 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | |\n1."
    )
    tables = read_tables(text.read(page.encode()), 2024)
    assert tables.form == "2021"
    assert [row.label for row in tables.tables["3"].printing.rows if row.row is None] == ["（六）其他处理"]
    assert all(cell.state == "number" for cell in tables.tables["3"].cells)


def test_one_figure_among_blanks_does_not_make_the_present_form():
    """A decision row of 2019 with two cells left empty looks like one of 2021: table 3 tells the form."""
    figures = {("2", row, "处理决定数量"): "3" for row in ("行政许可", "行政处罚", "行政强制")}
    page = render(blank_figures("2019", "") | figures, "2019", "html")
    for told in ("上一年项目数量", "本年增/减", "新制作", "新公开数量", "对外公开总", "采购", "对外管理"):
        page = page.replace(told, "□")
    assert read_tables(html.read(page.encode()), None).tables["2"].form == "2019"
