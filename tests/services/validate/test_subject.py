"""What a rule sees of a report."""

import pytest

from services.validate.subject import Subject
from shared.testing.reports import clean_report, edit

ADDRESS = ("行政复议", "总计")


def _obstacle(cell):
    return Subject(edit(clean_report(), {"table4/行政复议/总计": cell})).filled["4"].obstacle(ADDRESS)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (4, None),
        (None, "operand_blank"),
        ("/", "operand_placeholder"),
        ({"state": "text", "raw": "2 3"}, "operand_text"),
        ({"state": "text", "raw": "4件", "converted": 4}, None),
        ({"state": "missing"}, "operand_missing"),
        ({"state": "unplaced", "confidence": 0.0}, "operand_unplaced"),
        ({"confidence": 0.9}, None),
        ({"confidence": 0.8}, "low_confidence"),
        ({"state": "blank", "confidence": 0.8}, "low_confidence"),
    ],
)
def test_arithmetic_uses_certain_figures_only(cell, reason):
    """Blank, placeholder, text, lost or doubtful cells stand in the way, each for its own reason."""
    assert _obstacle(cell) == reason


def test_tables_that_were_not_read_are_not_filled():
    """Absent, picture and damaged tables show no cells to a rule; a table printed twice is read."""
    edits = {"table2": {"state": "absent"}, "table3": {"state": "damaged"}, "table4": {"state": "repeated"}}
    subject = Subject(edit(clean_report(), edits))
    assert set(subject.filled) == {"4"}
    assert [subject.unread(number) for number in "234"] == ["table_absent", "table_damaged", None]


@pytest.mark.parametrize(("year", "edition"), [(2020, "2019"), (2024, "2021"), (None, "2021"), (2018, "2021")])
def test_a_table_of_unknown_form_has_the_form_of_its_year(year, edition):
    """Without a year, that of the form in force."""
    report = edit(clean_report(), {"table4": {"form": None}, "report": {"year": year}})
    assert Subject(report).editions == {"2": "2021", "3": "2021", "4": edition}
