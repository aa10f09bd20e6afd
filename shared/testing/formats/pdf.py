"""Made reports as PDF, in the ways in which programs put tables on pages."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Literal, NamedTuple, get_args

from shared.model.cell import TableNumber
from shared.testing.formats import pdf_file
from shared.testing.formats.pdf_file import Sheet, document, filled, line, stroked, text
from shared.testing.layouts import Laid
from shared.testing.sheets import places
from shared.testing.sheets import width as columns_of

Variant = Literal[
    "lines",
    "thin_areas",
    "boxes",
    "double",
    "dashes",
    "open_sides",
    "broken_rows",
    "heads_again",
    "running_lines",
    "rotated",
    "sideways",
    "form",
    "bold_twice",
    "by_kind",
    "watermark",
    "painted_over",
    "fields",
    "protected",
    "unruled",
]
"""How the page is made; what its reader sees is the same in all, but that the last one has no lines."""

VARIANTS: tuple[Variant, ...] = get_args(Variant)
RULED: tuple[Variant, ...] = tuple(variant for variant in VARIANTS if variant != "unruled")

_WIDE, _HIGH = pdf_file.A4
_LEFT, _RIGHT, _TOP, _BOTTOM = 60.0, 535.0, 70.0, 770.0  # from the upper left corner
_SIZE, _LEADING, _PAD = 9.0, 12.0, 3.0
_WIDTHS: Mapping[TableNumber, Sequence[int]] = {
    "2": (155, 110, 105, 105),
    "3": (46, 62, 115, 36, 36, 36, 36, 36, 36, 36),
    "4": (31, 32, 32, 31, 32) * 3,
}
_WAS = "999"


class _Cell(NamedTuple):
    row: int
    rows: int
    column: int
    columns: int
    lines: tuple[str, ...]
    value: bool


class _Text(NamedTuple):
    """A text at the left end of its base line; y from the top of the page."""

    x: float
    y: float
    size: float
    printed: str
    value: bool = False


@dataclass(slots=True)
class _Leaf:
    """A page before it is written: texts, and the boxes of the cells as (left, top, right, bottom)."""

    texts: list[_Text] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)


def write(parts: Sequence[str | Laid], variant: Variant = "lines") -> bytes:
    """Return a report (`layouts.outline`) as a PDF of this variant."""
    leaves = _Setting(variant).leaves(parts)
    sheets = [_SHEETS.get(variant, _sheet)(leaf, variant) for leaf in leaves]
    if variant == "running_lines":
        sheets = [
            replace(sheet, content=sheet.content + _running(number, len(sheets)))
            for number, sheet in enumerate(sheets, 1)
        ]
    return document(sheets, password="" if variant == "protected" else None)


def width(printed: str, size: float) -> float:
    """Return how wide a text is: Latin characters take half the room of others."""
    return sum(size / 2 if character.isascii() else size for character in printed)


@dataclass(slots=True)
class _Setting:
    """Sets lines and tables on pages one after the other."""

    variant: Variant
    done: list[_Leaf] = field(default_factory=lambda: [_Leaf()])
    y: float = _TOP

    def leaves(self, parts: Sequence[str | Laid]) -> list[_Leaf]:
        for number, part in enumerate(parts):
            if isinstance(part, str):
                self._paragraph(part, title=number == 0)
            else:
                self._table(part)
        return self.done

    def _paragraph(self, printed: str, *, title: bool) -> None:
        size = 14.0 if title else 10.5
        for number, row in enumerate(wrapped(("" if title else "\u3000\u3000") + printed, size, _RIGHT - _LEFT)):
            self._room(1.6 * size)
            indent = (_RIGHT - _LEFT - width(row, size)) / 2 if title else 0.0
            lead = 2 * size if row.startswith("\u3000\u3000") and not number else 0.0
            self.done[-1].texts.append(_Text(_LEFT + indent + lead, self.y + size, size, row.lstrip("\u3000")))
            self.y += 1.6 * size
        self.y += 4

    def _room(self, high: float) -> bool:
        """Go to a new page where the old one is full; return whether it was."""
        if self.y + high <= _BOTTOM:
            return False
        self.done.append(_Leaf())
        self.y = _TOP
        return True

    def _table(self, laid: Laid) -> None:
        edges = list(accumulate(_widths(laid), initial=_LEFT))
        cells = list(_cells(laid, edges))
        heads = _heads(cells) if self.variant == "heads_again" else 0
        row = 0
        while row < max(cell.row + cell.rows for cell in cells):
            heights = _heights(cells)
            last = row
            left = _BOTTOM - self.y
            while last < len(heights) and sum(heights[row : last + 1]) <= left:
                last += 1
            if self.variant == "broken_rows" and last < len(heights):
                rest = left - sum(heights[row:last])
                broken = _broken(cells, last, int((rest - 2 * _PAD) // _LEADING))
                if broken is not None:
                    cells, last = broken, last + 1
                    heights = _heights(cells)
            self._rows(cells, heights, row, last, edges)
            row = last
            if row < len(heights):
                self._room(_BOTTOM)
                if row >= heads > 0:
                    self._rows(cells, heights, 0, heads, edges)
        self.y += 8

    def _rows(
        self, cells: Sequence[_Cell], heights: Sequence[float], first: int, last: int, edges: Sequence[float]
    ) -> None:
        """Put some rows on the page; a cell that goes on over pages prints its text in its first part."""
        tops = list(accumulate(heights[first:last], initial=self.y))
        for cell in cells:
            begins, ends = max(cell.row, first), min(cell.row + cell.rows, last)
            if begins < ends:
                box = edges[cell.column], tops[begins - first], edges[cell.column + cell.columns], tops[ends - first]
                self.done[-1].boxes.append(box)
                if begins == cell.row:
                    self.done[-1].texts += _in_box(cell, box)
        self.y = tops[-1]


def wrapped(printed: str, size: float, room: float) -> list[str]:
    """Return the lines into which a text is broken: between any two characters, but never inside a number."""
    rows = [""]
    for piece in _unbreakable(printed):
        if rows[-1] and width(rows[-1] + piece, size) > room:
            rows.append("")
        rows[-1] += piece
    return rows


def _unbreakable(printed: str) -> Iterator[str]:
    word = ""
    for character in printed:
        if character.isascii() and not character.isspace():
            word += character
            continue
        if word:
            yield word
        word = ""
        yield character
    if word:
        yield word


def _widths(laid: Laid) -> Sequence[float]:
    """Return the widths of the columns; a table with more than the form's has them alike."""
    columns, official = columns_of(laid.sheet), _WIDTHS[laid.number]
    return official if columns == len(official) else [sum(official) / columns] * columns


