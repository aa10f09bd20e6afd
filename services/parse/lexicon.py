"""All phrasings as one lexicon, and a paragraph cut into its words, quantities, years and clause ends."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Literal, NamedTuple

from services.parse.numerals import parse_number
from services.parse.phrasings import Phrase, applications, cases, documents, surroundings
from shared.model.number import Number

PHRASES: tuple[Phrase, ...] = (*applications.PHRASES, *cases.PHRASES, *documents.PHRASES, *surroundings.PHRASES)

_made = tuple.__new__  # as in services.parse.readers.page; a report has a thousand tokens
Cut = Literal["clause", "open", "close", "pause"]

_MEASURES = "亿元|万元|件次|元|件|起|宗|例|份|条|次|个|封|项|部|%"
_QUANTITY = (
    rf"(?P<number>\d[\d,]{{0,14}}(?:\.\d{{1,4}})?(?: ?[万亿](?!元))?|[〇零一二两三四五六七八九十百千万]{{1,9}}(?= ?(?:{_MEASURES})))"
    rf" ?(?P<about>余|多|来|左右)?(?P<measure> ?(?:{_MEASURES}|篇|期|场))?(?P<after>余|左右)?"
)
_SKIPPED = (
    r"[〔\[(]20\d\d[〕\])] ?\d{0,4}号?|\d{1,2}月(?:\d{1,2}日)?|第(?!三方)[\d一二三四五六七八九十]{1,3}[季部类项条款次批]{0,2}|第三方(?!合法|权|利)|\d{1,3}[.、](?=[^\d])|[一二三四五六七八九十]是|[\d一二三四五六七八九十]{1,2} ?个(?:部分|方面|章节)|一起|一次|一个|一份|[一二三四五六七八九十]{1,2}、"
    r"|\d[\d-]{6,}|\d{1,3}/\d{1,3}|[\d.一二两三四五六七八九十]{1,5} ?(?:天|小时|分钟|倍|个多?(?:工作日|自然日|小时|月|百分点))"
)
_COMPARED = r"(?P<compared>(?:较|比|与|相比)20[0-4]\d ?年度?)"
_YEAR = r"(?P<year>20[0-4]\d)(?: ?年(?!报))"
_CUT = r"(?P<cut>[,;:()、])"
_BEGINS = r"\d.较比与相〔\[(第〇零一二两三四五六七八九十百千万,;:)、"  # whatever is no word of the lexicon


class Word(NamedTuple):
    """Words of the lexicon at start..end, all that they may mean, and what they mean first in each role."""

    start: int
    end: int
    phrases: tuple[Phrase, ...]
    roles: Mapping[str, Phrase]

    def of(self, role: str) -> Phrase | None:
        """Return what the words mean in a role, if anything."""
        return self.roles.get(role)


class Quantity(NamedTuple):
    """A printed number with its measure word at start..end; `value` None where it is approximate."""

    start: int
    end: int
    value: Number | None
    measure: str | None


class Year(NamedTuple):
    """A year at start..end."""

    start: int
    end: int
    year: int


class Break(NamedTuple):
    """The mark that ends a clause, at `start`."""

    start: int
    mark: str

    @property
    def end(self) -> int:
        """Where what follows begins."""
        return self.start + 1


Token = Word | Quantity | Year | Break


_Meaning = tuple[tuple[Phrase, ...], Mapping[str, Phrase]]


@cache
def _known() -> dict[str, _Meaning]:
    known: dict[str, tuple[Phrase, ...]] = {}
    for phrase in PHRASES:
        for words in phrase.words.split("|"):
            known[words] = (*known.get(words, ()), phrase)
    return {words: (phrases, {each.role: each for each in reversed(phrases)}) for words, phrases in known.items()}


@cache
def pattern(*, anywhere: bool = False) -> re.Pattern[str]:
    """Return what finds the tokens, long words before shorter ones; looked for only where one may begin, or `anywhere`."""
    behind: dict[str, list[str]] = {}
    for words in sorted(_known(), key=len, reverse=True):
        behind.setdefault(words[0], []).append(re.escape(words[1:]))
    begins = "".join(map(re.escape, behind))
    known = "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in behind.items())
    tokens = rf"{_COMPARED}|{_YEAR}|(?P<skipped>{_SKIPPED})|(?P<word>{known})|{_QUANTITY}|{_CUT}"
    return re.compile(tokens if anywhere else rf"(?=[{begins}{_BEGINS}])(?:{tokens})")


_ABOUT = re.compile(r"(?:约|近|超过|逾|(?<![网线])上|超)$")


def tokens(sentence: str, offset: int) -> Iterator[Token]:
    """Yield what a sentence (folded and simplified) is made of; `offset` is where it stands in the text."""
    known = _known()
    for match in pattern().finditer(sentence):
        kind, (start, end) = match.lastgroup, match.span()
        if kind == "word":
            yield _made(Word, (offset + start, offset + end, *known[match[0]]))
        elif kind == "cut":
            yield _made(Break, (offset + start, match[0]))
        elif kind == "compared":
            yield Word(offset + start, offset + end, *known["同比"])
        elif kind == "year":
            yield Year(offset + start, offset + end, int(match["year"]))
        elif kind != "skipped":
            yield _quantity(match, sentence, offset + start, offset + end)


def _quantity(match: re.Match[str], sentence: str, start: int, end: int) -> Quantity:
    before = sentence[max(0, match.start() - 2) : match.start()]
    in_a_word = before[-1:].isascii() and before[-1:].isalnum()
    several = before[-1:] == "数" and match["number"][0] in "十百千万"  # 数十件, not 现行有效件数14件
    about = in_a_word or several or match["about"] or match["after"] or _ABOUT.search(before)
    value = None if about else parse_number(match["number"].replace(" ", "").rstrip(","))
    return Quantity(start, end, value, (match["measure"] or "").strip() or None)
