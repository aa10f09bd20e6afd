"""A page in grey straightened, its ink told from the paper, and the straight lines of its tables found in the ink."""

import math
from typing import Any, NamedTuple

import cv2
import numpy as np

from services.parse.readers.rules import Rule

Pixels = Any
"""An array of one byte a pixel, rows by columns."""

_MOST_TURN = 5.0  # degrees; a page that lies further askew is not straightened
_LEAST_TURN = 0.03
_SEARCHED = 1200  # pixels: the width in which the turn is searched
_WINDOW = 3.0  # points round a pixel: what is darker than them by _DARKER is ink
_DARKER = 14
_VERTICAL, _HORIZONTAL = 13.5, 20.0  # points: longer than a character's strokes
_FRAYED = 0.6  # points that a line may waver
_MEETS = 4.0  # points between the end of a vertical line and the horizontal one on which it ends
_THICKEST = 4.0


class Strokes(NamedTuple):
    """The lines of a page in points, and its ink without them."""

    horizontals: list[Rule]
    verticals: list[Rule]
    ink: Pixels


def straightened(grey: Pixels) -> Pixels:
    """Return the page turned so that its long lines, or else its lines of text, lie level."""
    turn = _turn(grey)
    if abs(turn) < _LEAST_TURN:
        return grey
    high, wide = grey.shape
    matrix = cv2.getRotationMatrix2D((wide / 2, high / 2), turn, 1.0)
    paper = int(np.percentile(grey, 90))
    return cv2.warpAffine(grey, matrix, (wide, high), flags=cv2.INTER_CUBIC, borderValue=paper)


def _turn(grey: Pixels) -> float:
    """Return the degrees by which the page must be turned: those at which its rows of ink differ most."""
    shrunk = min(1.0, _SEARCHED / max(grey.shape))
    small = cv2.resize(grey, None, fx=shrunk, fy=shrunk, interpolation=cv2.INTER_AREA)
    ink = ink_of(small, 1.0)
    best = 0.0
    for step in (0.5, 0.1, 0.02):
        reach = _MOST_TURN if step == 0.5 else 5 * step
        turns = np.arange(best - reach, best + reach + step / 2, step)
        best = float(max(turns, key=lambda turn: _unevenness(ink, float(turn))))
    return best


def _unevenness(ink: Pixels, turn: float) -> float:
    """Return how much the rows differ in ink when they are sheared by so many degrees."""
    high, wide = ink.shape
    matrix = np.array(
        [[1, 0, 0], [-math.tan(math.radians(turn)), 1, math.tan(math.radians(turn)) * wide / 2]], np.float32
    )
    rows = cv2.warpAffine(ink, matrix, (wide, high), flags=cv2.INTER_NEAREST).sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum())


def ink_of(grey: Pixels, scale: float) -> Pixels:
    """Return 255 where a pixel is ink: darker than what is round it; `scale` is pixels a point."""
    soft = cv2.GaussianBlur(grey, (3, 3), 0)
    window = max(int(_WINDOW * scale * 4) | 1, 15)
    return cv2.adaptiveThreshold(soft, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, window, _DARKER)


def strokes_of(grey: Pixels, scale: float) -> Strokes:
    """Return the lines of a straightened page and its other ink; `scale` is pixels a point.

    A vertical line is one only where it ends on horizontal ones at both ends: the strokes of large characters do not.
    """
    ink = ink_of(grey, scale)
    frayed = max(round(_FRAYED * scale), 1)
    level = _long(ink, max(round(_HORIZONTAL * scale), 5), frayed)
    upright = _long(ink.T, max(round(_VERTICAL * scale), 5), frayed).T
    horizontals = _rules(level, scale)
    verticals = [rule for rule in _rules(upright.T, scale) if _ends_on(rule, horizontals)]
    lines = cv2.bitwise_or(level, np.ascontiguousarray(upright))
    grown = cv2.dilate(lines, np.ones((3, 3), np.uint8))
    return Strokes(horizontals, verticals, cv2.bitwise_and(ink, cv2.bitwise_not(grown)))


def _long(ink: Pixels, length: int, frayed: int) -> Pixels:
    """Return the ink that lies in level lines of at least this length, which may waver by `frayed` pixels."""
    joined = cv2.dilate(np.ascontiguousarray(ink), np.ones((1 + frayed, 1), np.uint8))
    return cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))


def _rules(lines: Pixels, scale: float) -> list[Rule]:
    count, _, stats, middles = cv2.connectedComponentsWithStats(np.ascontiguousarray(lines), connectivity=8)
    found = []
    for number in range(1, count):
        left, _, wide, high, _ = (int(each) for each in stats[number])
        if high <= _THICKEST * scale + 2:
            found.append(Rule(float(middles[number][1]) / scale, left / scale, (left + wide) / scale))
    return found


def _ends_on(rule: Rule, horizontals: list[Rule]) -> bool:
    return all(
        any(
            abs(level.at - end) <= _MEETS and level.start - _MEETS <= rule.at <= level.end + _MEETS
            for level in horizontals
        )
        for end in (rule.start, rule.end)
    )
