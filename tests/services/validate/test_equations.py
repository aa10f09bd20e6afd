"""The equations of the two forms."""

import pytest

from services.validate.equations import Failing, balances, case_sum, outcome_sums, row_sums, tried
from services.validate.rule import Unchecked
from services.validate.subject import Subject
from shared.model.finding import CellPlace
from shared.testing.reports import clean_report, edit


@pytest.mark.parametrize(("edition", "rows", "outcomes"), [("2019", 23, 19), ("2021", 25, 21)])
def test_table_3_has_an_equation_a_row_and_two_a_column(edition, rows, outcomes):
    """23 or 25 row sums, seven balances, seven sums of 19 or 21 outcomes."""
    assert len(row_sums(edition)) == rows
    assert {len(equation.expected) for equation in row_sums(edition)} == {6}
    assert len(balances(edition)) == len(outcome_sums(edition)) == 7
    assert {len(equation.expected) for equation in outcome_sums(edition)} == {outcomes}


def test_table_4_has_an_equation_a_group():
    """Four results and their total."""
    (equation,) = case_sum("2021", "复议后起诉")
    assert (len(equation.read), len(equation.expected)) == (1, 4)


def test_every_cell_of_table_3_stands_in_its_row_and_its_column():
    """No cell escapes: each is in one row sum and in at least one equation of its column."""
    for address in clean_report().tables["3"].cells:
        at = (address.row, address.column)
        assert sum(at in (*each.read, *each.expected) for each in row_sums("2021")) == 1
        assert any(at in (*each.read, *each.expected) for each in (*balances("2021"), *outcome_sums("2021")))


def test_what_stands_in_the_way_is_named_with_the_gravest_reason():
    """A lost cell outweighs a blank one; both places are told."""
    edits = {"table4/行政复议/结果维持": None, "table4/行政复议/总计": {"state": "unplaced"}}
    filled = Subject(edit(clean_report(), edits)).filled["4"]
    (result,) = tried(filled, case_sum("2021", "行政复议"))
    places = (CellPlace("4", "行政复议", "总计"), CellPlace("4", "行政复议", "结果维持"))
    assert result == Unchecked("operand_unplaced", places)


def test_difference_is_read_less_expected():
    """The side that is read first counts as what the report says."""
    filled = Subject(edit(clean_report(), {"table4/行政复议/总计": 1})).filled["4"]
    (result,) = tried(filled, case_sum("2021", "行政复议"))
    assert isinstance(result, Failing)
    assert (result.read, result.expected, result.difference) == (1, 4, -3)
