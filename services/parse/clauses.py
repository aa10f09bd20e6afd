"""A sentence's tokens in its clauses."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from services.parse.lexicon import Break, Quantity, Token, Word


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
    """Yield the clauses; "、" parts only what has a figure of its own, else it joins words: 公民、法人和其他组织."""
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
