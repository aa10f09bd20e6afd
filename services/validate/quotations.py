"""What an example prints otherwise than the clean page, as a clerk would see it: in whole sentences, by the part they stand in."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import takewhile
from typing import NamedTuple

from shared.forms.chapters import CHAPTERS, heading
from shared.model.cell import FormEdition
from shared.testing.prose import Edits, clean_page

_AROUND = 24
_SENTENCE = re.compile(r"[^。；\n]*(?:[。；]|\n|$)")


class Quotation(NamedTuple):
    """Where on the page it stands (标题, 引言, 第一部分 …), what the example prints there, and what the clean page prints; "" is nothing."""

    place: str
    printed: str
    right: str


def quotations(edition: FormEdition, edits: Edits, scene: Edits = ()) -> Iterator[Quotation]:
    """Yield what the pairs (right, wrong) of an example change on the clean page of its scene, sentence by sentence."""
    if not edits:
        return
    page = _page(edition, tuple(scene))
    right, printed = _sentences(page), _sentences(clean_page(edition, edits=(*scene, *edits)))
    for what, start, end, first, last in SequenceMatcher(None, right, printed, autojunk=False).get_opcodes():
        if what != "equal":
            place = _place(page, sum(map(len, right[:start])))
            yield Quotation(place, *_shortened("".join(printed[first:last]), "".join(right[start:end])))


@cache
def _page(edition: FormEdition, scene: Edits) -> str:
    return clean_page(edition, edits=scene)


def _sentences(page: str) -> list[str]:
    return _SENTENCE.findall(page)


def _shortened(one: str, other: str) -> tuple[str, str]:
    """Return two texts without what they have in common at either end, but for some words of it."""
    before = _common(one, other) if one and other else 0
    after = _common(one[before:][::-1], other[before:][::-1]) if one and other else 0
    cut, kept = max(0, before - _AROUND), max(0, after - _AROUND)
    return _between(one, cut, len(one) - kept), _between(other, cut, len(other) - kept)


def _common(one: str, other: str) -> int:
    """Return with how many of the same letters two texts begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _between(text: str, start: int, end: int) -> str:
    return f"{'…' if start else ''}{text[start:end].strip()}{'…' if end < len(text) else ''}"


def _place(page: str, at: int) -> str:
    """Return where a position of the clean page stands: 标题, 引言 or 第一部分."""
    starts: Sequence[int] = [page.index(f"\n{heading(number)}\n") for number in CHAPTERS]
    inside = [ordinal for start, (ordinal, _) in zip(starts, CHAPTERS.values(), strict=True) if start < at]
    if inside:
        return f"第{inside[-1]}部分"
    return "标题" if at <= page.index("\n") else "引言"
