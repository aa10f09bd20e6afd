"""What the prose says in figures: each bound to what it counts, in its clause, its year and its scope; else left alone.

A number belongs to the words of its own clause; what the words are about may come from earlier in the paragraph.
What is not certain gets less confidence, and rules make no error of it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from services.parse.clauses import Clause, clauses
from services.parse.document import Content
from services.parse.enumerations import enumerations
from services.parse.lexicon import Break, Quantity, Token, Word, Year, tokens
from services.parse.phrasings import Phrase, Topic
from services.parse.statements import statements
from shared.model.cell import Span
from shared.model.claim import Claim, Scope
from shared.model.number import Number
from shared.model.report import Section

LONGEST_SENTENCE = 1500
"""Characters; what is longer is no sentence, and is passed over."""

_SENTENCE = re.compile(r"[^。!?\n]+")
_COUNTED = frozenset("件起宗例份条次个封") | {"件次"}
_MONEY = {"元": 1, "万元": 10**4, "亿元": 10**8}
_FAR = 30  # characters between the words and their figure
_RECEIVED, _CARRIED_IN, _CARRIED_OUT = (f"table3/{row}/总计" for row in ("本年新收", "上年结转", "结转下年度"))
_BOTH = "table3/新收加结转/总计"
_WHOLE_REGION = re.compile(r"(?:人民政府|[省市区县旗州盟])$")
_SMALL_REGION = re.compile(r"(?:镇|乡|街道)(?:人民政府|办事处)?$")


@dataclass(frozen=True)
class Setting:
    """What a report's figures are held to be about: its year, and whether its own scope is the whole region."""

    year: int | None
    whole_region: bool
    confidence: float


@dataclass
class _State:
    """What earlier words of the paragraph and of the sentence leave standing."""

    topic: Topic | None = None
    sure: float = 0.98
    scope: Scope = "own"
    year: int | None = None
    made: list[Claim] = field(default_factory=list)

    @property
    def metrics(self) -> set[str]:
        """What the sentence has claimed so far."""
        return {claim.metric for claim in self.made}

    def includes_carried(self) -> None:
        """Note that the applications received, just named, include those carried in."""
        for place in range(len(self.made) - 1, -1, -1):
            if self.made[place].metric == _RECEIVED:
                self.made[place] = replace(self.made[place], metric=_BOTH)
                return


def read_claims(
    content: Content, sections: Sequence[Section], tables: Sequence[Span], *, agency: str | None, year: int | None
) -> tuple[Claim, ...]:
    """Return the claims of the prose outside the tables, in the order of the text, quoted as printed."""
    whole = bool(agency and _WHOLE_REGION.search(agency) and not _SMALL_REGION.search(agency))
    setting = Setting(year, whole, content.confidence)
    found: list[Claim] = []
    for paragraph in _paragraphs(content.simplified, tables):
        section = next((each for each in sections if each.start <= paragraph.start < each.end), None)
        ordinal = section.ordinal if section else None
        found += (
            replace(claim, section=ordinal, quote=content.text[claim.start : claim.end])
            for claim in _of_paragraph(content.simplified, paragraph, setting)
        )
    return tuple(found)


def _paragraphs(text: str, tables: Sequence[Span]) -> Iterator[Span]:
    at = 0
    for table in (*tables, Span(len(text), len(text))):
        for match in re.finditer(r"[^\n]+", text[at : table.start]):
            yield Span(at + match.start(), at + match.end())
        at = max(at, table.end)


def _of_paragraph(text: str, paragraph: Span, setting: Setting) -> Iterator[Claim]:
    state = _State()
    for match in _SENTENCE.finditer(text[paragraph.start : paragraph.end]):
        if len(match[0]) > LONGEST_SENTENCE:
            continue
        parts = list(clauses(tokens(match[0], paragraph.start + match.start())))
        topic = None if state.topic == "else" else state.topic
        state = _State(topic, min(state.sure, 0.95))
        yield from statements(text, parts, topic, setting.year, setting.confidence)
        yield from enumerations(text, parts, setting.year, setting.confidence)
        for clause in parts:
            _of_clause(text, clause, state, setting)
        yield from state.made


