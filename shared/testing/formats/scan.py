"""Made reports as scanned pages: drawn as printed on A4, then turned, blurred, speckled and compressed as scanners do.

Needs Pillow (the extra `ocr` brings it) and a Chinese font (Debian: fonts-wqy-microhei or fonts-noto-cjk).
"""

import io
import pathlib
import random
import time
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from shared.model.cell import TableNumber
from shared.testing.layouts import Laid
from shared.testing.sheets import Place, places, width

Kind = Literal["PNG", "JPEG", "TIFF", "BMP", "WEBP", "PDF"]
"""How pages are stored: TIFF and PDF hold all of them, the others one."""

_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",  # its figures stand apart: some in a hundred are refused
)
_WIDTH, _HEIGHT, _MARGIN = 595.0, 842.0, 56.0  # points
_BODY, _TITLE, _CELL, _LEADING = 12.0, 18.0, 9.0, 1.5
_SHARES: dict[TableNumber, tuple[float, ...]] = {
    "2": (3, 1, 1, 1),
    "3": (1, 1.6, 3.2, 1, 1, 1, 1, 1, 1, 1),
    "4": (1,) * 15,
}


class Wear(NamedTuple):
    """What scanning does to a page: degrees it is turned, radius of blur in pixels, spread of noise in grey levels."""

    turn: float = 0.0
    blur: float = 0.0
    noise: float = 0.0


_NEW = Wear()


def font() -> str | None:
    """Return the file of a font with Chinese characters; None where none of those known is installed."""
    return next((path for path in _FONTS if pathlib.Path(path).exists()), None)


