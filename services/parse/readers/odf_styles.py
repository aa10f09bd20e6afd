"""Styles of OpenDocument files: how characters are shown, what is hidden, and the numbers of lists."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from services.parse.readers.counting import ordinal
from services.parse.readers.look import PLAIN, Look
from services.parse.readers.package import attributes, local, whole

_DEEPEST = 12
_KINDS = {
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "一, 二, 三, ...": "chineseCounting",
    "壹, 贰, 叁, ...": "chineseLegalSimplified",
    "壹, 貳, 參, ...": "chineseLegalSimplified",
    "甲, 乙, 丙, ...": "ideographTraditional",
    "子, 丑, 寅, ...": "ideographZodiac",
    "①, ②, ③, ...": "decimalEnclosedCircle",
    "\uff11, \uff12, \uff13, ...": "decimalFullWidth",
    "": "none",
}
_PLACE = re.compile(r"%([1-9]|10)%")


class Style(NamedTuple):
    """A style: what it says of characters, the list of its paragraphs, whether its table is hidden, what it is based on."""

    look: Look = PLAIN
    listed: str | None = None
    hidden: bool = False
    based_on: str | None = None


class Level(NamedTuple):
    """A level of a list: its kind of numbers, the text with their places (%1%), where it begins, and the gap behind."""

    kind: str
    text: str
    start: int = 1
    gap: str = " "


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of a document by family and name, and its lists by name; "" names the numbering of headings."""

    named: Mapping[tuple[str, str], Style] = field(default_factory=dict)
    lists: Mapping[str, Mapping[int, Level]] = field(default_factory=dict)

    def look(self, family: str, name: str | None) -> Look:
        """Return what a style and those that it is based on say of characters."""
        look = PLAIN
        for style in self._line(family, name):
            look = look.over(style.look)
        return look

    def listed(self, name: str | None) -> str | None:
        """Return the list that a paragraph style belongs to; None for none."""
        return next((style.listed for style in self._line("paragraph", name) if style.listed), None)

    def hidden(self, family: str, name: str | None) -> bool:
        """Whether a style hides its table or section."""
        return any(style.hidden for style in self._line(family, name))

    def _line(self, family: str, name: str | None) -> Iterator[Style]:
        for _ in range(_DEEPEST):
            style = self.named.get((family, name or ""))
            if style is None:
                return
            yield style
            name = style.based_on


def read_styles(*roots: Any | None) -> Styles:
    """Return the styles of the parts of a document; those of later parts come before those of earlier ones."""
    named: dict[tuple[str, str], Style] = {}
    lists: dict[str, Mapping[int, Level]] = {}
    for group in (group for root in roots if root is not None for group in root if local(group).endswith("styles")):
        for child in group:
            told, kind = attributes(child), local(child)
            if kind == "style":
                named[told.get("family", ""), told.get("name", "")] = _style(child, told)
            elif kind in {"list-style", "outline-style"}:
                lists[told.get("name", "") if kind == "list-style" else ""] = dict(_levels(child))
    return Styles(named, lists)


def _style(style: Any, told: Mapping[str, str]) -> Style:
    look, hidden = PLAIN, False
    for child in style:
        kind = local(child)
        if kind == "text-properties":
            look = _look(attributes(child))
        elif kind in {"table-properties", "section-properties"}:
            hidden = attributes(child).get("display") in {"false", "none"}
    return Style(look, told.get("list-style-name") or None, hidden, told.get("parent-style-name"))


def _look(told: Mapping[str, str]) -> Look:
    lines = {told[name] for name in ("text-line-through-style", "text-line-through-type") if name in told}
    position = told.get("text-position", "").split(" ")[0]
    return Look(
        hidden=told["display"] == "none" if "display" in told else None,
        struck=lines != {"none"} if lines else None,
        align=_align(position) if position else None,
    )


def _align(position: str) -> str:
    """Return the place of text that is moved by a share of its height, or to a named place."""
    if position == "sub" or position.startswith("-"):
        return "subscript"
    return "baseline" if position.rstrip("%").strip("0.") == "" else "superscript"


def _levels(parent: Any) -> Iterator[tuple[int, Level]]:
    for level in parent:
        told, kind = attributes(level), local(level)
        depth = whole(told.get("level"), 1)
        if kind == "list-level-style-bullet":
            yield depth, Level("none", told.get("bullet-char", ""))
        elif kind in {"list-level-style-number", "outline-level-style"}:
            yield depth, _level(level, told, depth)


def _level(level: Any, told: Mapping[str, str], depth: int) -> Level:
    shown = "" if told.get("num-format", "1") == "" else told.get("num-list-format")
    if shown is None:
        levels = range(depth - max(whole(told.get("display-levels"), 1), 1) + 1, depth + 1)
        numbers = ".".join(f"%{number}%" for number in levels if number > 0)
        shown = told.get("num-prefix", "") + numbers + told.get("num-suffix", "")
    followed = level.find(".//{*}list-level-label-alignment")
    nothing = followed is not None and attributes(followed).get("label-followed-by") == "nothing"
    kind = _KINDS.get(told.get("num-format", "1"), "decimal")
    return Level(kind, shown, whole(told.get("start-value"), 1), "" if nothing else " ")


@dataclass(slots=True)
class Counter:
    """Counts the items of one list by level."""

    levels: Mapping[int, Level]
    counts: dict[int, int] = field(default_factory=dict)

    def label(self, depth: int, start: int | None = None) -> str:
        """Return the number printed before the next item of this level, with the gap behind it; "" for none."""
        level = self.levels.get(depth)
        if level is None:
            return ""
        following = self.counts[depth] + 1 if depth in self.counts else level.start
        self.counts = {above: count for above, count in self.counts.items() if above < depth}
        self.counts[depth] = following if start is None else start
        printed = _PLACE.sub(lambda found: self._number(int(found[1])), level.text)
        return printed + level.gap if printed else ""

    def _number(self, depth: int) -> str:
        level = self.levels.get(depth)
        return "" if level is None else ordinal(self.counts.get(depth, level.start), level.kind)
