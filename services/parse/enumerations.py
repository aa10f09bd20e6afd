"""Figures told in parts: 全年发布信息516条，其中动态300条，公告200条，其他16条; only where the parts are certain."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.parse.clauses import Clause
from services.parse.lexicon import Break, Quantity, Token, Word
from shared.model.claim import Claim

_SURE = 0.9
_CASES = frozenset({"applications", "review", "suit"})


@dataclass(frozen=True, slots=True)
class _Part:
    """A figure, and where what is said of it begins."""

    quantity: Quantity
    start: int


def enumerations(text: str, clauses: Sequence[Clause], year: int | None, surest: float) -> Iterator[Claim]:
    """Yield a total and its parts, in order, for each “…N条，其中…” of a sentence that has two parts of one measure or more.

    A sentence with parts of parts, comparisons, other years, or of what became of applications gives nothing.
    """
    tokens = [token for clause in clauses for token in clause.tokens]
    openings = [place for place, token in enumerate(tokens) if isinstance(token, Word) and "part" in token.roles]
    if len(openings) != 1 or any(clause.bracketed for clause in clauses):
        return
    words = [token for token in tokens if isinstance(token, Word)]
    if any(_disturbs(word) for word in words):
        return
    before = [token for token in tokens[: openings[0]] if isinstance(token, Quantity)]
    parts = list(_parts(tokens, openings[0]))
    if not before or len(parts) < 2:
        return
    total, last = before[-1], parts[-1].quantity
    if any(
        isinstance(token, Word) and token.end <= last.start and _has_metric(token) for token in tokens[openings[0] :]
    ):
        return
    figures = [total, *(part.quantity for part in parts)]
    if any(each.value is None for each in figures) or len({each.measure for each in figures}) != 1 or not total.measure:
        return
    said = [
        ("list/total", _Part(total, _begins(tokens[: openings[0]], total))),
        *(("list/part", part) for part in parts),
    ]
    yield from (_claim(text, metric, part, year, min(_SURE, surest)) for metric, part in said)


def _begins(tokens: Sequence[Token], total: Quantity) -> int:
    """Return where the words begin that a total belongs to: behind the last break before it."""
    breaks = (token.end for token in tokens if isinstance(token, Break) and token.start < total.start)
    return max(breaks, default=tokens[0].start)


def _claim(text: str, metric: str, part: _Part, year: int | None, sure: float) -> Claim:
    quantity = part.quantity
    assert quantity.value is not None
    quote = text[part.start : quantity.end]
    return Claim(metric, quantity.value, quantity.measure, year, "own", None, quote, part.start, quantity.end, sure)


def _disturbs(word: Word) -> bool:
    return bool(word.of("growth") or word.of("other_year") or word.of("rate"))


def _has_metric(word: Word) -> bool:
    """Whether a word says what applications or cases came to: such parts have metrics of their own."""
    return any(phrase.topic in _CASES and phrase.role in {"metric", "carry", "topic"} for phrase in word.phrases)


def _parts(tokens: Sequence[Token], opening: int) -> Iterator[_Part]:
    start = tokens[opening].end
    for token in tokens[opening + 1 :]:
        if isinstance(token, Quantity):
            yield _Part(token, min(start, token.start))
        if isinstance(token, Quantity | Break):
            start = token.end
