"""Places of a report in short, as every output names them."""

from collections.abc import Iterable, Sequence

from shared.forms.printed import edition_printing, printed_place
from shared.model.finding import Place, TextPlace
from shared.output.columns import one_line

_LONGEST_QUOTE = 20
_FIRST = 3


def quoted(place: TextPlace) -> str:
    """Return a place of the prose: its chapter and at most 20 characters of what stands there."""
    where = {"title": "标题", None: "正文"}.get(place.section, f"第{place.section}部分")
    quote = one_line(place.quote)
    shown = quote if len(quote) <= _LONGEST_QUOTE else quote[: _LONGEST_QUOTE - 1] + "…"
    return f"{where}“{shown}”" if shown else where


def short_place(place: Place, year: int | None) -> str:
    """Return a place by its printed name: 表三“一、本年新收·自然人”."""
    return quoted(place) if isinstance(place, TextPlace) else printed_place(edition_printing(place, year), place)


def first_places(places: Iterable[Place], year: int | None) -> str:
    """Return the first three places, each once, and how many there are; "" for none."""
    names = list(dict.fromkeys(short_place(place, year) for place in places))
    return listed(names, _FIRST, f"{len(names)}处")


def listed(names: Sequence[str], most: int, counted: str) -> str:
    """Return the first names and, if there are more, how much it is in all: A、B、C等12处."""
    told = "、".join(names[:most])
    return told if len(names) <= most else f"{told}等{counted}"
