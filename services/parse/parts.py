"""Several annual reports in one document: where each begins, and the piece of the document that is its own."""

import dataclasses
from collections.abc import Sequence

from services.parse.document import Block, Content, Grid, Paragraph
from services.parse.sections import Heading
from services.parse.titles import find_titles
from shared.model.cell import Span
from shared.model.report import Mark

_LATE_CHAPTER = 4


def parts(content: Content, headings: Sequence[Heading]) -> tuple[Span, ...]:
    """Return the ranges of the reports in a text: a new one begins where chapter 一 comes again after a late chapter.

    A heading that comes again alone, without a title before it or another chapter behind it that comes again too, begins none.
    """
    starts = [0]
    late = None
    for at, heading in enumerate(headings):
        if heading.chapter == 1 and late is not None:
            start = _beginning(content, late, heading.start)
            if start < heading.start or _comes_again(headings[:at], headings[at + 1 :]):
                starts.append(start)
                late = None
        elif heading.chapter and heading.chapter >= _LATE_CHAPTER:
            late = heading.end
    ends = [*starts[1:], len(content.text)]
    return tuple(Span(start, end) for start, end in zip(starts, ends, strict=True))


def _comes_again(before: Sequence[Heading], behind: Sequence[Heading]) -> bool:
    """Whether a chapter behind the first stands on both sides."""
    return bool({each.chapter for each in before} & {each.chapter for each in behind} - {1, None})


def _beginning(content: Content, after: int, before: int) -> int:
    """Return where a further report begins: at the first title between the chapters, else at its first chapter."""
    titles = (title.start for title in find_titles(content) if after <= title.start < before)
    return next(titles, before)


def cut(content: Content, part: Span) -> Content:
    """Return a piece of the content, offsets counted from its own beginning; what the page says of itself stays out."""
    inside = (block for block in content.blocks if part.start <= block.start and block.end <= part.end)
    blocks = tuple(_shifted(block, part.start) for block in inside)
    text = content.text[part.start : part.end]
    doubtful = frozenset(
        Span(place.start - part.start, place.end - part.start) if isinstance(place, Span) else place
        for place in content.doubtful
    )
    return Content(
        *(text, blocks),
        pictures=content.pictures,
        confidence=content.confidence,
        doubtful=doubtful,
        by_distance=content.by_distance,
    )


def marks_in(marks: Sequence[Mark], part: Span) -> tuple[Mark, ...]:
    """Return the marks of a piece, counted from its own beginning."""
    return tuple(
        dataclasses.replace(mark, start=mark.start - part.start, end=mark.end - part.start)
        for mark in marks
        if part.start <= mark.start and mark.end <= part.end
    )


def _shifted(block: Block, by: int) -> Block:
    if not isinstance(block, Grid):
        return Paragraph(block.start - by, block.end - by)
    rows = tuple(tuple(cell._replace(start=cell.start - by, end=cell.end - by) for cell in row) for row in block.rows)
    return Grid(block.start - by, block.end - by, rows)