class _Press:
    """Prints lines and tables down pages of A4."""

    def __init__(self, dpi: int) -> None:
        self._dpi = dpi
        self._y = _HEIGHT
        self.pages: list[Image.Image] = []

    def line(self, text: str, *, title: bool = False) -> None:
        """Print a paragraph over the width of the page; a title is larger and centred."""
        size = _TITLE if title else _BODY
        for line in _wrapped(text, size, _WIDTH - 2 * _MARGIN):
            self._turn_over_for(size * _LEADING)
            self._text((_WIDTH - _length(line, size)) / 2 if title else _MARGIN, self._y, line, size)
            self._y += size * _LEADING

    def table(self, laid: Laid) -> None:
        """Print a ruled table; rows that do not fit go on the next page."""
        edges = _edges(laid)
        rows = places(laid.sheet)
        begins = True
        for number, row in enumerate(rows):
            height = _height(row, edges)
            begins = self._turn_over_for(height) or begins
            self._row(row, edges, height, begins=begins)
            ends = number + 1 == len(rows) or not self._has_room(height + _height(rows[number + 1], edges))
            self._y += height
            if ends:
                self._rule(edges[0], self._y, edges[-1], self._y)
            begins = False
        self._y += _BODY

    def _has_room(self, height: float) -> bool:
        return self._y + height <= _HEIGHT - _MARGIN

    def _turn_over_for(self, height: float) -> bool:
        """Begin a page where this height does not fit on the last one."""
        if self._has_room(height):
            return False
        self.pages.append(Image.new("L", (self._pixels(_WIDTH), self._pixels(_HEIGHT)), 255))
        self._y = _MARGIN
        return True

    def _row(self, row: Sequence[Place], edges: Sequence[float], height: float, *, begins: bool) -> None:
        for column, cell, above in row:
            left, right = edges[column], edges[column + cell.columns]
            for x in (left, right):
                self._rule(x, self._y, x, self._y + height)
            if begins or not above:
                self._rule(left, self._y, right, self._y)
            if not above:
                self._cell(cell.text, left, right, height if cell.rows == 1 else 0)

    def _cell(self, text: str, left: float, right: float, height: float) -> None:
        lines = _wrapped(text, _CELL, right - left - 4)
        y = self._y + max((height - len(lines) * _CELL * _LEADING) / 2, 2)
        for line in lines:
            self._text((left + right - _length(line, _CELL)) / 2, y, line, _CELL)
            y += _CELL * _LEADING

    def _text(self, x: float, y: float, text: str, size: float) -> None:
        draw = ImageDraw.Draw(self.pages[-1])
        draw.text((self._pixels(x), self._pixels(y)), text, fill=20, font=_type(self._pixels(size)))

    def _rule(self, left: float, top: float, right: float, bottom: float) -> None:
        ends = [self._pixels(place) for place in (left, top, right, bottom)]
        ImageDraw.Draw(self.pages[-1]).line(ends, fill=30, width=max(self._dpi // 100, 1))

    def _pixels(self, points: float) -> int:
        return round(points * self._dpi / 72)


@cache
def _type(pixels: int) -> ImageFont.FreeTypeFont:
    path = font()
    assert path, "a Chinese font is needed"
    return ImageFont.truetype(path, pixels)


def _length(text: str, size: float) -> float:
    """Return the width of a line in points."""
    return _type(100).getlength(text) * size / 100


def _wrapped(text: str, size: float, room: float) -> list[str]:
    lines: list[str] = []
    for character in text:
        if lines and _length(lines[-1] + character, size) <= room:
            lines[-1] += character
        else:
            lines.append(character)
    return lines


def _edges(laid: Laid) -> list[float]:
    """Return where the columns begin and end."""
    shares = _SHARES[laid.number]
    shares = shares if len(shares) == width(laid.sheet) else (1.0,) * width(laid.sheet)
    room = (_WIDTH - 2 * _MARGIN) / sum(shares)
    return [_MARGIN + room * share for share in accumulate(shares, initial=0)]


def _height(row: Sequence[Place], edges: Sequence[float]) -> float:
    lines = (
        len(_wrapped(cell.text, _CELL, edges[column + cell.columns] - edges[column] - 4)) / cell.rows
        for column, cell, _ in row
    )
    return max(*lines, 1) * _CELL * _LEADING + 5


def pages(parts: Sequence[str | Laid], *, dpi: int = 200, wear: Wear = _NEW) -> list[Image.Image]:
    """Return the pages that a report (`layouts.outline`) is printed on, in grey, as a scanner with this wear sees them."""
    press = _Press(dpi)
    for number, part in enumerate(parts):
        if isinstance(part, Laid):
            press.table(part)
        else:
            press.line(part, title=number == 0)
    chance = random.Random(repr(wear))
    return [_worn(page, wear, chance) for page in press.pages]


def _worn(page: Image.Image, wear: Wear, chance: random.Random) -> Image.Image:
    if wear.turn:
        page = page.rotate(wear.turn, Image.Resampling.BICUBIC, fillcolor=255)
    if wear.blur:
        page = page.filter(ImageFilter.GaussianBlur(wear.blur))
    if wear.noise:
        grain = Image.frombytes("L", page.size, chance.randbytes(page.width * page.height))
        spread = wear.noise / 64
        page = Image.composite(page, grain, Image.new("L", page.size, round(255 * (1 - min(spread, 0.9)))))
    return page


def stored(printed: Sequence[Image.Image], kind: Kind = "PNG", *, quality: int = 75, dpi: int = 200) -> bytes:
    """Return pages as a file: all of them as TIFF or PDF, else as one long picture."""
    file = io.BytesIO()
    if kind in {"TIFF", "PDF"}:
        printed[0].save(
            file, kind, save_all=True, append_images=list(printed[1:]), resolution=float(dpi), quality=quality,
            creationDate=time.gmtime(0), modDate=time.gmtime(0),
        )  # fmt: skip
    else:
        _one_below_another(printed).save(file, kind, quality=quality)
    return file.getvalue()


def _one_below_another(printed: Sequence[Image.Image]) -> Image.Image:
    if len(printed) == 1:
        return printed[0]
    tops = list(accumulate((page.height for page in printed), initial=0))
    whole = Image.new("L", (max(page.width for page in printed), tops[-1]), 255)
    for page, (top, _) in zip(printed, pairwise(tops), strict=True):
        whole.paste(page, (0, top))
    return whole


def write(
    parts: Sequence[str | Laid], kind: Kind = "PDF", *, dpi: int = 200, wear: Wear = _NEW, quality: int = 75
) -> bytes:
    """Return a report as a scan; "PDF" has pictures for pages and no text."""
    return stored(pages(parts, dpi=dpi, wear=wear), kind, quality=quality, dpi=dpi)