def _cells(laid: Laid, edges: Sequence[float]) -> Iterator[_Cell]:
    for row, placed in enumerate(places(laid.sheet)):
        for place in placed:
            if not place.above:
                cell = place.cell
                room = edges[place.column + cell.columns] - edges[place.column] - 2 * _PAD
                lines = tuple(wrapped(cell.text, _SIZE, room)) if cell.text else ()
                yield _Cell(row, cell.rows, place.column, cell.columns, lines, cell.value)


def _heights(cells: Sequence[_Cell]) -> list[float]:
    heights = [_LEADING + 2 * _PAD] * max(cell.row + cell.rows for cell in cells)
    for cell in sorted(cells, key=lambda cell: cell.rows):
        lacking = len(cell.lines) * _LEADING + 2 * _PAD - sum(heights[cell.row : cell.row + cell.rows])
        heights[cell.row + cell.rows - 1] += max(lacking, 0)
    return heights


def _heads(cells: Sequence[_Cell]) -> int:
    """Return how many rows stand above the first figure; none where a cell of theirs reaches below them."""
    first = min((cell.row for cell in cells if cell.value), default=0)
    return 0 if any(cell.row < first < cell.row + cell.rows for cell in cells) else first


def _broken(cells: Sequence[_Cell], row: int, lines: int) -> list[_Cell] | None:
    """Return the cells with a row broken in two behind so many lines; None where it has no more, or none fits."""
    own = [cell for cell in cells if cell.row == row and cell.rows == 1]
    if lines < 1 or not any(len(cell.lines) > lines for cell in own):
        return None
    changed = []
    for cell in cells:
        if cell in own:
            changed.append(cell._replace(lines=cell.lines[:lines]))
            changed.append(cell._replace(row=row + 1, lines=cell.lines[lines:]))
        elif cell.row > row:
            changed.append(cell._replace(row=cell.row + 1))
        else:
            longer = cell.row + cell.rows > row
            changed.append(cell._replace(rows=cell.rows + longer))
    return changed


