"""The pages of a made report drawn in every variant: how lines are made, how texts are printed, how the page lies."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple, get_args

from shared.testing.formats import pdf_file
from shared.testing.formats.pdf_file import Sheet, filled, line, picture, stroked, text
from shared.text import PICTURE

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

LEFT, RIGHT = 60.0, 535.0
_WIDE, _HIGH = pdf_file.A4
_WAS = "999"


class Text(NamedTuple):
    """A text at the left end of its base line; y from the top of the page."""

    x: float
    y: float
    size: float
    printed: str
    value: bool = False


@dataclass(slots=True)
class Leaf:
    """A page before it is written: texts, and the boxes of the cells as (left, top, right, bottom)."""

    texts: list[Text] = field(default_factory=list)
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)


def width(printed: str, size: float) -> float:
    """Return how wide a text is: Latin characters take half the room of others."""
    return sum(size / 2 if character.isascii() else size for character in printed)


def unbreakable(printed: str) -> Iterator[str]:
    """Yield the pieces of a text that are never broken: each word or number, each other character."""
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


def sheets_of(leaves: Sequence[Leaf], variant: Variant) -> list[Sheet]:
    """Return the pages as they are drawn in this variant."""
    sheets = [_SHEETS.get(variant, _sheet)(leaf, variant) for leaf in leaves]
    if variant != "running_lines":
        return sheets
    return [
        replace(sheet, content=sheet.content + _running(number, len(sheets))) for number, sheet in enumerate(sheets, 1)
    ]


def shown(texts: Sequence[Text]) -> str:
    """Return what prints these texts."""
    return "".join(_printed(each, each.x, _HIGH - each.y) for each in texts)


def _printed(printed: Text, x: float, y: float) -> str:
    """Return what prints a text, or the picture of a figure, from the left end of its base line, counted from below."""
    if printed.printed == PICTURE:
        return picture(x, y, printed.size, printed.size)
    return text(x, y, printed.size, printed.printed)


def _sheet(leaf: Leaf, variant: Variant) -> Sheet:
    return Sheet(_RULINGS.get(variant, _lines)(leaf) + shown(leaf.texts))


def edges(leaf: Leaf) -> Iterator[tuple[float, float, float, float]]:
    """Yield the lines round all cells of a page, those between two cells twice: from (x, y) to (x, y), from the lower left corner."""
    for left, top, right, bottom in leaf.boxes:
        y0, y1 = _HIGH - bottom, _HIGH - top
        yield from ((left, y0, right, y0), (left, y1, right, y1), (left, y0, left, y1), (right, y0, right, y1))


def _lines(leaf: Leaf) -> str:
    return "".join(line(*edge) for edge in edges(leaf))


def _thin_areas(leaf: Leaf) -> str:
    return "".join(filled(x0 - 0.2, y0 - 0.2, x1 - x0 + 0.4, y1 - y0 + 0.4) for x0, y0, x1, y1 in edges(leaf))


def _boxes(leaf: Leaf) -> str:
    return "".join(stroked(left, _HIGH - bottom, right - left, bottom - top) for left, top, right, bottom in leaf.boxes)


def _double(leaf: Leaf) -> str:
    """Draw each cell's own box with a gap to its neighbours', and one round them all."""
    return "".join(
        stroked(left + 1, _HIGH - bottom + 1, right - left - 2, bottom - top - 2)
        for left, top, right, bottom in leaf.boxes
    )


def _dashes(leaf: Leaf) -> str:
    """Draw the lines as short strokes of their own."""
    drawn = []
    for x0, y0, x1, y1 in edges(leaf):
        at = 0.0
        long = max(x1 - x0, y1 - y0)
        while at < long:
            end = min(at + 4, long)
            drawn.append(line(x0 + at, y0, x0 + end, y0) if x1 > x0 else line(x0, y0 + at, x0, y0 + end))
            at += 6
    return "".join(drawn)


def _open_sides(leaf: Leaf) -> str:
    return "".join(line(*edge) for edge in edges(leaf) if edge[0] != edge[2] or edge[0] not in {LEFT, RIGHT})


def _nothing(_leaf: Leaf) -> str:
    return ""


_RULINGS: Mapping[Variant, Callable[[Leaf], str]] = {
    "thin_areas": _thin_areas,
    "boxes": _boxes,
    "double": _double,
    "dashes": _dashes,
    "open_sides": _open_sides,
    "unruled": _nothing,
}


def _running(number: int, of: int) -> str:
    head = text(LEFT, _HIGH - 40, 8, "样例市政府门户网站 2025/1/20 10:30")
    return head + text(290, 40, 9, str(number)) + text(RIGHT - 60, _HIGH - 40, 8, f"第{number}页 共{of}页")


def _rotated(leaf: Leaf, variant: Variant) -> Sheet:
    """Lay the page on its side and have it shown upright."""
    return Sheet(f"q 0 1 -1 0 {_HIGH} 0 cm\n{_sheet(leaf, variant).content}Q\n", (_HIGH, _WIDE), rotate=90)


def _sideways(leaf: Leaf, variant: Variant) -> Sheet:
    """Lay the page on its side, as a wide table is laid."""
    return Sheet(f"q 0 -1 1 0 0 {_WIDE} cm\n{_sheet(leaf, variant).content}Q\n", (_HIGH, _WIDE))


def _form(leaf: Leaf, variant: Variant) -> Sheet:
    return replace(_sheet(leaf, variant), form=True)


def _bold_twice(leaf: Leaf, _variant: Variant) -> Sheet:
    again = [each._replace(x=each.x + 0.25) for each in leaf.texts]
    twice = [text_ for pair in zip(leaf.texts, again, strict=True) for text_ in pair]
    return Sheet(_lines(leaf) + shown(twice))


def _by_kind(leaf: Leaf, _variant: Variant) -> Sheet:
    """Print all Latin characters of the page before all others, as some programs sort them by type."""
    latin: list[Text] = []
    others: list[Text] = []
    for each in leaf.texts:
        x = each.x
        for piece in unbreakable(each.printed):
            (latin if piece.isascii() else others).append(each._replace(x=x, printed=piece))
            x += width(piece, each.size)
    return Sheet(_lines(leaf) + shown(latin) + shown(others))


def _watermark(leaf: Leaf, variant: Variant) -> Sheet:
    mark = f"q .8 g .7 .7 -.7 .7 120 200 cm\n{text(0, 0, 90, '样例市')}Q\nq .8 g\n{text(60, 500, 160, '稿')}Q\n"
    return Sheet(_sheet(leaf, variant).content + mark)


def _painted_over(leaf: Leaf, _variant: Variant) -> Sheet:
    """Print another figure first where one stands, white it out and print over it; and something unseen in every cell."""
    values = [each for each in leaf.texts if each.value]
    was = shown([each._replace(printed=_WAS) for each in values])
    white = "".join(filled(each.x - 2, _HIGH - each.y - 2, 30, 12) for each in values)
    unseen = shown([each._replace(x=each.x + 4) for each in values])
    return Sheet(
        f"{_lines(leaf)}{was}q 1 g\n{white}Q\nq 3 Tr\n{unseen}Q\nq 1 g\n{unseen}Q\n{_lines(leaf)}{shown(leaf.texts)}"
    )


def _fields(leaf: Leaf, _variant: Variant) -> Sheet:
    """Print the figures as filled-in fields of a form."""
    values = [each for each in leaf.texts if each.value]
    fields = [((each.x, _HIGH - each.y - 2, each.x + 30, _HIGH - each.y + 9), _printed(each, 0, 2)) for each in values]
    return Sheet(_lines(leaf) + shown([each for each in leaf.texts if not each.value]), fields=fields)


_SHEETS: Mapping[Variant, Callable[[Leaf, Variant], Sheet]] = {
    "rotated": _rotated,
    "sideways": _sideways,
    "form": _form,
    "bold_twice": _bold_twice,
    "by_kind": _by_kind,
    "watermark": _watermark,
    "painted_over": _painted_over,
    "fields": _fields,
}
