"""Birth dates, check digits and sums."""

import pytest

from shared.personal.checks import born, check_digit, luhn


def test_the_example_of_the_standard():
    """GB 11643-1999 gives 11010519491231002X as its example."""
    assert check_digit("11010519491231002") == "X"
    assert born("11010519491231002X")
    assert born("110105491231002")


@pytest.mark.parametrize(
    "digits", ["110105194913310021", "990105194912310021", "110105189912310021", "110105490231002"]
)
def test_a_day_or_province_that_does_not_exist_is_no_birth(digits):
    """The 31st of a 13th month, a province 99, the year 1899 and the 31st of February are refused."""
    assert not born(digits)


def test_a_card_number_has_a_check_sum():
    """One of ten last digits makes the sum of ISO/IEC 7812 hold."""
    assert [luhn("622202123456789" + str(digit)) for digit in range(10)].count(True) == 1