def _in_box(cell: _Cell, box: tuple[float, float, float, float]) -> Iterator[_Text]:
    left, top, right, bottom = box
    y = top + max((bottom - top - len(cell.lines) * _LEADING) / 2, _PAD)
    for number, row in enumerate(cell.lines):
        x = left + (right - left - width(row, _SIZE)) / 2 if cell.value else left + _PAD
        yield _Text(x, y + number * _LEADING + _SIZE, _SIZE, row, cell.value)


def _shown(texts: Sequence[_Text]) -> str:
    return "".join(text(each.x, _HIGH - each.y, each.size, each.printed) for each in texts)


def _sheet(leaf: _Leaf, variant: Variant) -> Sheet:
    return Sheet(_RULINGS.get(variant, _lines)(leaf) + _shown(leaf.texts))


def _edges(leaf: _Leaf) -> Iterator[tuple[float, float, float, float]]:
    for left, top, right, bottom in leaf.boxes:
        y0, y1 = _HIGH - bottom, _HIGH - top
        yield from ((left, y0, right, y0), (left, y1, right, y1), (left, y0, left, y1), (right, y0, right, y1))


def _lines(leaf: _Leaf) -> str:
    return "".join(line(*edge) for edge in _edges(leaf))


def _thin_areas(leaf: _Leaf) -> str:
    return "".join(filled(x0 - 0.2, y0 - 0.2, x1 - x0 + 0.4, y1 - y0 + 0.4) for x0, y0, x1, y1 in _edges(leaf))


def _boxes(leaf: _Leaf) -> str:
    return "".join(stroked(left, _HIGH - bottom, right - left, bottom - top) for left, top, right, bottom in leaf.boxes)


def _double(leaf: _Leaf) -> str:
    """Draw each cell's own box with a gap to its neighbours', and one round them all."""
    return "".join(
        stroked(left + 1, _HIGH - bottom + 1, right - left - 2, bottom - top - 2)
        for left, top, right, bottom in leaf.boxes
    )


def _dashes(leaf: _Leaf) -> str:
    """Draw the lines as short strokes of their own."""
    drawn = []
    for x0, y0, x1, y1 in _edges(leaf):
        at = 0.0
        long = max(x1 - x0, y1 - y0)
        while at < long:
            end = min(at + 4, long)
            drawn.append(line(x0 + at, y0, x0 + end, y0) if x1 > x0 else line(x0, y0 + at, x0, y0 + end))
            at += 6
    return "".join(drawn)


def _open_sides(leaf: _Leaf) -> str:
    return "".join(line(*edge) for edge in _edges(leaf) if edge[0] != edge[2] or edge[0] not in {_LEFT, _RIGHT})


def _nothing(_leaf: _Leaf) -> str:
    return ""


_RULINGS: Mapping[Variant, Callable[[_Leaf], str]] = {
    "thin_areas": _thin_areas,
    "boxes": _boxes,
    "double": _double,
    "dashes": _dashes,
    "open_sides": _open_sides,
    "unruled": _nothing,
}


