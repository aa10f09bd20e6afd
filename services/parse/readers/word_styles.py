"""How characters of a Word document are shown: hidden, struck out, raised; from a run's own properties and its styles."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from services.parse.readers.look import PLAIN, Look
from services.parse.readers.package import attributes, local

_OFF = frozenset({"0", "false", "off"})
_DEEPEST = 12
_SHOWN = {"vanish": "hidden", "strike": "struck", "dstrike": "struck"}


class Listed(NamedTuple):
    """The list that a paragraph is numbered in, and its level; None where nothing is said of it."""

    name: str | None = None
    level: str | None = None


NOWHERE = Listed()


@dataclass(frozen=True, slots=True)
class Style:
    """A style: what it says of characters, the list that its paragraphs are numbered in, and the style it is based on."""

    look: Look = PLAIN
    numbering: Listed = NOWHERE
    based_on: str | None = None


@dataclass(slots=True)
class Styles:
    """The styles of a document by their ids. `idle`: none of its paragraphs' styles says anything that is looked at."""

    named: Mapping[str, Style] = field(default_factory=dict)
    default: str | None = None
    idle: bool = True
    _looks: dict[str, Look] = field(default_factory=dict)
    _numberings: dict[str | None, Listed] = field(default_factory=dict)

    def look(self, name: str | None) -> Look:
        """Return what a style and those that it is based on say of characters."""
        if not name:
            return PLAIN
        if name not in self._looks:
            look = PLAIN
            for style in self._line(name):
                look = look.over(style.look)
            self._looks[name] = look
        return self._looks[name]

    def numbering(self, name: str | None) -> Listed:
        """Return the list and the level that a paragraph style numbers its paragraphs in."""
        if name not in self._numberings:
            listed = NOWHERE
            for style in self._line(name):
                if style.numbering is not NOWHERE:
                    listed = Listed(listed.name or style.numbering.name, listed.level or style.numbering.level)
            self._numberings[name] = listed
        return self._numberings[name]

    def _line(self, name: str | None) -> list[Style]:
        line: list[Style] = []
        while name is not None and name in self.named and len(line) < _DEEPEST:
            line.append(self.named[name])
            name = line[-1].based_on
        return line


def read_styles(root: Any | None) -> Styles:
    """Return the styles of a styles part; none without one."""
    named, default, idle = {}, None, True
    for style in () if root is None else root.iterchildren("{*}style"):
        told = attributes(style)
        name = told.get("styleId", "")
        named[name] = _style(style)
        if told.get("type") != "character":
            idle = idle and named[name].look is PLAIN and named[name].numbering is NOWHERE
        if told.get("type") == "paragraph" and told.get("default") in {"1", "true", "on"}:
            default = name
    return Styles(named, default, idle)


def _style(style: Any) -> Style:
    look, numbering, based_on = PLAIN, NOWHERE, None
    for child in style:
        name = local(child)
        if name == "rPr":
            look, _ = read_look(child)
        elif name == "pPr":
            numbering = read_numbering(child.find("{*}numPr"))
        elif name == "basedOn":
            based_on = value_of(child)
    return Style(look, numbering, based_on)


def read_look(properties: Any) -> tuple[Look, str | None]:
    """Return what run properties say themselves, and the character style that they name."""
    told: dict[str, Any] = {}
    style = None
    for child in properties:
        name = local(child)
        if name in _SHOWN:
            told[_SHOWN[name]] = is_on(child) or told.get(_SHOWN[name], False)
        elif name == "vertAlign":
            told["align"] = value_of(child)
        elif name == "position":
            told["position"] = _half_points(value_of(child))
        elif name == "rStyle":
            style = value_of(child)
    return (Look(**told) if told else PLAIN), style


def read_numbering(properties: Any | None) -> Listed:
    """Return the list and the level that numbering properties name."""
    if properties is None:
        return NOWHERE
    found = {local(child): value_of(child) for child in properties}
    return Listed(found.get("numId"), found.get("ilvl"))


def value_of(element: Any) -> str | None:
    """Return the value of a property."""
    return attributes(element).get("val")


def is_on(element: Any) -> bool:
    """Whether a property that is there is not switched off."""
    return (value_of(element) or "1") not in _OFF


def _half_points(printed: str | None) -> int:
    digits = (printed or "").removeprefix("-")
    size = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 5 else 0
    return -size if (printed or "").startswith("-") else size
