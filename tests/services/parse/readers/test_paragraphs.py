"""Lines joined again where only a width broke them."""

import pytest

from services.parse.readers.lines import Line
from services.parse.readers.paragraphs import goes_on, in_cell, joined, right_margin, whole_figures
from services.parse.readers.rules import Box


def line(text, left=0.0, top=0.0, size=10.0):
    """Return a line as wide as its characters."""
    wide = sum(size / 2 if character.isascii() else size for character in text)
    return Line(text, Box(left, top, left + wide, top + size), size)


FULL = "本机关依法公开政府信息，规范"


@pytest.mark.parametrize(
    ("before", "following", "one"),
    [
        (line(FULL, 20), line("办理公开申请。", 0, 15), True),
        (line(FULL), line("办理公开申请。", 0, 15), True),
        (line(FULL), line("办理公开申请。", 20, 15), False),
        (line("一、总体情况"), line(FULL, 0, 15), False),
        (line(FULL), line("办理", 0, 90), False),
        (line(FULL), line("办理公开申请。", 0, 15, 14), False),
        (line(FULL[:-1] + "。"), line("二、主动公开情况", 0, 15), False),
        (line("规章\t3" + FULL), line("行政许可", 0, 15), False),
    ],
)
def test_what_goes_on(before, following, one):
    """A line that fills its width goes on in the next one, unless that is indented, far below, larger, or a heading."""
    assert goes_on(before, following, right_margin([line(FULL)])) is one


def test_figures_are_not_joined_over_lines():
    """Two numbers at the end of a line and the beginning of the next stay two."""
    assert joined("共58", "2件") == "共58 2件"
    assert joined("共", "2件") == "共2件"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["251000", "元"], "251000元"),
        (["2.其他法律行政法规", "禁止公开"], "2.其他法律行政法规禁止公开"),
        (["12", "34"], "12 34"),
        (["-", "5"], "- 5"),
        (["（区分处理的", "）"], "（区分处理的）"),
    ],
)
def test_a_cell_is_one_line(rows, said):
    """A word and a figure's unit are whole again in a narrow cell, two figures stay apart."""
    assert in_cell([line(each, 0, 12 * place) for place, each in enumerate(rows)]) == (said,)


@pytest.mark.parametrize(
    ("rows", "wide", "said", "sure"),
    [
        (["25100", "0"], 28, ["251000"], False),
        (["25100", "0"], 36, ["251000"], False),
        (["20", "00", "0"], 22, ["20000"], False),
        (["12", "34"], 40, ["12", "34"], True),
        (["251000", "元"], 34, ["251000", "元"], True),
    ],
)
def test_a_figure_broken_for_its_cell(rows, wide, said, sure):
    """Digits that had no room are one figure again, and not sure; figures that had room are two."""
    found = whole_figures([line(each, 4, 12 * place) for place, each in enumerate(rows)], 0, wide)
    assert [each.text for each in found] == said
    assert all(each.sure for each in found) is sure


@pytest.mark.parametrize(("apart", "sure"), [(12, True), (18, False)])
@pytest.mark.parametrize("rows", [("12", "34"), ("—", "7")])
def test_figures_of_two_rows(rows, apart, sure):
    """Figures a row's height from one another may be those of two rows whose line is lacking: they are two, and not sure."""
    found = whole_figures([line(each, 4, apart * place) for place, each in enumerate(rows)], 0, 40)
    assert [each.text for each in found] == [*rows]
    assert all(each.sure for each in found) is sure


def test_a_long_cell_has_paragraphs():
    """A chapter laid out in a table keeps its paragraphs."""
    rows = [FULL, FULL, "办理公开申请。"] * 8
    assert (
        in_cell([line(each, 0, 12 * place) for place, each in enumerate(rows)]) == (f"{FULL}{FULL}办理公开申请。",) * 8
    )