def _of_clause(text: str, clause: Clause, state: _State, setting: Setting) -> None:
    since: list[Token] = []
    for place, token in enumerate(clause.tokens):
        if isinstance(token, Word):
            _heed(token, state, setting)
        if isinstance(token, Quantity):
            _count(text, token, since, clause.tokens[place + 1 :], clause, state, setting)
            since = []
        else:
            since.append(token)


def _heed(word: Word, state: _State, setting: Setting) -> None:
    if (phrase := word.of("topic")) is not None:
        state.topic, state.sure = phrase.topic, 0.98
    if word.of("region"):
        state.scope = "own" if setting.whole_region else "region"
    elif word.of("own"):
        state.scope = "own"


def _count(
    text: str,
    quantity: Quantity,
    since: Sequence[Token],
    after: Sequence[Token],
    clause: Clause,
    state: _State,
    setting: Setting,
) -> None:
    """Note the claim that a quantity makes, if it makes one."""
    words = [token for token in since if isinstance(token, Word)]
    if quantity.value is None or any(word.of("growth") or word.of("other_year") for word in words):
        return
    _name_behind(quantity, words, after, state)
    if state.topic is None or state.topic == "else":
        return
    bound = _bound(quantity, since, after, state.topic, setting)
    if bound is None and any(word.of("total") for word in words) and {_RECEIVED, _CARRIED_IN} <= state.metrics:
        bound = _Bound(_BOTH, 0.98, quantity.start)
    if bound is None or not _of_its_year(since, bound, state, setting):
        return
    value, unit = _measured(quantity, bound.metric)
    if value is None:
        return
    if clause.bracketed and bound.metric == _CARRIED_IN and clause.says("part"):
        state.includes_carried()
    sure = min(bound.sure, state.sure, setting.confidence)
    start = min(
        [bound.start, *(word.start for word in words if word.of("total") or word.of("metric") or word.of("topic"))]
    )
    end = max(quantity.end, bound.end)
    state.made.append(
        Claim(bound.metric, value, unit, setting.year, state.scope, None, text[start:end], start, end, sure)
    )


def _name_behind(quantity: Quantity, words: Sequence[Word], after: Sequence[Token], state: _State) -> None:
    """Heed a topic named right behind its figure: 60件政府信息公开申请, 31件工单."""
    if any(word.of("topic") for word in words):
        return
    follows = after[0] if after else None
    if isinstance(follows, Word) and follows.start - quantity.end <= 1 and (phrase := follows.of("topic")):
        state.topic, state.sure = phrase.topic, 0.98


def _of_its_year(since: Sequence[Token], bound: "_Bound", state: _State, setting: Setting) -> bool:
    """Whether a figure is of the report's year; a year stands for the rest of its sentence."""
    years = [token.year for token in since if isinstance(token, Year)]
    if years and bound.metric not in {_CARRIED_IN, _CARRIED_OUT}:
        state.year = years[-1]
    return state.year is None or state.year == setting.year


def _measured(quantity: Quantity, metric: str) -> tuple[Number | None, str | None]:
    """Return the figure in the metric's unit, None where its measure word counts something else."""
    value, measure = quantity.value, quantity.measure
    assert value is not None
    if metric.startswith("rate/"):
        return (value, "%") if measure == "%" else (None, None)
    if metric in {"fee/信息处理费", "table2/行政事业性收费/本年收费金额"}:
        if measure not in _MONEY:
            return None, None
        unit = "元" if metric == "fee/信息处理费" else "万元"
        return _plain(Decimal(value) * _MONEY[measure] / _MONEY[unit]), unit
    return (value, measure) if measure in _COUNTED else (None, None)


def _plain(amount: Decimal) -> Number:
    return int(amount) if amount == amount.to_integral_value() else amount.normalize()


