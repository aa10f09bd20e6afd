"""What the prose says in figures: each bound to what it counts, in its clause, its year and its scope; else left alone.

A number belongs to the words of its own clause; what the words are about may come from earlier in the paragraph.
What is not certain gets less confidence, and rules make no error of it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from services.parse.binding import CARRIED_IN, CARRIED_OUT, RECEIVED, Bound, bound_to, measured
from services.parse.clauses import Clause, clauses
from services.parse.document import Content
from services.parse.enumerations import enumerations, with_total
from services.parse.lexicon import Break, Quantity, Token, Word, Year, tokens
from services.parse.phrasings import Topic
from services.parse.reservations import (
    DOUBTED,
    is_told_otherwise,
    sums_up_the_year,
    with_scopes_settled,
    without_other_cases,
)
from services.parse.statements import statements
from services.parse.wrapping import broken
from shared.model.cell import Span
from shared.model.claim import Claim, Scope
from shared.model.report import Section

LONGEST_SENTENCE = 1500
"""Characters; what is longer is no sentence, and is passed over."""

_SENTENCE = re.compile(r"[^。!?\n]+")
_GOES_ON = re.compile(
    r"[ \t]{0,8}(?:\d{1,2}[.、]|\(\d{1,2}\)|其中|以上|按(?:办理|处理)?结果|(?:申请)?(?:办理|处理|答复)?结果)"
)
_BOTH = "table3/新收加结转/总计"
_DONE = "table3/总计/总计"
_WHOLES = frozenset({RECEIVED, _BOTH, _DONE})
_RESUMED = 0.85  # how sure a topic is that is taken up again after another
_DOUBTFUL = 0.8  # how sure text is that may have been misread
_SUITS = ("table4/未经复议直接起诉", "table4/复议后起诉")
_OTHERWISE = ("table3/其他处理/其他/总计", "table3/其他处理/总计")
_EXPLAINED = "statement/说明其他处理"
_EXPLAINS = re.compile("[,]?(?:均|都)?(?:为|系|属|是|因|由)")
_ONE_KIND = re.compile("书面|纸质")
_THE_REST = re.compile("[,]?(?:均|都|已|全部)")
_WHOLE_REGION = re.compile(r"(?:人民政府|[省市区县旗州盟])$")
_SMALL_REGION = re.compile(r"(?:镇|乡|街道)(?:人民政府|办事处)?$")


@dataclass(frozen=True)
class Setting:
    """The text, and what its figures are held to be about: its year, and whether its own scope is the whole region."""

    text: str
    year: int | None
    whole_region: bool
    confidence: float


@dataclass
class _State:
    """What earlier words of the paragraph and of the sentence leave standing; `before`: the topic before the present one."""

    topic: Topic | None = None
    sure: float = 0.98
    before: Topic | None = None
    scope: Scope = "own"
    year: int | None = None
    named: str | None = None
    parts: bool = False
    running: bool = False
    listed: bool = False
    others: bool = False
    made: list[Claim] = field(default_factory=list)

    @property
    def metrics(self) -> set[str]:
        """What the sentence has claimed so far."""
        return {claim.metric for claim in self.made}

    def goes_on_with(self, metric: str, clause: Clause) -> None:
        """Doubt that the figure just told is the whole where another kind follows: 收到网站申请3件、纸质申请36件."""
        if self.listed and (metric == RECEIVED or metric.startswith("channel/")) and not clause.says("part"):
            self.listed = False
            self.made[-1] = replace(self.made[-1], confidence=min(self.made[-1].confidence, DOUBTED))

    def includes_carried(self) -> None:
        """Note that the applications received, just named, include those carried in; not where the replies do."""
        whole = next((at for at in reversed(range(len(self.made))) if self.made[at].metric in {RECEIVED, _DONE}), None)
        if whole is not None and self.made[whole].metric == RECEIVED:
            self.made[whole] = replace(self.made[whole], metric=_BOTH)


def read_claims(
    content: Content, sections: Sequence[Section], tables: Sequence[Span], *, agency: str | None, year: int | None
) -> tuple[Claim, ...]:
    """Return the claims of the prose outside the tables, in the order of the text, quoted as printed."""
    whole = bool(agency and _WHOLE_REGION.search(agency) and not _SMALL_REGION.search(agency))
    setting = Setting(content.simplified, year, whole, content.confidence)
    found: list[Claim] = []
    topic: Topic | None = None
    doubtful = sorted(
        (place.start, place.end) for place in content.doubtful if isinstance(place, Span) and place.start < place.end
    )
    for paragraph, *cut in broken(content.simplified, tuple(_paragraphs(content.simplified, tables))):
        section = next((each for each in sections if each.start <= paragraph.start < each.end), None)
        ordinal = section.ordinal if section else None
        goes_on = _GOES_ON.match(content.simplified, paragraph.start) is not None
        surely = _doubted(setting, paragraph, doubtful)
        made, topic = _of_paragraph(content.simplified, paragraph, surely, topic if goes_on else None, cut)
        found += (replace(each, section=ordinal, quote=content.text[each.start : each.end]) for each in made)
    return tuple(sorted(with_scopes_settled(found), key=lambda claim: claim.start))


def _doubted(setting: Setting, paragraph: Span, doubtful: Sequence[tuple[int, int]]) -> Setting:
    """Return the setting of a paragraph: less sure where some of it may say something else."""
    behind = bisect_left(doubtful, (paragraph.end, 0))
    if behind and doubtful[behind - 1][1] > paragraph.start:
        return replace(setting, confidence=min(setting.confidence, _DOUBTFUL))
    return setting


def _paragraphs(text: str, tables: Sequence[Span]) -> Iterator[Span]:
    at = 0
    for table in (*tables, Span(len(text), len(text))):
        for match in re.finditer(r"[^\n]+", text[at : table.start]):
            yield Span(at + match.start(), at + match.end())
        at = max(at, table.end)


def _of_paragraph(
    text: str, paragraph: Span, whole: Setting, topic: Topic | None, cut: Sequence[bool]
) -> tuple[list[Claim], Topic | None]:
    """Return the claims of a paragraph, and what it was about; `topic` is what it goes on with.

    `cut`: whether its first and its last sentence are parts of one; what such a part says is not sure.
    """
    found: list[Claim] = []
    state = _State(topic, 0.9 if topic else 0.98, topic)
    last = paragraph.end - paragraph.start
    before: list[Clause] = []
    for match in _SENTENCE.finditer(text[paragraph.start : paragraph.end]):
        part = (cut[0] and match.start() == 0) or (cut[1] and match.end() == last)
        setting = replace(whole, confidence=min(whole.confidence, DOUBTED)) if part else whole
        if len(match[0]) > LONGEST_SENTENCE:
            before = []
            continue
        parts = list(clauses(tokens(match[0], paragraph.start + match.start())))
        about = state.before if state.topic == "else" else state.topic
        state = _State(about, min(state.sure, _RESUMED if state.topic == "else" else 0.95), about)
        state.running = sums_up_the_year(match[0], setting.year)
        said = list(statements(text, parts, about, setting.year, setting.confidence))
        found += enumerations(text, with_total(parts, before), setting.year, setting.confidence)
        before = parts
        for clause in parts:
            _of_clause(clause, state, setting)
        found += (each for each in said if not is_told_otherwise(each, state.made))
        found += without_other_cases(state.made, match[0], paragraph.start + match.start())
    return found, state.before if state.topic == "else" else state.topic


def _of_clause(clause: Clause, state: _State, setting: Setting) -> None:
    since: list[Token] = []
    made = len(state.made)
    for place, token in enumerate(clause.tokens):
        if isinstance(token, Word):
            _heed(token, state, setting)
        if isinstance(token, Quantity):
            _count(token, since, clause.tokens[place + 1 :], clause, state, setting)
            since = []
        else:
            since.append(token)
    state.listed = len(state.made) > made and _may_be_one_of_several(clause, state.made[-1], setting.text)


def _may_be_one_of_several(clause: Clause, claim: Claim, text: str) -> bool:
    """Whether a figure for all applications may be that of one kind, the next kinds of which follow: 收到书面申请3件，网上申请4件."""
    last = clause.tokens[-1]
    listed = (isinstance(last, Break) and last.mark == "、") or _ONE_KIND.search(text, claim.start, claim.end)
    return claim.metric in _WHOLES and bool(listed)


def _heed(word: Word, state: _State, setting: Setting) -> None:
    if (phrase := word.of("topic")) is not None:
        state.before = state.topic if state.topic != "else" else state.before
        state.topic, state.sure, state.named = phrase.topic, 0.98, phrase.metric
    state.parts = state.parts or word.of("part") is not None
    if word.of("region"):
        state.scope = "own" if setting.whole_region else "region"
    elif word.of("own"):
        state.scope = "unknown" if setting.whole_region else "own"


def _count(
    quantity: Quantity,
    since: Sequence[Token],
    after: Sequence[Token],
    clause: Clause,
    state: _State,
    setting: Setting,
) -> None:
    """Note the claim that a quantity makes, if it makes one."""
    words = [token for token in since if isinstance(token, Word)]
    if quantity.value is None or any(_tells_another(word, state) for word in words):
        return
    _name_behind(quantity, words, after, state)
    bound = _bound(quantity, since, after, state, setting)
    if bound is None or _is_rest(bound, quantity, setting):
        return
    state.goes_on_with(bound.metric, clause)
    if _is_part(bound, quantity, words, state) or not _of_its_year(since, bound, state, setting):
        return
    value, unit = measured(quantity, bound.metric)
    if value is None:
        return
    if clause.bracketed and bound.metric == CARRIED_IN and clause.says("part"):
        state.includes_carried()
    start = min(bound.start, quantity.start, *(word.start for word in words if _tells(word)))
    end, sure = max(quantity.end, bound.end), min(bound.sure, state.sure, setting.confidence)
    metric = _of_its_suits(bound.metric, state)
    claim = Claim(metric, value, unit, setting.year, state.scope, None, "", start, end, sure)
    state.made += _with_explanation(claim, quantity, setting)


def _bound(
    quantity: Quantity, since: Sequence[Token], after: Sequence[Token], state: _State, setting: Setting
) -> Bound | None:
    """Return what a quantity counts under the present topic; note that others were counted under another."""
    if state.topic is None or state.topic == "else":
        state.others = state.topic is not None
        return None
    bound = bound_to(quantity, since, after, state.topic, setting.year)
    return bound or _sum_of_both(quantity, [token for token in since if isinstance(token, Word)], state)


def _with_explanation(claim: Claim, quantity: Quantity, setting: Setting) -> Iterator[Claim]:
    """Yield a claim, and before it that it is explained where it is an answer of another kind: “其他”2件系申请人撤回."""
    if claim.metric in _OTHERWISE and _EXPLAINS.match(setting.text, quantity.end):
        yield replace(claim, metric=_EXPLAINED, value=True, unit=None)
    yield claim


def _tells_another(word: Word, state: _State) -> bool:
    """Whether a word places its figure in another year, or compares."""
    return bool(word.of("growth") or word.of("other_year") or (word.of("running") and not state.running))


def _is_rest(bound: Bound, quantity: Quantity, setting: Setting) -> bool:
    """Whether 其他 means the rest, not an outcome: 其他13件均按期答复."""
    return bound.metric == "outcome/其他" and _THE_REST.match(setting.text, quantity.end) is not None


def _is_part(bound: Bound, quantity: Quantity, words: Sequence[Word], state: _State) -> bool:
    """Whether no verb says that these applications came in, and the sentence has told the whole or goes into its parts.

    Likewise texts counted by how they are open: 主动公开120条、依申请公开3条、不予公开2条.
    """
    if RECEIVED in {phrase.metric for word in words for phrase in word.phrases}:
        return False
    if quantity.measure == "条" and state.others and RECEIVED not in state.metrics:
        return bound.metric.startswith("table3/")
    return bound.metric == RECEIVED and (state.parts or bool(state.metrics & _WHOLES))


def _tells(word: Word) -> bool:
    """Whether a word belongs to what is quoted of a claim: it tells what is counted."""
    return bool(word.of("total") or word.of("metric") or word.of("topic"))


def _name_behind(quantity: Quantity, words: Sequence[Word], after: Sequence[Token], state: _State) -> None:
    """Heed a topic named right behind its figure: 60件政府信息公开申请, 31件工单."""
    if any(word.of("topic") for word in words):
        return
    follows = after[0] if after else None
    if isinstance(follows, Word) and follows.start - quantity.end <= 1 and (phrase := follows.of("topic")):
        state.topic, state.sure = phrase.topic, 0.98


def _of_its_year(since: Sequence[Token], bound: Bound, state: _State, setting: Setting) -> bool:
    """Whether a figure is of the report's year; a year stands for the rest of its sentence."""
    years = [token.year for token in since if isinstance(token, Year)]
    if years and bound.metric not in {CARRIED_IN, CARRIED_OUT}:
        state.year = years[-1]
    return state.year is None or state.year == setting.year


def _of_its_suits(metric: str, state: _State) -> str:
    """Return a result of suits as one of the kind of suit just named: 未经复议直接起诉3件，维持2件."""
    kind = (state.named or "").removesuffix("/总计")
    return metric.replace("table4/行政诉讼", kind) if kind in _SUITS else metric


def _sum_of_both(quantity: Quantity, words: Sequence[Word], state: _State) -> Bound | None:
    """Return what a total counts that follows on the applications received and those carried in."""
    totals = any(word.of("total") for word in words) and {RECEIVED, CARRIED_IN} <= state.metrics
    return Bound(_BOTH, 0.98, quantity.start) if totals else None
