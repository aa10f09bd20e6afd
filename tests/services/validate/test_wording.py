"""How findings print figures, quotations and lists."""

from decimal import Decimal

import pytest

from services.validate.wording import decimals, figure, listed, quoted


@pytest.mark.parametrize(
    ("number", "printed"),
    [(0, "0"), (-3, "-3"), (Decimal("8.830"), "8.83"), (Decimal("5.0"), "5"), (Decimal(100), "100")],
)
def test_figures_are_printed_without_needless_digits(number, printed):
    """As a clerk writes them: no exponent, no trailing zeros."""
    assert figure(number) == printed


def test_a_quotation_is_one_short_line():
    """Line ends are spaces, more than 20 characters are cut."""
    assert quoted("2\n 3") == "2 3"
    assert quoted(None) == ""
    assert quoted("无" * 30) == "无" * 19 + "…"


def test_long_lists_are_cut_and_counted():
    """Five names, then how many in all."""
    assert listed(["甲", "乙"]) == "甲、乙"
    assert listed(list("甲乙丙丁戊己")) == "甲、乙、丙、丁、戊等6处"


@pytest.mark.parametrize(("raw", "digits"), [("327.5600", 4), ("1，186．0", 1), ("5", 0), (None, 0), (" 5. ", 0)])
def test_decimals_are_counted_as_printed(raw, digits):
    """5.0 is printed with one decimal although it is 5."""
    assert decimals(raw) == digits
