"""The pages of a document, read or recognised, written down as one text: lines joined to paragraphs, tables over pages.

Places are in points from the upper left corner of the page, turned so that its text runs from left to right.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from services.parse.labels import names_row
from services.parse.readers.continued import Table, continued, parted
from services.parse.readers.lines import Line
from services.parse.readers.page import Page
from services.parse.readers.paragraphs import goes_on, joined, right_margin
from services.parse.readers.rules import Box
from services.parse.tokens import is_figure

Item = Line | Table | Box
"""What stands on a page: a line of running text, a ruled table, a picture."""


@dataclass(slots=True)
class Leaf:
    """A page, numbered from 1: what stands on it in the order in which it was painted."""

    number: int
    width: float
    height: float
    items: list[Item] = field(default_factory=list)


_EDGE = 0.12  # of the page's height: where running heads and feet stand
_SAME_HEIGHT = 4.0  # points
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-—\u2013－·~ ]{1,4}[0-9]{1,3}[-—\u2013－·~ ]{1,4}|第 ?[0-9]{1,3} ?页[^。]{0,12}|[0-9]{1,3} ?/ ?[0-9]{1,3}|[Pp]age [0-9]{1,3}.{0,8}"
)
_BARE_NUMBER = re.compile(r"[0-9]{1,3}")
_LONGEST_ROW = 80
_PROSE = re.compile(r"[，。；]")
_MANY_FIGURES = 5


def write(leaves: Sequence[Leaf], page: Page) -> None:
    """Write the pages without running heads and feet; a table beside rows without lines is not sure, nor are they."""
    parts = list(_paragraphs(_flow(leaves)))
    rows = [isinstance(part, Line) and _is_of_a_table(part.text) for part in parts]
    beside = _beside([isinstance(part, Table) for part in parts], rows)
    for place, part in enumerate(parts):
        if isinstance(part, Table):
            table = part._replace(sure=part.sure and place not in beside)
            page.table(table.printed(), table.doubtful)
        elif isinstance(part, Box):
            page.picture()
        else:
            page.write(part.text)
            page.end_line(sure=part.sure and not rows[place])


def _beside(tables: Sequence[bool], rows: Sequence[bool]) -> set[int]:
    """Return the places of the last table before each row without lines, and of the first one behind it."""
    ruled = [place for place, is_table in enumerate(tables) if is_table]
    after = {bisect_left(ruled, place) for place, is_row in enumerate(rows) if is_row}
    return {ruled[near] for place in after for near in (place - 1, place) if 0 <= near < len(ruled)}


def _flow(leaves: Sequence[Leaf]) -> list[tuple[Item, float]]:
    """Return what stands on all pages in reading order, each with its page's right margin; tables that go on over pages as one."""
    running = _running(leaves)
    margins = _margins(leaves)
    flow: list[tuple[Item, float]] = []
    for leaf in leaves:
        items = _in_reading_order([item for item in leaf.items if id(item) not in running])
        last = next((place for place in reversed(range(len(flow))) if isinstance(flow[place][0], Table)), -1)
        first = next((place for place, item in enumerate(items) if isinstance(item, Table)), -1)
        if last >= 0 and first >= 0:
            items = _over_the_break(flow, last, items, first)
        flow += [(item, margins[round(leaf.width)]) for item in items]
    return flow


def _over_the_break(flow: list[tuple[Item, float]], last: int, items: list[Item], first: int) -> list[Item]:
    """Put the last table so far and the first one of the next page together, if they are one; return what else stands there."""
    (above, margin), below = flow[last], items[first]
    assert isinstance(above, Table)
    assert isinstance(below, Table)
    if first > 0 or last + 1 < len(flow):
        above, below = parted(above, below)
        flow[last] = (above, margin)
        return [*items[:first], below, *items[first + 1 :]]
    if (whole := continued(above, below)) is None:
        return items
    flow[last] = (whole, margin)
    return items[1:]


