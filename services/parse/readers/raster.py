"""Pictures as rasters of grey: what is opened is judged by its size first, whatever it claims to be."""

import io
import math
import warnings
from collections.abc import Iterator
from typing import Any, NamedTuple

from services.parse.document import Unreadable

MOST_PAGES = 60
"""Of a document; an annual report has under 20."""

MOST_PIXELS = 40_000_000
"""Of one picture before it is made smaller: A4 at 600 dpi has 35 million."""

_KINDS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF")
_LONGER_SIDE = 842.0  # points: a page is taken for A4
_SCREEN, _FINE = (
    96 / 72,
    180 / 72,
)  # pixels a point: what is coarser is no page but a picture of the screen, and is enlarged


class Raster(NamedTuple):
    """A page as a picture: one byte of grey a pixel, row by row, and how many pixels make a point."""

    width: int
    height: int
    pixels: bytes
    scale: float


def rasters(data: bytes, pixels: int) -> Iterator[Raster]:
    """Yield the pictures of a file in grey, each of at most so many pixels; Unreadable where it is damaged or too large."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of tags that are not as they should be
        try:
            yield from _frames(data, pixels)
        except (Unreadable, MemoryError):
            raise
        except Exception as error:
            raise Unreadable("a picture that cannot be opened", "damaged") from error


def _frames(data: bytes, pixels: int) -> Iterator[Raster]:
    from PIL import Image, ImageOps  # noqa: PLC0415 - it is part of the extra `ocr`

    with Image.open(io.BytesIO(data), formats=_KINDS) as picture:
        frames = getattr(picture, "n_frames", 1)
        if frames > MOST_PAGES:
            raise Unreadable(f"{frames} pages", "too_many_pages")
        for number in range(frames if picture.format == "TIFF" else 1):
            picture.seek(number)
            if picture.width * picture.height > MOST_PIXELS:
                raise Unreadable("a picture larger than any page")
            yield _raster(ImageOps.exif_transpose(picture), pixels)


def _raster(picture: Any, pixels: int) -> Raster:
    from PIL import Image  # noqa: PLC0415

    grey = _on_white(picture).convert("L")
    scale = max(max(grey.size) / _LONGER_SIDE, _SCREEN)
    sized = min(max(_FINE / scale, 1.0), math.sqrt(pixels / (grey.width * grey.height)))
    size = max(int(grey.width * sized), 1), max(int(grey.height * sized), 1)
    resized = grey.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return Raster(*size, resized.tobytes(), scale * sized)


def _on_white(picture: Any) -> Any:
    """Return the picture as seen on white paper where parts of it are clear."""
    from PIL import Image  # noqa: PLC0415

    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture
    seen = picture.convert("RGBA")
    paper = Image.new("RGBA", seen.size, (255, 255, 255, 255))
    return Image.alpha_composite(paper, seen)