def _running(number: int, of: int) -> str:
    head = text(_LEFT, _HIGH - 40, 8, "样例市政府门户网站 2025/1/20 10:30")
    return head + text(290, 40, 9, str(number)) + text(_RIGHT - 60, _HIGH - 40, 8, f"第{number}页 共{of}页")


def _rotated(leaf: _Leaf, variant: Variant) -> Sheet:
    """Lay the page on its side and have it shown upright."""
    return Sheet(f"q 0 1 -1 0 {_HIGH} 0 cm\n{_sheet(leaf, variant).content}Q\n", (_HIGH, _WIDE), rotate=90)


def _sideways(leaf: _Leaf, variant: Variant) -> Sheet:
    """Lay the page on its side, as a wide table is laid."""
    return Sheet(f"q 0 -1 1 0 0 {_WIDE} cm\n{_sheet(leaf, variant).content}Q\n", (_HIGH, _WIDE))


def _form(leaf: _Leaf, variant: Variant) -> Sheet:
    return replace(_sheet(leaf, variant), form=True)


def _bold_twice(leaf: _Leaf, _variant: Variant) -> Sheet:
    again = [each._replace(x=each.x + 0.25) for each in leaf.texts]
    twice = [text_ for pair in zip(leaf.texts, again, strict=True) for text_ in pair]
    return Sheet(_lines(leaf) + _shown(twice))


def _by_kind(leaf: _Leaf, _variant: Variant) -> Sheet:
    """Print all Latin characters of the page before all others, as some programs sort them by type."""
    latin: list[_Text] = []
    others: list[_Text] = []
    for each in leaf.texts:
        x = each.x
        for piece in _unbreakable(each.printed):
            (latin if piece.isascii() else others).append(each._replace(x=x, printed=piece))
            x += width(piece, each.size)
    return Sheet(_lines(leaf) + _shown(latin) + _shown(others))


def _watermark(leaf: _Leaf, variant: Variant) -> Sheet:
    mark = f"q .8 g .7 .7 -.7 .7 120 200 cm\n{text(0, 0, 90, '样例市')}Q\nq .8 g\n{text(60, 500, 160, '稿')}Q\n"
    return Sheet(_sheet(leaf, variant).content + mark)


def _painted_over(leaf: _Leaf, _variant: Variant) -> Sheet:
    """Print another figure first where one stands, white it out and print over it; and something unseen in every cell."""
    values = [each for each in leaf.texts if each.value]
    was = _shown([each._replace(printed=_WAS) for each in values])
    white = "".join(filled(each.x - 2, _HIGH - each.y - 2, 30, 12) for each in values)
    unseen = _shown([each._replace(x=each.x + 4) for each in values])
    return Sheet(
        f"{_lines(leaf)}{was}q 1 g\n{white}Q\nq 3 Tr\n{unseen}Q\nq 1 g\n{unseen}Q\n{_lines(leaf)}{_shown(leaf.texts)}"
    )


def _fields(leaf: _Leaf, _variant: Variant) -> Sheet:
    """Print the figures as filled-in fields of a form."""
    values = [each for each in leaf.texts if each.value]
    fields = [
        ((each.x, _HIGH - each.y - 2, each.x + 30, _HIGH - each.y + 9), text(0, 2, each.size, each.printed))
        for each in values
    ]
    return Sheet(_lines(leaf) + _shown([each for each in leaf.texts if not each.value]), fields=fields)


_SHEETS: Mapping[Variant, Callable[[_Leaf, Variant], Sheet]] = {
    "rotated": _rotated,
    "sideways": _sideways,
    "form": _form,
    "bold_twice": _bold_twice,
    "by_kind": _by_kind,
    "watermark": _watermark,
    "painted_over": _painted_over,
    "fields": _fields,
}
