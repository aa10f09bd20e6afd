"""PDF files opened: what cannot be is told apart, and what is printed over a page is on it."""

import pytest

from services.parse.document import Unreadable
from services.parse.readers.drawing import draw
from services.parse.readers.pdfium import opened, page_count, page_of, raster
from shared.testing.formats.pdf_file import A4, Sheet, document, filled, text

PAGE = Sheet(text(60, 700, 12, "规章"))


def read(data):
    """Return the characters of the first page."""
    with opened(data) as file, page_of(file, 0) as page:
        return "".join(run.text for run in draw(page).runs)


def test_a_file_without_password_opens():
    """Protection that only forbids printing or copying is not in the way of reading."""
    assert read(document([PAGE])) == read(document([PAGE], password="")) == "规章"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (document([PAGE], password="secret"), "encrypted"),
        (b"%PDF-1.7 nothing", "damaged"),
        (b"", "damaged"),
        (document([PAGE] * 61), "too_many_pages"),
        (document([]), "damaged"),
    ],
    ids=["locked", "nothing", "empty", "pages", "no page"],
)
def test_what_cannot_be_read_says_why(data, code):
    """Locked, damaged and too long files are told apart."""
    with pytest.raises(Unreadable) as refused, opened(data) as file:
        page_count(file)
    assert refused.value.code == code


def test_filled_in_fields_are_on_the_page():
    """A figure in a field of a form is read where it is seen."""
    assert (
        read(document([Sheet(text(60, 700, 12, "规章"), fields=[((160, 700, 200, 715), text(0, 2, 9, "58"))])]))
        == "规章58"
    )


def test_a_field_that_is_not_drawn_is_not_taken_for_empty():
    """A value that programs should draw by themselves is seen by the reader of the page, so the page must be recognised."""
    data = document([Sheet(text(60, 700, 12, "规章"), fields=[((160, 700, 200, 715), "")])])
    undrawn = data.replace(b"/AP<<", b"/V(58)/XX<<")
    with pytest.raises(Unreadable) as refused:
        read(undrawn)
    assert refused.value.code == "no_recognition"


def test_a_page_as_a_picture():
    """A page is painted as it is shown, in no more pixels than allowed."""
    with opened(document([Sheet(filled(0, 0, *A4), rotate=90)])) as file, page_of(file, 0) as page:
        shown = raster(page, 10_000)
    assert shown.width > shown.height
    assert shown.width * shown.height <= 10_000
    assert set(shown.pixels) == {0}
    assert len(shown.pixels) == shown.width * shown.height
    assert shown.scale == pytest.approx(shown.width / A4[1], abs=0.01)
