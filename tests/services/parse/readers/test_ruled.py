"""Characters in the cells of their tables, and doubt where a character may belong to another cell."""

import pytest

from services.parse.readers.continued import Table
from services.parse.readers.drawing import draw
from services.parse.readers.lines import Line
from services.parse.readers.pdfium import opened, page_of
from services.parse.readers.ruled import read_leaf
from services.parse.readers.visible import layer_of
from shared.testing.formats.pdf_file import Sheet, document, line, picture, stroked, text
from shared.text import PICTURE

BOXES = stroked(60, 700, 100, 20) + stroked(160, 700, 40, 20) + stroked(60, 680, 100, 20) + stroked(160, 680, 40, 20)
LABELS = text(64, 706, 9, "规章") + text(64, 686, 9, "行政许可")


def leaf(content, **options):
    """Return what stands on a page with this content."""
    with opened(document([Sheet(content, **options)])) as file, page_of(file, 0) as page:
        drawing = draw(page)
        return read_leaf(drawing, layer_of(drawing), 7)


def doubted(found):
    """Return the text of the doubtful cells of the only table."""
    (table,) = (item for item in found.items if isinstance(item, Table))
    return [cell.text for cell in table.cells if cell.at in table.doubtful]


def rows(found):
    """Return what the only table of a page says."""
    (table,) = (item for item in found.items if isinstance(item, Table))
    return [[" ".join(cell.lines) for cell in row] for row in table.printed()]


def test_cells_know_their_place():
    """A cell has its page and its box in points from the upper left corner."""
    found = leaf(BOXES + LABELS + text(164, 706, 9, "58") + text(164, 686, 9, "7"))
    assert rows(found) == [["规章", "58"], ["行政许可", "7"]]
    cell = found.items[0].cells[1]
    assert (cell.at.page, cell.at.box) == (7, pytest.approx((160, 122, 200, 142), abs=0.6))
    assert not doubted(found)


def test_text_round_a_table_keeps_its_order():
    """What is painted before the table stands before it."""
    found = leaf(text(60, 760, 12, "二、主动公开") + BOXES + LABELS + text(60, 640, 12, "三、收到"))
    assert [item.text if isinstance(item, Line) else "table" for item in found.items] == [
        "二、主动公开",
        "table",
        "三、收到",
    ]


@pytest.mark.parametrize(
    ("figure", "doubtful"),
    [
        (text(180, 706, 9, "123456"), ["1234"]),
        (text(188, 706, 9, "12") + text(197, 706, 9, "34"), ["123"]),
        (text(140, 706, 9, "”三安全”5"), ["规章 ”三", "安全”5", "行政许可", "7"]),
        (text(164, 697, 9, "58"), ["58", "7"]),
        (text(164, 706, 9, "58") + text(164.5, 706, 9, "9"), ["598"]),
    ],
    ids=["over the edge", "in two pieces", "a head over the edge", "on the line", "two upon one another"],
)
def test_figures_that_touch_another_cell_are_not_sure(figure, doubtful):
    """A figure that runs over a line, or stands upon it or upon another, is not read with full confidence; others are, but under a head."""
    assert doubted(leaf(BOXES + LABELS + figure + text(164, 686, 9, "7"))) == doubtful


def test_a_cell_that_is_not_closed_is_not_sure():
    """Text between lines that end in the open may be of either cell; without text nothing is in doubt."""
    open_ = stroked(60, 700, 100, 40) + line(110, 700, 110, 720) + line(60, 720, 110, 720)
    assert not doubted(leaf(open_ + text(64, 706, 9, "规章")))
    assert "58" in doubted(leaf(open_ + text(120, 715, 9, "58")))


def test_struck_out_figures_are_kept_apart():
    """A line through a figure, and no line of the table, strikes it out."""
    found = leaf(BOXES + LABELS + text(170, 706, 9, "32") + line(168, 709, 174, 709))
    assert rows(found)[0] == ["规章", "3\u03362"]
    assert not doubted(found)


def test_marks_over_the_table_are_of_no_cell():
    """A character far larger than its cell is a mark on the paper."""
    found = leaf(BOXES + LABELS + text(164, 706, 9, "58") + text(64, 690, 60, "稿"))
    assert rows(found)[0] == ["规章", "58"]
    assert not doubted(found)


def test_a_recognised_layer_says_so():
    """What a recognition program put behind a picture of the page is never sure."""
    found = leaf(f"{BOXES}q 3 Tr\n{LABELS}{text(164, 706, 9, '58')}{text(60, 760, 9, '共收到申请58件。')}Q", image=True)
    (table,) = (item for item in found.items if isinstance(item, Table))
    assert all(cell.recognised for cell in table.cells)
    assert [item.sure for item in found.items if isinstance(item, Line)] == [False]


def test_a_picture_in_place_of_a_figure_is_not_sure():
    """The cell has no text, and is not surely blank; a picture beside a figure, or elsewhere, takes nothing from it."""
    beside = picture(64, 686, 9, 9) + picture(300, 300, 9, 9)
    found = leaf(BOXES + LABELS + picture(164, 706, 9, 9) + text(164, 686, 9, "7") + beside)
    assert rows(found) == [["规章", PICTURE], ["行政许可", "7"]]
    assert not doubted(found)
