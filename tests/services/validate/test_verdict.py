"""When tables 3 and 4 count as read."""

import pytest

from services.validate.subject import Subject
from services.validate.verdict import decisive_tables_read
from shared.forms import FORMS
from shared.testing.reports import clean_report, edit

ROWS = [row.path for row in FORMS["2021"].tables["3"].rows]


@pytest.mark.parametrize(("lost", "read"), [(0, True), (10, True), (11, False), (25, False)])
@pytest.mark.parametrize("cell", [{"state": "unplaced"}, {"state": "missing"}, {"confidence": 0.8}])
def test_fewer_than_15_of_25_rows_is_not_read(lost, read, cell):
    """A table of which most rows stand, certain, at their places was read; otherwise nobody may call the report 合格."""
    report = edit(clean_report(), {f"table3/{path}": cell for path in ROWS[:lost]})
    assert decisive_tables_read(Subject(report)) is read


def test_blanks_and_slashes_were_read():
    """An empty form was read: its blanks are what it says."""
    report = edit(clean_report(), {f"table3/{path}": None for path in ROWS})
    assert decisive_tables_read(Subject(report))


def test_table_2_does_not_decide():
    """The verdict rests on tables 3 and 4."""
    assert decisive_tables_read(Subject(edit(clean_report(), {"table2": {"state": "picture"}})))
