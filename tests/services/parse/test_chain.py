"""Rows are found as a chain in official order; what is like a missing row fills it, what is not stays out."""

import pytest

from services.parse.chain import find_printings
from services.parse.readers import text
from services.parse.runs import read_runs
from shared.testing.layouts import render


def found(page, table="3"):
    """Return each printing as (label of the form, how it was found); groups that are only mentioned are left out."""
    runs = read_runs(text.read(page.encode()))
    return [
        [(match.slot.label, match.how) for match in printing if match.how != "mentioned"]
        for printing in find_printings(runs)[table]
    ]


def test_all_rows_are_found_once():
    """25 rows, exact."""
    (rows,) = found(render({}, "2021", "lines"))
    assert len(rows) == 25
    assert {how for _, how in rows} == {"exact"}


def test_rows_named_in_the_prose_are_no_rows_of_the_table():
    """What the prose before and behind a table says of its rows leaves the table's own rows as they are."""
    prose = "2024年，本机关不予公开1件，其中重复申请1件。\n"
    page = render({}, "2021", "row_pipes")
    assert found(f"{prose}{page}{prose}") == found(page)


def test_a_copy_is_a_printing_of_its_own():
    """Rows of a second copy never complete the first, even where the first lacks one."""
    whole = render({}, "2021", "row_pipes")
    first = whole.replace("四、结转下年度继续办理", "四、余")
    printings = found(first + whole)
    assert [len(rows) for rows in printings] == [24, 25]


def test_a_misspelt_label_is_matched_by_likeness():
    """One wrong character is enough alike, if no other row is."""
    (rows,) = found(render({}, "2021", "row_pipes").replace("要求提供公开出版物", "要求提供公开出板物"))
    assert ("3.要求提供公开出版物", "likeness") in rows


def test_a_short_misspelt_label_is_matched_by_elimination():
    """（七）总□ can only be the row between the items and the carry-over."""
    (rows,) = found(render({}, "2021", "row_pipes").replace("（七）总计", "（七）总什"))
    assert ("（七）总计", "likeness") in rows


def test_another_row_is_not_taken_for_a_missing_one():
    """A row with a label of its own does not stand in for a lost row."""
    (rows,) = found(render({}, "2021", "row_pipes").replace("2.重复申请", "2.涉密线索移送"))
    assert "2.重复申请" not in dict(rows)


def test_a_total_without_its_number_is_known_by_its_place():
    """总计 is a column too, so place alone is not certainty."""
    (rows,) = found(render({}, "2021", "row_pipes").replace("（七）总计", "总计"))
    assert ("（七）总计", "placed") in rows


def test_a_menu_is_no_table():
    """The words of table 2 stand in every portal's menu, with counters behind them."""
    assert not found("规章 12\n行政规范性文件 3\n行政许可 5\n行政处罚 7\n", "2")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2.重复申请", "3.要求提供公开出版物"),
        ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"),
        ("（七）总计", "四、结转下年度继续办理"),
    ],
)
def test_rows_in_another_order_are_their_labels_rows(one, other):
    """Exact labels name their rows wherever in the table they are printed, at its ends too."""
    page = render({}, "2021", "row_pipes").replace(one, "□").replace(other, one).replace("□", other)
    (rows,) = found(page)
    assert len(rows) == 25
    assert {how for _, how in rows} == {"exact"}
