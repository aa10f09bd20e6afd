"""Printed numbers are read strictly: what is doubtful stays text."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.parse.numerals import parse_number, read_cell
from shared.forms.form import Column
from shared.testing.numerals import spelled

COUNT = Column("总计", "总计")
CHANGE = Column("本年增减", "本年增/减", kind="change")
AMOUNT = Column("本年收费金额", "本年收费金额（单位：万元）", kind="amount", unit="万元")


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("0", 0),
        ("\uff11，\uff12\uff13\uff14", 1234),
        ("－5", -5),
        ("-10", -10),
        ("5.0", Decimal("5.0")),
        ("十五", 15),
        ("二十", 20),
        ("廿三", 23),
        ("一百二", 120),
        ("一百零二", 102),
        ("三万六千", 36000),
        ("三万六", 36000),
        ("五百二十万", 5_200_000),
        ("二〇二四", 2024),
        ("二○二四", 2024),
        ("两百", 200),
        ("壹佰", 100),
        ("12.5万", 125_000),
        ("3万6千", 36_000),
        ("1亿2000万", 120_000_000),
        ("零", 0),
    ],
)
def test_a_stated_number_is_read(printed, number):
    """Arabic and Chinese numerals in any width, with thousands separators and multipliers."""
    assert parse_number(printed) == number
    assert str(parse_number(printed)) == str(number)


@pytest.mark.parametrize(
    "printed",
    [
        "",
        "百余",
        "数十",
        "几百",
        "百",
        "三五",
        "一二",
        "3万6",
        "12 3",
        "1,23",
        "第十二",
        "60余",
        "1O",
        "1234567890",
        "十百",
        "\uff11\uff12件",
        "½",
        "1e3",
    ],
)
def test_a_doubtful_number_is_refused(printed):
    """Approximate words, ordinals, units, broken groups and index codes are no number."""
    assert parse_number(printed) is None


@given(st.integers(0, 99_999_999))
def test_chinese_numerals_mean_what_they_spell(number):
    """Every whole number spelled in full reads back as itself."""
    assert parse_number(spelled(number)) == number


@pytest.mark.parametrize(
    ("raw", "column", "reading"),
    [
        ("58", COUNT, ("number", 58, None)),
        (" \uff15\uff18 ", COUNT, ("number", 58, None)),
        ("十五", COUNT, ("number", 15, None)),
        ("-3", COUNT, ("number", -3, None)),
        ("5.0", COUNT, ("number", Decimal("5.0"), None)),
        ("0件", COUNT, ("text", None, 0)),
        ("一件", COUNT, ("text", None, 1)),
        ("+208", COUNT, ("text", None, 208)),
        ("+208", CHANGE, ("number", 208, None)),
        ("减3", CHANGE, ("text", None, -3)),
        ("减3", COUNT, ("text", None, None)),
        ("70487元", AMOUNT, ("text", None, Decimal("7.0487"))),
        ("0.37万元", AMOUNT, ("text", None, Decimal("0.37"))),
        ("70487元", COUNT, ("text", None, None)),
        ("8.83", AMOUNT, ("number", Decimal("8.83"), None)),
        ("58①", COUNT, ("text", None, 58)),
        ("58²", COUNT, ("text", None, 58)),
        ("①58", COUNT, ("text", None, 58)),
        ("5¹8", COUNT, ("text", None, None)),
        ("㉚", COUNT, ("text", None, None)),
        ("58*", COUNT, ("text", None, 58)),
        ("58[1]", COUNT, ("text", None, 58)),
        ("①", COUNT, ("text", None, None)),
        ("12 3", COUNT, ("text", None, None)),
        ("3、5", COUNT, ("text", None, None)),
        ("1O", COUNT, ("text", None, None)),
        ("O", COUNT, ("text", None, 0)),
        ("○", COUNT, ("text", None, 0)),
        ("〇", COUNT, ("number", 0, None)),
        ("约60", COUNT, ("text", None, None)),
        ("见附件", COUNT, ("text", None, None)),
        ("", COUNT, ("blank", None, None)),
        (" \u3000\xa0", COUNT, ("blank", None, None)),
    ],
)
def test_a_cell_is_read_as_it_is_printed(raw, column, reading):
    """A bare number has a value; a unit, a word or a mark leaves at most a converted number; nothing is guessed."""
    assert read_cell(raw, column) == reading


@pytest.mark.parametrize("raw", ["/", "／", "-", "－", "—", "——", "\\", "无", "空", "（空）", "N/A", "n/a", "不涉及"])
def test_a_placeholder_is_no_zero(raw):
    """What stands for "nothing to say" has no value."""
    assert read_cell(raw, COUNT) == ("placeholder", None, None)


@given(st.text(max_size=60))
def test_any_text_is_some_cell(raw):
    """No cell text raises, and only a number has a value."""
    state, value, converted = read_cell(raw, AMOUNT)
    assert (value is not None) == (state == "number")
    assert converted is None or state == "text"
