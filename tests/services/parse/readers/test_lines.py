"""Characters become lines: spaces by distance, notes and struck-out figures apart, nothing joined that may be two figures."""

from itertools import accumulate

import pytest

from services.parse.readers.drawn import Ink, Run
from services.parse.readers.lines import lines_in, lines_of
from services.parse.readers.rules import Rule


def row(text, x=0.0, base=100.0, size=10.0, *, step=None, order=0, turn=0):
    """Return characters side by side: Latin ones half as wide as others, or a step apart."""
    ink = Ink(size, base, turn, seen=True, white=False, order=order)
    wide = [size / 2 if character.isascii() else size for character in text]
    lefts = list(accumulate(wide if step is None else [step] * len(text), initial=x))[: len(text)]
    rights = [left + width for left, width in zip(lefts, wide, strict=True)]
    return [Run(text, lefts, rights, [base - size / 3] * len(text), ink)]


def texts(lines):
    """Return what the lines say."""
    return [line.text for line in lines]


def test_lines_of_a_cell_from_the_top():
    """Whatever the order in which a cell was painted, it is read from the top and from the left."""
    runs = row("大量反复", base=112) + row("4.无正当理由", base=100)
    assert texts(lines_in(runs)) == ["4.无正当理由", "大量反复"]


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        (row("12") + row("34", 13), "12 34"),
        (row("12") + row("34", 40), "12 34"),
        (row("12") + row("34", 10.5), "1234"),
        (row("2025") + row("年", 22), "2025年"),
        (row("规") + row("章", 20), "规 章"),
        (row("1 2"), "1 2"),
        (row("12 ") + row("34", 15), "12 34"),
        (row("11", step=2.5), "11"),
        (row("58") + row("58", 0.4), "58"),
    ],
)
def test_spaces_by_distance(runs, said):
    """Two figures are never joined over a gap, one figure is not torn apart, printing twice for bold is one character."""
    assert texts(lines_in(runs)) == [said]


def test_characters_upon_one_another_are_not_sure():
    """Where another character stands in the same place, nobody can say which one counts."""
    (line,) = lines_in(row("58") + row("9", 0.5))
    assert not line.sure


@pytest.mark.parametrize(
    ("note", "said"),
    [
        (row("1", 10, base=96, size=6), "58¹"),
        (row("1", 10, base=102, size=6), "58₁"),
        (row("1", 10, base=96, size=10), "58¹"),
        (row("1", 10, base=103, size=10), "58₁"),
        (row("1", 10, base=100, size=9), "581"),
    ],
)
def test_a_note_is_no_digit(note, said):
    """A small figure above or below the line, or one of the same size moved up or down, is a note."""
    assert texts(lines_in(row("58") + note)) == [said]


def test_a_stroke_through_a_figure_is_kept():
    """A line through the middle strikes out, one below or above does not."""
    runs = row("32")
    assert texts(lines_in(runs, [Rule(96.5, -1, 6)])) == ["3\u03362"]
    assert texts(lines_in(runs, [Rule(101.5, -1, 11)])) == ["32"]
    assert texts(lines_in(runs, [Rule(90, -1, 11)])) == ["32"]


def test_one_shape_has_one_character():
    """What some programs write for a character, because a type has the same shape for a radical, is that character."""
    assert texts(lines_in(row("⼈⺠政府⼆"))) == ["人民政府二"]


def test_turned_text_is_read_in_the_order_it_was_painted():
    """A group label set from below to above stays one label beside the level text of its cell."""
    runs = row("三、本年度", turn=1) + row("12", base=140)
    assert texts(lines_in(runs)) == ["12", "三、本年度"]


def test_running_lines_keep_the_order_they_were_painted_in():
    """A label of two lines stays before the figures that stand between its lines."""
    runs = row("1.本机关不掌握", base=100, order=1) + row("相关信息", base=112, order=2)
    runs += row("17", 200, base=106, order=3) + row("5", 240, base=106, order=4)
    assert texts(lines_of(runs)) == ["1.本机关不掌握", "相关信息", "17\t5"]


def test_pieces_painted_later_find_their_line():
    """Figures painted before all other characters come back to where they stand."""
    runs = row("2024", 60, order=1) + row("样例市数据局", order=2) + row("年报告", 80, order=3)
    assert texts(lines_of(runs)) == ["样例市数据局2024年报告"]
