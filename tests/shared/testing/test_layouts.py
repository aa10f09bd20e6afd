"""Made reports look like the pasted ones they stand for."""

import pytest

from shared.testing.layouts import STYLES, TITLE, blank_figures, outline, render, render_table
from shared.testing.sheets import WIDTHS, full_rows, places, sheet


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("number", ["2", "3", "4"])
def test_a_sheet_fills_its_width(number, edition):
    """Spans leave no position uncovered, so that every row has the official number of columns."""
    printed = sheet(number, edition, {})
    assert {len(row) for row in full_rows(printed, WIDTHS[number])} == {WIDTHS[number]}
    assert sum(cell.columns * cell.rows for row in printed for cell in row) == WIDTHS[number] * len(printed)


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("number", ["2", "3", "4"])
def test_places_fill_every_row(number, edition):
    """Cells and continuations of cells from above follow one another without gaps."""
    for row in places(sheet(number, edition, {})):
        ends = [place.column + place.cell.columns for place in row]
        assert [place.column for place in row] == [0, *ends[:-1]]
        assert ends[-1] == WIDTHS[number]


def test_rows_look_like_an_extractors_rows():
    """Swallowed cells leave bare pipes; a blank cell leaves a gap."""
    page = render_table("2", {("2", "行政许可", "本年处理决定数量"): "117"}, "2021", "row_pipes")
    assert "行政许可 | 117 | ||" in page.split("\n")
    assert "规章 |  |  |  |" in render_table("2", blank_figures(), "2021", "row_pipes").split("\n")
    assert "规章 | |||" in render_table("2", blank_figures(), "2021", "collapsed_pipes").split("\n")


@pytest.mark.parametrize("style", STYLES)
def test_every_style_prints_a_whole_report(style):
    """Title and chapters stand in every style, tables where the style has them."""
    page = render({}, "2021", style)
    for heading in ("一、总体情况", "六、其他需要报告的事项"):
        assert heading in page
    assert ("本年新收政府信息" in page) == (style not in {"layout_table", "no_tables", "pictures"})
    assert ("第二十条" in render({}, "2021", style, without=("2",))) is False


def test_an_outline_is_what_a_report_consists_of():
    """Title, six headings and their prose, three tables in their chapters."""
    parts = outline({}, without=("4",))
    assert [part.number for part in parts if not isinstance(part, str)] == ["2", "3"]
    assert parts[0] == TITLE
    assert sum(isinstance(part, str) and part[1] == "、" for part in parts) == 6
