"""Lines, pictures and tables in their order become one page."""

import pytest

from services.parse.document import Grid, Unreadable
from services.parse.readers.flow import Cell, Flow, Table, write_page
from shared.text import PICTURE


def flow(*blocks):
    """Return a flow of lines and tables."""
    made = Flow()
    for block in blocks:
        if isinstance(block, Table):
            made.table(block)
        else:
            made.write(block)
            made.end_line()
    return made


def table(*rows):
    """Return a table of cells with these contents."""
    return Table([[Cell(content if isinstance(content, Flow) else flow(content)) for content in row] for row in rows])


def test_lines_and_tables_keep_their_order():
    """A table ends the line before it; empty lines leave nothing; breaks part lines."""
    made = flow("甲", " ", "乙\n丙")
    made.write("丁")
    made.table(table(("a", "1"), ("b", "")))
    text, blocks = write_page(made).finished()
    assert text == "甲\n乙\n丙\n丁\na\t1\nb\t\n"
    assert [isinstance(block, Grid) for block in blocks] == [False] * 4 + [True]


def test_a_table_that_holds_a_long_one_lays_out_the_page():
    """However deep the long table stands; its cells come out as a page of their own."""
    inner = table(("a", "1"), ("b", "2"), ("c", "3"))
    outer = table((flow("左"), flow(table((flow("上", inner),)))))
    text, blocks = write_page(flow(outer)).finished()
    assert text == "左\n上\na\t1\nb\t2\nc\t3\n"
    assert sum(isinstance(block, Grid) for block in blocks) == 1


def test_a_small_table_in_a_cell_is_that_cells_text():
    """Two rows at most are the cell's lines."""
    text, _ = write_page(flow(table(("a", flow(table(("1",), ("2",)))), ("b", "3")))).finished()
    assert text == "a\t1 2\nb\t3\n"


def test_pictures_stand_where_they_stand():
    """A picture between lines, and one in a cell at its table."""
    made, inside = flow("甲"), Flow()
    made.picture()
    inside.picture()
    made.table(table((inside, "a", "b")))
    assert write_page(made).pictures == [2, 2]


def test_more_tables_than_any_report_are_refused():
    """Also where they stand in one another."""
    with pytest.raises(Unreadable):
        write_page(flow(*[table(("a", flow(table(("b", "c")))))] * 251))


def test_a_cell_with_nothing_but_a_picture_says_so():
    """Also one in a small table inside it; text beside a picture is what the cell says, and empty cells are empty."""
    picture, nested, both, drawn = Flow(), Flow(), flow("7"), Flow()
    picture.picture()
    nested.table(table((picture,)))
    both.picture()
    drawn.drawn = True
    text, _ = write_page(flow(table(("规章", picture, "", both), ("行政许可", nested, drawn, "3")))).finished()
    assert text == f"规章\t{PICTURE}\t\t7\n行政许可\t{PICTURE}\t{PICTURE}\t3\n"


def test_a_table_of_labels_and_pictures_has_cells():
    """Two filled cells in a row make a grid, also where one is filled by a picture."""
    picture = Flow()
    picture.picture()
    _, blocks = write_page(flow(table(("规章", picture), ("行政许可", picture)))).finished()
    assert [isinstance(block, Grid) for block in blocks] == [True]
