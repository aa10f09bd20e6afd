"""Figures told in parts: 全年发布信息516条，其中动态300条，公告200条，其他16条; only where the parts are certain."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile

from services.parse.clauses import Clause
from services.parse.lexicon import Break, Quantity, Token, Word
from shared.model.claim import Claim

_SURE = 0.9
_CASES = frozenset({"applications", "review", "suit"})
_ANYWHERE = ("outcome/其他", "channel/", "table4/行政复议/其他结果", "table4/行政诉讼/其他结果")
_DOES = re.compile(
    "通过|利用|依托|发布|推送|推出|公布|刊发|编发|刊登|转载|转发|制作|收到|受理|办理|回复|答复|召开|举办|开展|承办|浏览|阅读"
)


@dataclass(frozen=True, slots=True)
class _Part:
    """A figure, where what is said of it begins, and the mark before it."""

    quantity: Quantity
    start: int
    mark: str = ""


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
    if not before or before[-1].value is None:
        return
    total = before[-1]
    parts = _belonging(text, list(_parts(tokens, openings[0])), total)
    if len(parts) < 2 or _of_several(before, parts) or not _alike(total, parts):
        return
    listed = [word for word in words if parts[0].start <= word.start and word.end <= parts[-1].quantity.start]
    loose = not any(_is_case(word) for word in words if word.end <= total.start)
    if any(_has_metric(word, loose=loose) for word in listed):
        return
    said = [
        ("list/total", _Part(total, _begins(tokens[: openings[0]], total))),
        *(("list/part", part) for part in parts),
    ]
    yield from (_claim(text, metric, part, year, min(_SURE, surest)) for metric, part in said)


def with_total(clauses: Sequence[Clause], before: Sequence[Clause]) -> Sequence[Clause]:
    """Return the clauses of a sentence that begins with 其中 behind those of the sentence before, where that has one figure of a measure."""
    first = next((token for clause in clauses for token in clause.tokens), None)
    if not isinstance(first, Word) or "part" not in first.roles:
        return clauses
    figures = [token.measure for clause in before for token in clause.tokens if isinstance(token, Quantity)]
    return [*before, *clauses] if figures and figures.count(figures[-1]) == 1 else clauses


def _alike(total: Quantity, parts: Sequence[_Part]) -> bool:
    """Whether all figures are certain and of one measure."""
    figures = [total, *(part.quantity for part in parts)]
    return bool(total.measure) and all(each.value is not None and each.measure == total.measure for each in figures)


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


def _has_metric(word: Word, *, loose: bool) -> bool:
    """Whether a word says what applications or cases came to: such parts have metrics of their own.

    `loose`: not what published texts have as well: 其他5条, 网站300条.
    """
    return any(
        phrase.topic in _CASES
        and phrase.role in {"metric", "carry", "topic"}
        and not (loose and (phrase.metric or "").startswith(_ANYWHERE))
        for phrase in word.phrases
    )


def _is_case(word: Word) -> bool:
    phrase = word.of("topic")
    return phrase is not None and phrase.topic in _CASES


def _belonging(text: str, parts: Sequence[_Part], total: Quantity) -> list[_Part]:
    """Return the parts up to where the sentence goes on with something else: they add up, or what follows is no part of them."""
    assert total.value is not None
    first = bool(parts and _DOES.search(text, parts[0].start, parts[0].quantity.start))
    mark = parts[1].mark if len(parts) > 1 else ""
    kept = list(takewhile(lambda part: part is parts[0] or _is_another(text, part, total, mark, first), parts))
    for place, reached in enumerate(accumulate(part.quantity.value or 0 for part in kept), 1):
        if reached == total.value:
            return kept[:place]
    return kept


def _is_another(text: str, part: _Part, total: Quantity, mark: str, does: bool) -> bool:
    """Whether a figure behind the first part is another part; `does`: the first has a verb of its own, as 网站发布300条."""
    if part.mark == ";" != mark or (part.quantity.value or 0) > (total.value or 0):
        return False
    return does or not _DOES.search(text, part.start, part.quantity.start)


def _of_several(before: Sequence[Quantity], parts: Sequence[_Part]) -> bool:
    """Whether the parts are those of several figures together: 建议12件、提案8件，其中主办5件，会办15件."""
    alike = [each.value or 0 for each in before if each.measure == before[-1].measure]
    added = sum(part.quantity.value or 0 for part in parts)
    return alike[-1] < added <= sum(alike)


def _parts(tokens: Sequence[Token], opening: int) -> Iterator[_Part]:
    start, mark = tokens[opening].end, ""
    for token in tokens[opening + 1 :]:
        if isinstance(token, Quantity):
            yield _Part(token, min(start, token.start), mark)
        if isinstance(token, Quantity | Break):
            start = token.end
        if isinstance(token, Break):
            mark = token.mark