@dataclass(frozen=True, slots=True)
class _Bound:
    """What a quantity counts, how surely, and where the words that say so begin and end."""

    metric: str
    sure: float
    start: int
    end: int = 0


def _bound(
    quantity: Quantity, since: Sequence[Token], after: Sequence[Token], topic: Topic, setting: Setting
) -> _Bound | None:
    """Return what a quantity counts: by the words before it, else right behind it, else by the name of the topic itself."""
    if quantity.measure == "%":
        return _rate(since, topic)
    before = [each for token in since if (each := _meant(token, quantity, topic, since, setting)) is not None]
    if before:
        return _chosen(before)
    for token in after:
        if isinstance(token, Quantity | Break):
            break
        bound = _meant(token, quantity, topic, after, setting)
        if bound is not None:
            return bound if bound.start - quantity.end <= 3 else None
    return _by_topic(quantity, since, topic)


def _rate(since: Sequence[Token], topic: Topic) -> _Bound | None:
    rates = [(word, phrase) for word in since if isinstance(word, Word) and (phrase := word.of("rate"))]
    if not rates or topic != "applications":
        return None
    word, phrase = rates[-1]
    return _Bound(phrase.metric or "", phrase.sure, word.start, word.end)


def _meant(token: Token, quantity: Quantity, topic: Topic, around: Sequence[Token], setting: Setting) -> _Bound | None:
    """Return what a word says of a quantity under a topic."""
    if not isinstance(token, Word):
        return None
    gap = quantity.start - token.end if token.end <= quantity.start else token.start - quantity.end
    for phrase in token.phrases:
        if phrase.topic != topic or (phrase.close and gap > 1) or gap > _FAR:
            continue
        if phrase.role == "metric":
            return _Bound(phrase.metric or "", phrase.sure, token.start, token.end)
        if phrase.role == "carry" and gap <= 8:
            return _carried(token, phrase, around, setting)
    return None


def _carried(word: Word, phrase: Phrase, around: Sequence[Token], setting: Setting) -> _Bound | None:
    """Return which way a bare 结转 goes: a year before it or behind it tells; without one, to the next year."""
    years = [(token.start < word.start, token.year) for token in around if isinstance(token, Year)]
    if setting.year is None:
        return None
    if (True, setting.year - 1) in years:
        return _Bound(_CARRIED_IN, phrase.sure, word.start, word.end)
    if all(year in {setting.year, setting.year + 1} for _, year in years):
        return _Bound(_CARRIED_OUT, phrase.sure if years else 0.9, word.start, word.end)
    return None


def _chosen(candidates: Sequence[_Bound]) -> _Bound | None:
    """Return the one that counts: more special words before 收到 and 办理; None where two would do."""
    special = [each for each in candidates if each.metric != _RECEIVED and each.sure > 0.6] or list(candidates)
    metrics = {each.metric for each in special}
    applicants = {metric for metric in metrics if metric.startswith("table3/本年新收/")} - {_RECEIVED}
    if len(applicants) > 1:  # 受理公民、法人和其他组织的申请60件
        rest = [each for each in candidates if each.metric not in applicants]
        return _chosen(rest) if rest else None
    if len({metric for metric in metrics if metric.startswith("channel/")}) > 1:
        return None
    if _CARRIED_IN in metrics and len(metrics) > 1:
        return None
    return special[-1]


def _by_topic(quantity: Quantity, since: Sequence[Token], topic: Topic) -> _Bound | None:
    """Return what the topic's own name counts: 行政复议9件; 依申请公开60件 without a verb is what came in."""
    for token in reversed(since):
        if isinstance(token, Word) and (phrase := token.of("topic")) and phrase.topic == topic:
            gap = quantity.start - token.end
            if phrase.metric and gap <= _FAR:
                return _Bound(phrase.metric, phrase.sure, token.start, token.end)
            if topic == "applications" and gap <= 2:
                return _Bound(_RECEIVED, 0.9, token.start, token.end)
    return None