def _margins(leaves: Sequence[Leaf]) -> dict[int, float]:
    """Return the right margin of the pages of each width."""
    found: dict[int, float] = {}
    for leaf in leaves:
        right = right_margin(item for item in leaf.items if isinstance(item, Line))
        found[round(leaf.width)] = max(found.get(round(leaf.width), 0.0), right)
    return found


def _running(leaves: Sequence[Leaf]) -> set[int]:
    """Return the ids of page numbers, and of the lines that stand at the same place of at least half of the pages."""
    found: set[int] = set()
    places: dict[tuple[str, int, bool], list[int]] = {}
    numbers: list[
        tuple[int, int]
    ] = []  # a bare number at the very end of a page: how far it is from the page's own, its id
    for leaf in leaves:
        for line, at_top in _at_edges(leaf):
            if _PAGE_NUMBER.fullmatch(line.text):
                found.add(id(line))
            elif _BARE_NUMBER.fullmatch(line.text):
                if _is_outermost(line, leaf, at_top=at_top):
                    numbers.append((int(line.text) - leaf.number, id(line)))
            elif not _DIGITS.fullmatch(line.text):
                height = line.box.top if at_top else leaf.height - line.box.bottom
                places.setdefault((_DIGITS.sub("#", line.text), round(height / _SAME_HEIGHT), at_top), []).append(
                    id(line)
                )
    for ids in places.values():
        if len(ids) > 1 and len(ids) * 2 >= len(leaves):
            found.update(ids)
    offsets = Counter(offset for offset, _ in numbers)
    return found | {number for offset, number in numbers if offsets[offset] > 1}


def _at_edges(leaf: Leaf) -> Iterator[tuple[Line, bool]]:
    """Yield the lines at the upper and lower edge of a page, and whether at the upper one."""
    for item in leaf.items:
        if isinstance(item, Line):
            if item.box.bottom < leaf.height * _EDGE:
                yield item, True
            elif item.box.top > leaf.height * (1 - _EDGE):
                yield item, False


def _is_outermost(line: Line, leaf: Leaf, *, at_top: bool) -> bool:
    boxes = [_box(item) for item in leaf.items if item is not line]
    if at_top:
        return all(box.top >= line.box.bottom for box in boxes)
    return all(box.bottom <= line.box.top for box in boxes)


def _box(item: Item) -> Box:
    return item if isinstance(item, Box) else item.box


def _in_reading_order(items: list[Item]) -> list[Item]:
    """Return the items as painted, or from the top where that order is no reading order and nothing stands side by side."""
    boxes = [_box(item) for item in items]
    falling = all(after.bottom > before.top for before, after in pairwise(boxes))
    if falling or any(_side_by_side(one, other) for one, other in pairwise(sorted(boxes, key=lambda box: box.top))):
        return items
    return sorted(items, key=lambda item: _box(item).top)


def _side_by_side(one: Box, other: Box) -> bool:
    common = min(one.bottom, other.bottom) - max(one.top, other.top)
    return common * 2 > min(one.bottom - one.top, other.bottom - other.top)


def _paragraphs(flow: Sequence[tuple[Item, float]]) -> Iterator[Item]:
    """Yield tables and pictures, and lines joined where the width of the page broke them."""
    whole: Line | None = None
    before, margin = None, 0.0
    for item, own_margin in flow:
        if isinstance(item, Line) and whole is not None and before is not None and goes_on(before, item, margin):
            whole = whole._replace(text=joined(whole.text, item.text), sure=whole.sure and item.sure)
        else:
            if whole is not None:
                yield whole
            whole = item if isinstance(item, Line) else None
            if not isinstance(item, Line):
                yield item
        before, margin = item if isinstance(item, Line) else None, own_margin
    if whole is not None:
        yield whole


def _is_of_a_table(paragraph: str) -> bool:
    """Whether a paragraph looks like a row, or a part of one, of a table without lines."""
    if len(paragraph) > _LONGEST_ROW or _PROSE.search(paragraph):
        return False
    pieces = paragraph.split()
    figures = sum(map(is_figure, pieces))
    return figures == len(pieces) or figures >= _MANY_FIGURES or (figures > 0 and names_row(pieces[0]))
