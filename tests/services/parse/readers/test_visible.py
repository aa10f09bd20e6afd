"""Which characters of a page are seen, and when a page must be recognised."""

import pytest

from services.parse.readers.drawing import draw
from services.parse.readers.drawn import Area, Drawing, Ink, Run
from services.parse.readers.pdfium import opened, page_of
from services.parse.readers.rules import Box
from services.parse.readers.visible import layer_of
from shared.testing.formats.pdf_file import Sheet, document, filled, picture, text

WORDS = text(60, 700, 12, "本机关依法公开政府信息，规范办理公开申请。")


def layer(content, **options):
    """Return the usable characters of a page with this content, None where there are none."""
    with opened(document([Sheet(content, **options)])) as file, page_of(file, 0) as page:
        return layer_of(draw(page))


def said(found):
    """Return what the characters say."""
    return "".join(run.text for run in found.runs)


@pytest.mark.parametrize(
    ("content", "seen"),
    [
        (f"{WORDS}q 3 Tr\n{text(60, 600, 12, '9')}Q", ""),
        (f"{WORDS}q 1 g\n{text(60, 600, 12, '9')}Q", ""),
        (f"{WORDS}q 0 0 1 rg\n{filled(50, 590, 50, 30)}1 g\n{text(60, 600, 12, '9')}Q", "9"),
        (f"{WORDS}{text(60, 600, 12, '9')}q 1 g\n{filled(50, 590, 50, 30)}Q\n{text(60, 600, 12, '5')}", "5"),
        (f"{WORDS}q 1 g\n{filled(50, 590, 50, 30)}Q\n{text(60, 600, 12, '9')}", "9"),
        (f"{WORDS}{picture(300, 300, 90, 90)}q 1 g\n{text(60, 600, 12, '9')}Q", ""),
        (f"{WORDS}{picture(50, 590, 50, 30)}q 1 g\n{text(60, 600, 12, '9')}Q", "9"),
        (f"{WORDS}{text(-60, 600, 12, '9')}", ""),
        (f"{WORDS}q .7 .7 -.7 .7 100 100 cm\n{text(0, 0, 60, '9')}Q", ""),
    ],
    ids=[
        *("unseen", "white", "white on blue", "painted over", "painted under", "white, a picture elsewhere"),
        *("white on a picture", "beside the page", "slanting"),
    ],
)
def test_only_what_is_seen_counts(content, seen):
    """Unseen, white and painted-over figures and slanting marks are not read; white ones on colour are."""
    assert said(layer(content)).removeprefix("本机关依法公开政府信息，规范办理公开申请。") == seen


def test_a_layer_behind_a_scan_was_recognised():
    """Unseen text over a picture of the page is what a recognition program read there."""
    found = layer(f"q 3 Tr\n{WORDS}Q", image=True)
    assert found.recognised
    assert said(found).startswith("本机关")


@pytest.mark.parametrize(
    ("content", "options"),
    [("", {"image": True}), (text(60, 40, 9, "1"), {"image": True}), (text(60, 700, 12, "规章58" * 5, "N"), {})],
    ids=["scan", "numbered scan", "types without names"],
)
def test_pages_that_must_be_recognised(content, options):
    """A picture with hardly any text, and text that nothing gives a name to."""
    assert layer(content, **options) is None


def test_outlined_text_must_be_recognised():
    """Type that was turned into shapes is no text."""
    curves = "".join(f"{x} 700 m {x} 710 {x + 5} 710 {x + 5} 700 c f\n" for x in range(60, 300))
    assert layer(curves) is None
    assert layer("") is not None


def test_many_areas_do_not_exhaust():
    """Characters are held against areas only where that ends."""
    ink = Ink(10, 100, 0, seen=True, white=False, order=0)
    runs = [Run("9", [5], [10], [95], ink)] * 9000
    page = Drawing(600, 800, runs=runs, areas=[Area(Box(0, 0, 1, 1), white=True, order=1)] * 9000)
    with pytest.raises(ValueError, match="areas"):
        layer_of(page)
