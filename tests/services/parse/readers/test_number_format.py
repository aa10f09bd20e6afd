"""Numbers as a sheet shows them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.parse.readers.number_format import BUILT_IN, shown, stored


@pytest.mark.parametrize(
    ("number", "code", "seen"),
    [
        ("58", "General", "58"),
        ("3.0", "General", "3"),
        ("0.30000000000000004", "General", "0.3"),
        ("1E-3", "", "0.001"),
        ("58", "@", "58"),
        ("58", "G/通用格式", "58"),
        ("58.4", "0", "58"),
        ("58.5", "0", "59"),
        ("58.5", "0_ ", "59"),
        ("1234", "#,##0", "1,234"),
        ("1234567", "#,##0", "1,234,567"),
        ("8.834", "0.00", "8.83"),
        ("8.8", "0.0#", "8.8"),
        ("123", "0000", "0123"),
        ("12", "??0", "12"),
        ("0.0883", "0.00%", "8.83%"),
        ("0", BUILT_IN[41], "-"),
        ("0", BUILT_IN[43], "-"),
        ("-3", BUILT_IN[41], "-3"),
        ("1234.5", BUILT_IN[44], "1,234.50"),
        ("0", "0;-0;;@", ""),
        ("5", "0;-0;;@", "5"),
        ("-5", "0;-0;;@", "-5"),
        ("5", ";;;", ""),
        ("58", '0"件"', "58件"),
        ("58", "0件", "58件"),
        ("-58", "#,##0.00_);[Red]\\(#,##0.00\\)", "(58.00)"),
        ("5", "[$¥-804]#,##0.00", "¥5.00"),
        ("1234567", "0,", "1235"),
        ("12", 'General"件"', "12件"),
        ("45000", 'yyyy"年"m"月"', "2023-03-15"),
        ("45000.5", "yyyy/m/d h:mm", "2023-03-15 12:00:00"),
        ("-1", "yyyy-mm-dd", "######"),
        ("5", '"无"', "无"),
    ],
)
def test_a_number_is_what_its_cell_shows(number, code, seen):
    """Rounded, grouped, with its unit, as a dash, not at all."""
    assert shown(number, code) == (seen, True)


@pytest.mark.parametrize(
    "code",
    [
        "[DBNum1]General",
        "[>=5]0",
        "0.00E+00",
        "# ?/?",
        "000-0000",
        "0.0.0",
        "0" * 201,
        "0" * 60 + "." + "0" * 60,
        "0" + "%" * 190,
    ],
)
def test_a_format_not_understood_says_so(code):
    """The stored number is given, and that it may not be what is shown."""
    assert shown("58", code) == ("58", False)


@pytest.mark.parametrize("number", ["", "x", "inf", "nan", "1e999", "1,2"])
def test_what_is_no_number_is_refused(number):
    """No text becomes a number."""
    with pytest.raises((ValueError, ArithmeticError)):
        shown(number, "0")


@given(st.floats(allow_nan=False, allow_infinity=False), st.text('0#?,.;%@_*\\"[]GeneralyEmd件-/ ', max_size=20))
def test_any_format_ends(number, code):
    """Any number under any code shows something."""
    assert isinstance(shown(repr(number), code).text, str)


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_whole_numbers_stay_whole(number):
    """However it is stored, a count is printed as a count."""
    assert stored(f"{number}.0") == stored(str(number)) == str(number)
