"""Struck-out text is neither lost nor joined to what replaces it."""

import pytest

from services.parse.numerals import read_cell
from services.parse.struck import strike, without_strokes
from services.parse.tokens import is_figure
from shared.forms import FORMS

COLUMN = FORMS["2021"].tables["3"].rows[0].columns[0]


@pytest.mark.parametrize(
    "printed", [strike("3"), strike("3") + "2", strike("12") + " 3", "2" + strike("3"), strike("十二")]
)
def test_a_struck_figure_is_no_number(printed):
    """A cell with struck-out text stands where a figure should, but says no figure, neither the old nor the new nor both."""
    assert is_figure(printed)
    assert read_cell(printed, COLUMN) == ("text", None, None)


def test_blanks_are_not_struck():
    """A struck space is a blank."""
    assert strike(" \xa0") == " \xa0"


def test_long_text_stays_in_one_piece():
    """A telephone number struck out is still found and masked."""
    assert strike("13800138000").startswith("13800138000")
    assert without_strokes(strike("13800138000")) == "13800138000"
