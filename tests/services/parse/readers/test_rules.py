"""Straight lines: whole again where they were drawn in pieces, together where they meet."""

import pytest

from services.parse.document import Unreadable
from services.parse.readers.rules import Rule, bounded, groups, pieced, snapped, with_sides


def test_pieces_and_dashes_are_one_line():
    """Pieces on one place with hardly a gap between them are one line, wherever they overlap."""
    assert pieced([Rule(5, 0, 10), Rule(5.1, 12, 30), Rule(5, 28, 40), Rule(5, 60, 70)]) == [
        Rule(5, 0, 40),
        Rule(5, 60, 70),
    ]


def test_double_lines_are_one_line_of_a_table():
    """Lines a border's width apart take one place; the next row's line keeps its own."""
    assert snapped([Rule(10, 0, 50), Rule(12, 0, 50), Rule(24, 0, 50), Rule(40, 0, 3)]) == [
        Rule(11, 0, 50),
        Rule(24, 0, 50),
    ]


def test_lines_that_meet_belong_together():
    """Two frames apart from one another are two groups; a line that meets none belongs to no group."""
    level = [Rule(0, 0, 20), Rule(10, 0, 20), Rule(50, 0, 20), Rule(60, 0, 20), Rule(90, 0, 20)]
    upright = sorted([Rule(0, 0, 10), Rule(20, 0, 10), Rule(0, 50, 60), Rule(20, 50, 60)])
    assert [(len(across), len(down)) for across, down in groups(level, upright)] == [(2, 2), (2, 2)]


def test_the_sides_of_a_cell_that_goes_on_belong_to_it():
    """An upright line beside others that reaches as high and as low is one of theirs, a longer one is a line of the page."""
    level = [Rule(0, 20, 40), Rule(10, 20, 40)]
    upright = [Rule(5, 0, 10), Rule(15, -40, 50), Rule(20, 0, 10), Rule(40, 0, 10)]
    ((_, down),) = with_sides(groups(level, upright), upright)
    assert sorted(down) == [Rule(5, 0, 10), Rule(20, 0, 10), Rule(40, 0, 10)]


def test_a_line_ends_where_it_meets_another():
    """An overshoot is cut off, an underline that touches one border goes, an end that two lines share stays open."""
    crossing = [Rule(0, 0, 100), Rule(50, 0, 100)]
    level = [Rule(0, -6, 56), Rule(20, 0, 50), Rule(40, 0, 30)]
    assert bounded(level, crossing) == [Rule(0, 0, 50), Rule(20, 0, 50)]
    assert bounded([Rule(0, 0, 90), Rule(20, 0, 90)], crossing) == [Rule(0, 0, 90), Rule(20, 0, 90)]


def test_more_lines_than_any_report_are_refused():
    """Lines that cross a million times are no table."""
    many = [Rule(number, 0, 2000) for number in range(1100)]
    with pytest.raises(Unreadable):
        groups(many, many)
