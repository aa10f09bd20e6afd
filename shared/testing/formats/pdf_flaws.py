"""Made PDFs with flaws of drawing: texts beside their places, pieces of lines that are lacking."""

import random
from collections.abc import Iterable, Sequence

from shared.testing.formats.pdf import laid_out
from shared.testing.formats.pdf_file import Sheet, document, line
from shared.testing.formats.pdf_leaves import Text, edges, shown
from shared.testing.layouts import Laid

_UP, _ASIDE = 8.0, 14.0  # points: less than a row is high, and than a column is wide


def flawed(chance: random.Random, parts: Sequence[str | Laid]) -> bytes:
    """Return a report (`layouts.outline`) as a PDF with one to three flaws in its tables."""
    leaves = [(leaf, _lines(edges(leaf))) for leaf in laid_out(parts)]
    ruled = [(leaf.texts, lines) for leaf, lines in leaves if lines]
    for _ in range(chance.randint(1, 3)):
        texts, lines = chance.choice(ruled)
        if chance.random() < 0.5:
            lines.remove(chance.choice(lines))
        else:
            _shift(chance, texts)
    return document([Sheet("".join(line(*each) for each in lines) + shown(leaf.texts)) for leaf, lines in leaves])


def _lines(drawn: Iterable[tuple[float, float, float, float]]) -> list[tuple[float, ...]]:
    """Return each line once."""
    return sorted({tuple(round(place, 2) for place in each) for each in drawn})


def _shift(chance: random.Random, texts: list[Text]) -> None:
    """Move a text up, down, or aside."""
    place = chance.randrange(len(texts))
    moved = texts[place]
    if chance.random() < 0.5:
        texts[place] = moved._replace(x=moved.x + chance.uniform(-_ASIDE, _ASIDE))
    else:
        texts[place] = moved._replace(y=moved.y + chance.uniform(-_UP, _UP))
