"""Scans and pictures of pages: tables by their lines, characters by recognition; never of full confidence."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Any

from services.parse.document import Content
from services.parse.readers.continued import Table, TableCell
from services.parse.readers.lattice import Lattice, Ruled, find_tables
from services.parse.readers.leaves import Leaf, write
from services.parse.readers.lines import Line
from services.parse.readers.page import Page
from services.parse.readers.raster import Raster, rasters
from services.parse.readers.recognition import Recognised, lines_on, page_begins, recognised, require
from services.parse.readers.rules import Box
from shared.model.cell import PageBox
from shared.text import normalise

CONFIDENCE = 0.8
"""Of a document that was recognised, or a part of it."""

PIXELS = 4_000_000
"""Of a page to be recognised: A4 at 200 dpi. More costs time and tells little."""

_LOST = "〓"  # ink that is no known character, as printers mark it
_LIKELY, _CERTAIN = 0.5, 0.95  # a stroke is easily taken for a 1: figures must be surer than words
_SPECK = 0.12  # square points: smaller ink is dust
_GAP = 1.2  # points between two lines of a cell
_LOWEST = 2.5  # points: a line of text is higher, but for strokes like 一 and —
_ROUND = 1.5  # points of paper round a line
_SAME_SIZE = 1.25
_LATIN = 0.55  # of the size of the type: the width of a letter or figure
_GAP_OF_FIGURES, _PITCH = 0.2, 0.79  # parts of their height: from one to the next, and from middle to middle


def read(data: bytes) -> Content:
    """Return the content of a picture file; Unreadable where it is damaged, too large, or nothing is here to recognise it."""
    require()
    page = Page()
    leaves = [leaf_of(raster, number) for number, raster in enumerate(rasters(data, PIXELS), start=1)]
    write(leaves, page)
    text, blocks = page.finished()
    pictures = len(leaves) if text.strip() else 0  # a table that was not recognised is a picture, it is not missing
    return Content(text, blocks, pictures=pictures, confidence=CONFIDENCE)


def leaf_of(raster: Raster, number: int) -> Leaf:
    """Return what is recognised on the picture of page `number`; Unreadable (no_recognition) without the extra `ocr`."""
    require()
    page_begins()
    import numpy as np  # noqa: PLC0415

    from services.parse.readers.strokes import straightened, strokes_of  # noqa: PLC0415

    grey = straightened(np.frombuffer(raster.pixels, np.uint8).reshape(raster.height, raster.width))
    strokes = strokes_of(grey, raster.scale)
    ruled = find_tables(strokes.horizontals, strokes.verticals)
    tables = _tables(grey, strokes.ink, ruled, raster.scale, number)
    lines = _lines(_without(grey, ruled, raster.scale), raster.scale)
    items: list[Line | Table] = [*lines, *tables]
    items.sort(key=lambda item: item.box.top)
    return Leaf(number, raster.width / raster.scale, raster.height / raster.scale, [*items])


def _tables(grey: Any, ink: Any, ruled: Ruled, scale: float, number: int) -> list[Table]:
    """Return the tables with the text that is recognised in each of their cells."""
    places = [(table, cell) for table in ruled.tables for cell in range(len(table.cells))]
    crops = [_text_lines(ink, table.cells[cell].box, scale) for table, cell in places]
    owners = [place for place, boxes in enumerate(crops) for _ in boxes]
    texts = _texts(grey, ink, [box for boxes in crops for box in boxes], scale)
    said: dict[int, tuple[str, ...]] = {
        place: tuple(text for _, text in run)
        for place, run in groupby(zip(owners, texts, strict=True), lambda pair: pair[0])
    }
    return [
        Table(
            table.box,
            len(table.ys) - 1,
            tuple(
                _cell(table, cell, said.get(place, ()), number)
                for place, (of, cell) in enumerate(places)
                if of is table
            ),
        )
        for table in ruled.tables
    ]


def _cell(table: Lattice, cell: int, texts: tuple[str, ...], number: int) -> TableCell:
    place = table.cells[cell]
    left, top, right, bottom = (round(each, 1) for each in place.box)
    at = PageBox(number, (left, top, right, bottom))
    return TableCell(place.row, place.rows, place.box.left, place.box.right, texts, at, recognised=True)


def _text_lines(ink: Any, box: Box, scale: float) -> list[Box]:
    """Return where the lines of text of a cell are, in pixels: where its rows have ink, dust left out."""
    import cv2  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    left, top, right, bottom = (round(each * scale) for each in box)
    inside = np.ascontiguousarray(ink[top:bottom, left:right])
    if not inside.size:
        return []
    count, labels, stats, _ = cv2.connectedComponentsWithStats(inside, connectivity=8)
    large = [number for number in range(1, count) if stats[number][cv2.CC_STAT_AREA] > max(_SPECK * scale * scale, 4)]
    kept = np.isin(labels, large)
    return [
        Box(left + columns[0], top + first, left + columns[-1] + 1, top + last)
        for first, last in _runs(kept.any(axis=1), round(_GAP * scale))
        if len(columns := np.flatnonzero(kept[first:last].any(axis=0)))
    ]


def _runs(filled: Any, gap: int) -> Iterator[tuple[int, int]]:
    """Yield where rows are filled, gaps of at most so many rows left out of account."""
    start = end = -1
    for row, has in enumerate(filled):
        if not has:
            continue
        if start >= 0 and row - end > gap:
            yield start, end
            start = row
        start, end = (row if start < 0 else start), row + 1
    if start >= 0:
        yield start, end


def _texts(grey: Any, ink: Any, boxes: Sequence[Box], scale: float) -> list[str]:
    lines = recognised([_crop(grey, box, scale) for box in boxes])
    return [
        _LOST if line.text.isdecimal() and (line.score < _CERTAIN or _apart(ink, box)) else _said(line)
        for line, box in zip(lines, boxes, strict=True)
    ]


def _apart(ink: Any, box: Box) -> bool:
    """Whether so much paper is between the figures that they may be two numbers; the model leaves spaces out."""
    left, top, right, bottom = (int(each) for each in box)
    runs = list(_runs(ink[top:bottom, left:right].any(axis=0), 0))
    return any(
        after[0] - before[1] > _GAP_OF_FIGURES * (bottom - top)
        and sum(after) - sum(before) > 2 * _PITCH * (bottom - top)
        for before, after in pairwise(runs)
    )


def _crop(grey: Any, box: Box, scale: float) -> Any:
    more = max(round(_ROUND * scale), 2)
    left, top, right, bottom = (round(each) for each in box)
    return grey[max(top - more, 0) : bottom + more, max(left - more, 0) : right + more]


def _said(line: Recognised) -> str:
    """Return the text, or a mark for lost characters: where there is ink, a cell is not blank."""
    text = normalise(line.text).strip()
    return text if text and line.score >= _LIKELY else _LOST


def _without(grey: Any, ruled: Ruled, scale: float) -> Any:
    """Return the page with its tables left white."""
    page = grey.copy()
    for table in ruled.tables:
        left, top, right, bottom = (round(each * scale) for each in table.box)
        page[max(top - 3, 0) : bottom + 4, max(left - 3, 0) : right + 4] = 255
    return page


def _lines(grey: Any, scale: float) -> list[Line]:
    """Return the lines of text outside tables; those hardly recognised are no text."""
    boxes = lines_on(grey)
    texts = recognised([_crop(grey, box, 0) for box in boxes])
    lines = [
        Line(text, Box(*(each / scale for each in box)), _size(text, box) / scale, sure=False)
        for box, line in zip(boxes, texts, strict=True)
        if (text := normalise(line.text).strip()) and line.score >= _LIKELY
    ]
    usual = sorted(line.size for line in lines)[len(lines) // 2] if lines else 0.0
    return [
        line._replace(size=usual) if usual / _SAME_SIZE < line.size < usual * _SAME_SIZE else line for line in lines
    ]


def _size(text: str, box: Box) -> float:
    """Return the size of the type by the width of the line, which is told more exactly than its height."""
    return (box.right - box.left) / sum(_LATIN if character.isascii() else 1.0 for character in text)
