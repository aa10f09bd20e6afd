"""Automatic list numbers of a Word document: 一、 and （一） often stand in no paragraph's text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from services.parse.readers.counting import ordinal
from services.parse.readers.package import attributes, local, whole
from services.parse.readers.word_styles import Listed, is_on, value_of

_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: where it begins, its kind of numbers, the text round them ("（%1）"), what follows, when it restarts."""

    start: int = 1
    kind: str = "decimal"
    text: str = ""
    gap: str = " "
    restart: int | None = None
    legal: bool = False


@dataclass(frozen=True, slots=True)
class List:
    """A list of paragraphs: what it counts together with, its levels, and the levels that it begins anew."""

    counted_with: str
    levels: Mapping[int, Level]
    begins: Mapping[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Numbering:
    """Counts the paragraphs of lists in the order of the document."""

    lists: Mapping[str, List]
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, numbering: Listed) -> str:
        """Return the number printed before the next paragraph of this list and level, with the gap behind it; "" for none."""
        name, depth = numbering.name or "", min(whole(numbering.level, 0), _LEVELS - 1)
        listed = self.lists.get(name)
        level = listed.levels.get(depth) if listed else None
        if listed is None or level is None:
            return ""
        counts = self._counts.setdefault(listed.counted_with, {})
        if depth in listed.begins and (name, depth) not in self._begun:
            self._begun.add((name, depth))
            counts[depth] = listed.begins[depth]
        else:
            counts[depth] = counts[depth] + 1 if depth in counts else level.start
        for below in [other for other in counts if other > depth and _restarts(listed.levels.get(other), depth)]:
            del counts[below]
        printed = _PLACE.sub(lambda found: _number(listed, counts, int(found[1]) - 1, level), level.text)
        return printed + level.gap if printed else ""


def _restarts(level: Level | None, after: int) -> bool:
    """Whether a level counts anew after a paragraph of a higher one."""
    return level is None or level.restart is None or after < level.restart


def _number(listed: List, counts: Mapping[int, int], depth: int, own: Level) -> str:
    level = listed.levels.get(depth)
    if level is None:
        return ""
    return ordinal(counts.get(depth, level.start), "decimal" if own.legal else level.kind)


def read_lists(root: Any | None) -> Numbering:
    """Return the counter of a numbering part's lists; it knows none without one."""
    abstract: dict[str, tuple[Mapping[int, Level], str | None]] = {}
    by_style: dict[str, str] = {}
    lists: dict[str, List] = {}
    for child in () if root is None else root.iterchildren():
        if local(child) == "abstractNum":
            name = attributes(child).get("abstractNumId", "")
            abstract[name] = _levels(child), _value(child, "numStyleLink")
            by_style[_value(child, "styleLink") or ""] = name
        elif local(child) == "num":
            lists[attributes(child).get("numId", "")] = _list(child, abstract, by_style)
    return Numbering(lists)


def _value(parent: Any, name: str) -> str | None:
    child = parent.find(f"{{*}}{name}")
    return None if child is None else value_of(child)


def _levels(parent: Any) -> dict[int, Level]:
    return {whole(attributes(level).get("ilvl"), 0): _level(level) for level in parent.iterchildren("{*}lvl")}


def _level(level: Any) -> Level:
    restart = _value(level, "lvlRestart")
    kind, legal = level.find("{*}numFmt"), level.find("{*}isLgl")
    return Level(
        start=whole(_value(level, "start"), 0),
        kind="decimal" if kind is None else value_of(kind) or "decimal",
        text=_value(level, "lvlText") or "",
        gap="" if _value(level, "suff") == "nothing" else " ",
        restart=None if restart is None else whole(restart, 0),
        legal=legal is not None and is_on(legal),
    )


def _list(
    num: Any, abstract: Mapping[str, tuple[Mapping[int, Level], str | None]], by_style: Mapping[str, str]
) -> List:
    name = _value(num, "abstractNumId") or ""
    levels, linked = abstract.get(name, ({}, None))
    if linked and not levels:  # a list style: its levels stand with the list that defines the style
        name = by_style.get(linked, name)
        levels = abstract.get(name, ({}, None))[0]
    begins: dict[int, int] = {}
    for override in num.iterchildren("{*}lvlOverride"):
        depth = whole(attributes(override).get("ilvl"), 0)
        levels = {**levels, **_levels(override)}
        if (start := _value(override, "startOverride")) is not None:
            begins[depth] = whole(start, 1)
    return List(name, levels, begins)
