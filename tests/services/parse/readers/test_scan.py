"""Scans: figures as printed or refused, never sure; what no picture is ends in a clear status."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.parse import core
from services.parse.readers import recognition
from services.parse.worker import Workers
from shared.media import media_type
from shared.testing.figures import ODD, drawn, misread, unread
from shared.testing.formats.scan import Wear, font, stored, write
from shared.testing.formats.scan import pages as scanned
from shared.testing.layouts import outline

pytestmark = pytest.mark.skipif(
    not recognition.installed() or font() is None, reason="the extra ocr and a Chinese font (fonts-wqy-microhei)"
)
LOST = "〓"


def report_in(data):
    """Return the only report in a document."""
    document = core.parse(data, source="scan")
    assert document.status == "report", document.reason
    (report,) = document.reports
    return report


def plain(printed):
    """Return what is printed without spaces and in one width: what recognition can tell."""
    return printed.replace(" ", "").replace("\uff15", "5")


@pytest.mark.parametrize(
    ("wear", "dpi", "kind"),
    [(Wear(-0.6, 0.8, 8), 200, "PDF"), (Wear(0.3, 0.6, 8), 150, "TIFF"), (Wear(2.5), 200, "TIFF")],
)
def test_every_figure_at_its_place(wear, dpi, kind):
    """A report turned, blurred and speckled: every figure is read at its place, on a page and box, and none is sure."""
    figures = drawn(random.Random(kind + str(dpi)))
    report = report_in(write(outline(figures), kind, dpi=dpi, wear=wear, quality=60))
    cells = [cell for table in report.tables.values() for cell in table.cells]
    print(f"{len(cells) - len(misread(report.tables, figures))} of {len(cells)} figures right")
    assert not misread(report.tables, figures)
    assert not unread(report.tables)
    assert {cell.confidence for cell in cells} == {0.8}
    assert all(cell.recognised and cell.at.page in {1, 2} for cell in cells if cell.state != "blank")
    assert [section.ordinal for section in report.sections] == list("一二三四五六")
    assert (report.agency, report.year) == ("样例市数据局", 2024)


@pytest.mark.parametrize("kind", ["PDF", "TIFF"])
def test_a_table_that_is_not_recognised_is_a_picture(kind):
    """A page that lies on its side is not read; what is on it is never said to be missing."""
    first, *others = scanned(outline(drawn(random.Random(2))), dpi=150)
    report = report_in(stored([first, *(page.rotate(90, expand=True) for page in others)], kind, dpi=150))
    states = {number: table.state for number, table in report.tables.items()}
    assert states["2"] == "present"
    assert states["4"] == "picture"
    assert "absent" not in states.values()


def test_odd_cells_are_read_or_refused():
    """Blanks, strokes, units and marks: a bare number is the one that is printed, a blank has no ink, unknown ink is marked lost."""
    figures = drawn(random.Random(3), "2021", ODD)
    report = report_in(write(outline(figures), "TIFF", wear=Wear(1.5, 0.5, 4)))
    wrong = [
        (printed, cell.raw)
        for _, printed, cell in misread(report.tables, figures)
        if cell.raw != LOST and plain(printed) != plain(cell.raw)
    ]
    assert {printed for printed, _ in wrong} <= {"58①"}
    assert all(cell.state == "blank" or cell.raw for table in report.tables.values() for cell in table.cells)
    blank = {(number, *address) for (number, *address), printed in figures.items() if not printed}
    read_blank = {(n, c.row, c.column) for n, table in report.tables.items() for c in table.cells if c.state == "blank"}
    assert read_blank == blank


def test_without_the_extra_it_says_so(monkeypatch):
    """Where nothing can recognise pictures, scans and pictures are unreadable for that reason."""
    monkeypatch.setattr(recognition, "_NEEDED", ("nothing_of_this_name",))
    page = scanned(outline(drawn(random.Random(1))))[:1]
    for kind in ("PNG", "JPEG", "TIFF", "PDF"):
        document = core.parse(stored(page, kind), source="scan")
        assert (document.status, document.reason.code) == ("unreadable", "no_recognition")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"])
@settings(max_examples=20, deadline=None)
@given(st.data())
def test_damaged_pictures_end_in_a_status(kind, data):
    """Whatever is cut off or turned over in a picture, nothing is raised and no figure is sure."""
    picture = bytearray(stored([scanned(["题"], dpi=20)[0]], kind))
    cut = data.draw(st.integers(0, len(picture)))
    for place in data.draw(st.lists(st.integers(0, len(picture) - 1), max_size=4)):
        picture[place] ^= 1 << data.draw(st.integers(0, 7))
    document = core.parse(bytes(picture[:cut]), source="scan")
    assert document.reason is None or document.reason.code != "reader_failed"


def test_every_page_is_told_before_it_is_recognised():
    """Whoever waits learns of each page of a scan: it is what the time for a long one is counted by."""
    told = []
    before = recognition.begins.set(lambda: told.append("page"))
    try:
        core.parse(stored(scanned(["题"], dpi=20) * 3, "TIFF"), source="scan")
        core.parse(stored(scanned(["题"], dpi=20) * 2, "PDF"), source="scan")
    finally:
        recognition.begins.reset(before)
    assert told == ["page"] * 5


async def test_a_scan_is_read_within_the_limits_of_a_worker():
    """Five pages are read in a worker, in its memory and before its deadline."""
    printed = scanned(outline(drawn(random.Random(5))), wear=Wear(0.4, 0.5, 4))
    async with Workers(1) as workers:
        document = await workers.parse(stored([*printed, printed[1], printed[1], printed[1]], "TIFF"), source="scan")
    assert document.reason is None or document.reason.code not in {
        "timeout",
        "too_much_memory",
        "crashed",
        "reader_failed",
    }


def test_pictures_are_known_by_their_bytes():
    """Every kind of picture that is read is told by its bytes, and has a reader."""
    for kind in ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"):
        assert media_type(stored(scanned(["题"], dpi=20), kind)) in core.READERS
