"""Pages as they are drawn: places, lines, and what is seen of the characters."""

import pytest

from services.parse.document import Unreadable
from services.parse.readers import drawing
from services.parse.readers.drawn import LOST
from services.parse.readers.pdfium import opened, page_of
from services.parse.readers.rules import Box
from shared.testing.formats.pdf_file import A4, Sheet, document, filled, line, stroked, text


def drawn(content, **options):
    """Return the drawing of a page with this content."""
    with opened(document([Sheet(content, **options)])) as file, page_of(file, 0) as page:
        return drawing.draw(page)


def said(page):
    """Return the characters in the order in which they were painted."""
    return "".join(run.text for run in page.runs)


def glyphs(page):
    """Return the characters with their places."""
    return [glyph for run in page.runs for glyph in run.glyphs()]


def test_places_are_counted_from_the_upper_left_corner():
    """A character reaches over its advance; its base line and size are those of its type."""
    first, second = glyphs(drawn(text(60, 700, 12, "规1")))
    assert (first.left, first.right, first.ink.base, first.ink.size) == pytest.approx((60, 72, 142, 12))
    assert (second.left, second.right) == pytest.approx((72, 78))


def test_each_of_many_characters_stands_in_its_place():
    """However many characters a page has, and whatever stands off it, each has its own place and name."""
    said_in = [f"规{chr(ord('一') + row)}章" * 20 for row in range(60)]
    rows = [text(60, 800 - 10 * row, 8, printed) for row, printed in enumerate(said_in)]
    page = drawn("".join(rows) + text(700, 400, 8, "外"))
    assert [run.text for run in page.runs] == said_in
    for row, run in enumerate(page.runs):
        assert run.ink.base == pytest.approx(A4[1] - 800 + 10 * row)
        assert list(run.lefts) == pytest.approx([60 + 8 * place for place in range(60)])
        assert list(run.rights) == pytest.approx([68 + 8 * place for place in range(60)])


@pytest.mark.parametrize(
    ("matrix", "rotate", "turned"),
    [("0 1 -1 0 842 0", 90, 0), ("-1 0 0 -1 842 595", 180, 0), ("0 -1 1 0 0 595", 0, 3), ("0 1 -1 0 842 0", 0, 1)],
)
def test_turned_pages_are_read_upright(matrix, rotate, turned):
    """However a page is turned, its text runs from left to right, and a box is told as the page is shown."""
    page = drawn(f"q {matrix} cm\n{text(60, 500, 12, '规1')}{line(60, 495, 90, 495)}Q", size=(842, 595), rotate=rotate)
    first, second = glyphs(page)
    assert first.ink.turn == 0
    assert second.left == pytest.approx(first.right)
    (rule,) = page.horizontals
    assert (rule.at - first.ink.base, rule.start) == pytest.approx((5, first.left), abs=1.1)
    assert page.turned == turned


@pytest.mark.parametrize(
    ("turned", "shown"),
    [(0, (1, 2, 3, 4)), (1, (2, 7, 4, 9)), (2, (7, 16, 9, 18)), (3, (16, 1, 18, 3))],
)
def test_boxes_as_they_are_shown(turned, shown):
    """A box of a drawing 10 wide and 20 high stands elsewhere on a page that is shown turned."""
    assert drawing.Drawing(10, 20, turned).as_shown(Box(1, 2, 3, 4)) == shown


def test_lines_however_they_are_drawn():
    """Strokes, thin areas and the sides of boxes are lines; slanting ones are not, filled areas are areas."""
    page = drawn(line(10, 800, 110, 800) + filled(10, 700, 100, 0.5) + filled(10, 500, 0.5, 100) + line(0, 0, 50, 50))
    assert [(rule.at, rule.start, rule.end) for rule in page.horizontals] == [
        pytest.approx(each, abs=1.1) for each in ((42, 10, 110), (141.75, 10, 110))
    ]
    assert [(rule.at, rule.start, rule.end) for rule in page.verticals] == [pytest.approx((10.25, 242, 342), abs=0.6)]
    page = drawn(stroked(10, 700, 100, 50) + "1 g\n" + filled(200, 700, 100, 50))
    assert (len(page.horizontals), len(page.verticals)) == (2, 2)
    assert [(area.white, area.box) for area in page.areas] == [(True, pytest.approx((200, 92, 300, 142)))]


def test_forms_are_part_of_the_page():
    """What a form draws stands where the page puts it."""
    content = text(60, 700, 12, "规章") + line(10, 800, 110, 800)
    plain, formed = drawn(content), drawn(content, form=True)
    assert said(formed) == "规章"
    assert [glyph.left for glyph in glyphs(formed)] == pytest.approx([glyph.left for glyph in glyphs(plain)])
    assert formed.horizontals[0] == pytest.approx(plain.horizontals[0], abs=0.1)


def test_what_nobody_sees_is_told():
    """Unseen text is marked, white text too; text that a type has no names for is lost, never another character."""
    page = drawn(
        f"q 3 Tr\n{text(60, 700, 12, '甲')}Q\nq 1 g\n{text(60, 600, 12, '乙')}Q\n{text(60, 500, 12, '5', 'N')}"
    )
    assert [(glyph.ink.seen, glyph.ink.white) for glyph in glyphs(page)] == [
        (False, False),
        (True, True),
        (True, False),
    ]
    assert said(page) == f"甲乙{LOST}"


def test_characters_are_those_of_the_file():
    """Marks, full-width figures and rare characters come out as they were written."""
    assert said(drawn(text(60, 700, 12, "５８①¹②䶮—／"))) in {"５８①¹②䶮—／", "５８①¹②—／"}


def test_pictures_are_told():
    """A picture has its place."""
    page = drawn(text(60, 700, 12, "规章"), image=True)
    assert [picture.box for picture in page.pictures] == [pytest.approx((0, 0, *A4))]


@pytest.mark.parametrize(
    "content",
    [
        line(0, 0, 9, 0) * 50_001,
        "0 0 m " + "9 9 l " * 100_001 + "S\n",
        "".join(text(0, 30 * y, 0.1, "规" * 5000) for y in range(11)),
    ],
)
def test_pages_that_only_exhaust_are_refused(content):
    """More objects, pieces of a path or characters than any page has."""
    with pytest.raises(Unreadable):
        drawn(content)
