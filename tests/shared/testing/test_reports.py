"""The clean report and its edits."""

import pytest

from shared.forms import FORMS
from shared.model.cell import Printing
from shared.testing.reports import clean_report, edit


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_clean_report_has_every_cell_of_its_form(edition):
    """All addresses in the official order, each a bare number."""
    report = clean_report(edition)
    for number, form in FORMS[edition].tables.items():
        cells = report.tables[number].cells
        assert [(cell.row, cell.column) for cell in cells] == list(form.addresses)
        assert {cell.state for cell in cells} == {"number"}


def test_edits_reach_cells_rows_columns_tables_and_the_report():
    """Each kind of address edits what it names and nothing else."""
    edits = {
        "table3/不予公开/属于国家秘密/自然人": 3,
        "table3/总计": None,
        "table4//总计": "/",
        "table2": {"printing": Printing(gridded=False)},
        "report": {"year": 2022},
    }
    clean, edited = clean_report(), edit(clean_report(), edits)
    table3, table4 = edited.tables["3"], edited.tables["4"]
    assert table3.cell("不予公开/属于国家秘密", "自然人").value == 3
    assert {cell.row for cell in table3.cells if cell.state == "blank"} == {"总计"}
    assert [cell.column for cell in table4.cells if cell.state == "placeholder"] == ["总计"] * 3
    assert edited.tables["2"].printing == Printing()
    assert edited.tables["2"].cells == clean.tables["2"].cells
    assert edited.year == 2022
    assert edit(clean, {}) == clean


def test_a_row_that_is_missing_is_not_printed():
    """The printed rows follow the cells."""
    table = edit(
        clean_report(), {"table3/部分公开": {"state": "missing"}, "table3/总计/其他": {"state": "missing"}}
    ).tables["3"]
    printed = {row.row: row.figures for row in table.printing.rows}
    assert "部分公开" not in printed
    assert printed["总计"] == 6


def test_an_unknown_address_is_a_key_error():
    """A misspelt example fails instead of changing nothing."""
    with pytest.raises(KeyError):
        edit(clean_report(), {"table3/没有这一行/总计": 1})
