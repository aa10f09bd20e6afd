"""Characters recognised in pictures by the PP-OCRv6 models that ship inside the wheel of rapidocr; nothing is downloaded.

Its own program is not used: it would look for models in the network and starts a thread for every core.
"""

import math
import os
import pathlib
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from functools import cache
from importlib.util import find_spec
from typing import Any, NamedTuple

from services.parse.document import Unreadable
from services.parse.readers.rules import Box

_NEEDED = ("cv2", "numpy", "onnxruntime", "PIL", "rapidocr")
_HEIGHT = 48  # of the lines that the model was trained with
_NARROWEST, _WIDEST = 64, 1600
_BATCH_PIXELS = 640  # of width, all lines of a batch together
_STEP = 32  # sides of the detector's pictures are multiples of it
_LONGEST_SIDE = 960
_INKED, _LIKELY, _SMALLEST = 0.3, 0.5, 4
_MOST_LINES = 1000
_GROWN = 1.6  # a line is larger than what the detector marks of it, by area over outline


begins: ContextVar[Callable[[], None]] = ContextVar("begins", default=lambda: None)
"""Called before each page that is recognised: it takes seconds, and whoever waits for the document may wait longer."""


class Recognised(NamedTuple):
    """The text of a line and how sure the model is of it, from 0 to 1."""

    text: str
    score: float


def installed() -> bool:
    """Whether the extra `ocr` is installed."""
    return all(map(find_spec, _NEEDED))


def page_begins() -> None:
    """Tell whoever waits that another page is about to be recognised."""
    begins.get()()


def require() -> None:
    """Raise Unreadable (no_recognition) where the extra `ocr` is not installed; where it is, keep it to one thread.

    A worker has one core, and every thread takes 64 MiB of its address space.
    """
    if not installed():
        raise Unreadable("the extra nianbao[ocr] is not installed", "no_recognition")
    import cv2  # noqa: PLC0415

    cv2.setNumThreads(1)


@cache
def _model(name: str) -> Any:
    # ONNX Runtime would tell its maker over the network that it is used, and keep a number for this machine in the home folder;
    # it asks for this before it is loaded (Privacy.md in its wheel).
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime  # noqa: PLC0415

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    options.log_severity_level = 4
    spec = find_spec("rapidocr")
    assert spec
    assert spec.submodule_search_locations
    path = pathlib.Path(spec.submodule_search_locations[0], "models", name)
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _run(model: str, batch: Any) -> Any:
    session = _model(model)
    try:
        return session.run(None, {session.get_inputs()[0].name: batch})[0]
    except Exception as error:
        if "alloc" in str(error):
            raise MemoryError from error
        raise


def _scaled(grey: Any) -> Any:
    """Return a grey picture as the models take it: from -1 to 1, three times over."""
    import numpy as np  # noqa: PLC0415

    return np.repeat((grey.astype(np.float32) / 127.5 - 1)[None], 3, axis=0)


def recognised(lines: Sequence[Any]) -> list[Recognised]:
    """Return the text of each picture of a line (grey, one byte a pixel)."""
    import cv2  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    found = [Recognised("", 0.0)] * len(lines)
    ready = [cv2.resize(line, (_width(line), _HEIGHT), interpolation=cv2.INTER_CUBIC) for line in lines]
    for batch in _batches([line.shape[1] for line in ready]):
        wide = _padded(ready[batch[-1]].shape[1])
        pictures = np.zeros((len(batch), 3, _HEIGHT, wide), np.float32)
        for place, number in enumerate(batch):
            pictures[place, :, :, : ready[number].shape[1]] = _scaled(ready[number])
        for number, chances in zip(batch, _run("PP-OCRv6_rec_small.onnx", pictures), strict=True):
            found[number] = _decoded(chances)
    return found


def _width(line: Any) -> int:
    high, wide = map(int, line.shape)
    return min(max(round(wide * _HEIGHT / high), 1), _WIDEST)


def _padded(width: int) -> int:
    """Return the width that a line is given: of few sizes, since memory for ever new ones falls to pieces."""
    return math.ceil(width / _NARROWEST) * _NARROWEST


def _batches(widths: Sequence[int]) -> list[list[int]]:
    """Return the numbers of the lines in batches of like width."""
    batches: list[list[int]] = []
    for number in sorted(range(len(widths)), key=lambda number: widths[number]):
        if not batches or (len(batches[-1]) + 1) * _padded(widths[number]) > _BATCH_PIXELS:
            batches.append([])
        batches[-1].append(number)
    return batches


@cache
def _characters() -> list[str]:
    """Return the characters that the model tells apart, by its own list; the first stands for none."""
    listed = _model("PP-OCRv6_rec_small.onnx").get_modelmeta().custom_metadata_map["character"]
    return ["", *listed.split("\n"), " "]


def _decoded(chances: Any) -> Recognised:
    """Return the likeliest characters, each run of the same one once (connectionist temporal classification)."""
    best = chances.argmax(axis=1)
    names = _characters()
    kept = [place for place, code in enumerate(best) if code and (place == 0 or code != best[place - 1])]
    scores = [float(chances[place, best[place]]) for place in kept]
    text = "".join(names[best[place]] for place in kept)
    return Recognised(text, sum(scores) / len(scores) if scores else 0.0)


def lines_on(grey: Any) -> list[Box]:
    """Return where lines of text stand on a straightened page, in pixels, from the top."""
    import cv2  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    high, wide = grey.shape
    shrunk = min(1.0, _LONGEST_SIDE / max(high, wide))
    size = [max(round(side * shrunk / _STEP), 1) * _STEP for side in (wide, high)]
    chances = _run("PP-OCRv6_det_small.onnx", _scaled(cv2.resize(grey, size, interpolation=cv2.INTER_AREA))[None])[0, 0]
    outlines, _ = cv2.findContours((chances > _INKED).astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if len(outlines) > _MOST_LINES:
        raise Unreadable("more lines on a page than any report has")
    boxes = (_box(outline, chances) for outline in outlines)
    across, down = wide / size[0], high / size[1]
    return sorted(
        (
            Box(
                max(box.left * across, 0),
                max(box.top * down, 0),
                min(box.right * across, wide),
                min(box.bottom * down, high),
            )
            for box in boxes
            if box is not None
        ),
        key=lambda box: box.top,
    )


def _box(outline: Any, chances: Any) -> Box | None:
    """Return the line that the detector marked, grown to its whole height; None for a speck or what is hardly text."""
    import cv2  # noqa: PLC0415

    left, top, wide, high = cv2.boundingRect(outline)
    if min(wide, high) < _SMALLEST or chances[top : top + high, left : left + wide].mean() < _LIKELY * 0.8:
        return None
    more = wide * high * _GROWN / (2 * (wide + high))
    return Box(left - more, top - more, left + wide + more, top + high + more)
