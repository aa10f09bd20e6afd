"""A sentence's tokens in its clauses."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from services.parse.lexicon import Break, Quantity, Token, Word

_REFUSED = ("table3/不予公开/", "table3/无法提供/", "table3/不予处理/")


class Clause(NamedTuple):
    """The tokens between two marks; `bracketed`: it stands in brackets."""

    tokens: tuple[Token, ...]
    bracketed: bool = False

    @property
    def words(self) -> tuple[Word, ...]:
        """Its words of the lexicon."""
        return tuple(token for token in self.tokens if isinstance(token, Word))

    def says(self, role: str) -> bool:
        """Whether some word of it has this role."""
        return any(word.of(role) for word in self.words)


def clauses(found: Iterable[Token]) -> Iterator[Clause]:
    """Yield the clauses; "、" parts only what has a figure of its own, else it joins words: 公民、法人和其他组织.

    A reason stands with what is refused for it: 因涉及第三方合法权益,不予公开3件.
    """
    reason: Clause | None = None
    for clause in _parted(found):
        if reason is not None:
            joined = Clause((*reason.tokens, *clause.tokens), clause.bracketed)
            yield from (joined,) if _refuses(clause) else (reason, clause)
            reason = None
        elif _is_reason(clause):
            reason = clause
        else:
            yield clause
    if reason is not None:
        yield reason


def _is_reason(clause: Clause) -> bool:
    """Whether a clause without a figure ends with the reason of a refusal."""
    figures = any(isinstance(token, Quantity) for token in clause.tokens)
    return not figures and bool(clause.words) and _refused(clause.words[-1], rows=True)


def _refuses(clause: Clause) -> bool:
    return bool(clause.words) and _refused(clause.words[0], rows=False)


def _refused(word: Word, *, rows: bool) -> bool:
    """Whether a word names a row, or else a group of rows, of what is not given."""
    metrics = [phrase.metric for phrase in word.phrases if phrase.metric and phrase.metric.startswith(_REFUSED)]
    return any((metric.count("/") > 2) == rows for metric in metrics)


def _parted(found: Iterable[Token]) -> Iterator[Clause]:
    """Yield what stands between two marks."""
    held: list[Token] = []
    bracketed = counted = False
    for token in found:
        if not isinstance(token, Break):
            held.append(token)
            counted = counted or isinstance(token, Quantity)
        elif token.mark != "、" or counted:
            yield Clause((*held, token), bracketed)
            held, counted = [], False
            bracketed = token.mark == "(" or (bracketed and token.mark != ")")
        else:
            held.append(token)
    yield Clause(tuple(held), bracketed)
