"""What the prose states without a figure: 未收到申请, 均为自然人, 全部办结, 没有行政复议, 未收取信息处理费."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from services.parse.clauses import Clause
from services.parse.lexicon import Break, Quantity, Token, Word, Year
from services.parse.phrasings import Topic
from shared.model.claim import Claim

_DONE = "table3/总计/总计"
_LOST = "/结果纠正"
_VAGUE = 0.6
_STATING = frozenset({"not", "all"})
_NEAR = 16  # characters between a denial and what it denies


def statements(
    text: str, clauses: Sequence[Clause], topic: Topic | None, year: int | None, surest: float
) -> Iterator[Claim]:
    """Yield the statements of a sentence; `topic` is what the paragraph is about so far."""
    if not _may_state([token for clause in clauses for token in clause.tokens]):
        return
    for part in _parts(clauses):
        words = [token for token in part if isinstance(token, Word)]
        if words and not _of_others(part, words, year):
            for metric, first, last, sure in (*_denied(part, words, topic), *_of_all(part, words, topic)):
                quote = text[first.start : last.end]
                yield Claim(metric, True, None, year, "own", None, quote, first.start, last.end, min(sure, surest))
        topic = next((phrase.topic for word in reversed(words) if (phrase := word.of("topic"))), topic)


def _may_state(tokens: Sequence[Token]) -> bool:
    """Whether a sentence denies something or says something of all; most do neither."""
    for token in tokens:
        if isinstance(token, Word):
            if not _STATING.isdisjoint(token.roles):
                return True
        elif isinstance(token, Quantity) and token.measure == "%":
            return True
    return False


def _of_others(part: Sequence[Token], words: Sequence[Word], year: int | None) -> bool:
    """Whether this is about another year, or about the whole region."""
    if any(word.of("other_year") or word.of("region") for word in words):
        return True
    return any(isinstance(token, Year) and token.year != year for token in part)


def _parts(clauses: Sequence[Clause]) -> Iterator[list[Token]]:
    """Yield what stands between commas: "、" joins what is denied together."""
    held: list[Token] = []
    for clause in clauses:
        last = clause.tokens[-1] if clause.tokens else None
        held += [token for token in clause.tokens if not isinstance(token, Break)]
        if not (isinstance(last, Break) and last.mark == "、"):
            yield held
            held = []
    if held:
        yield held


_Found = tuple[str, Word, Word, float]


def _denied(part: Sequence[Token], words: Sequence[Word], topic: Topic | None) -> Iterator[_Found]:
    """Yield what a denial denies: the topics named behind it, up to a figure."""
    for place, token in enumerate(part):
        if not (isinstance(token, Word) and token.of("not")):
            continue
        behind: list[Word] = []
        for each in part[place + 1 :]:
            if isinstance(each, Quantity):
                break
            if isinstance(each, Word):
                behind.append(each)
        before = [name for each in words if each.end <= token.start and (name := _topic(each))]
        yield from _named(token, behind, before[-1] if before else topic)
        fees = [word for word in words if _topic(word) == "fee"]
        if fees and not any(_topic(word) for word in behind):
            yield "statement/未收取信息处理费", min(fees[0], token, key=lambda w: w.start), token, 0.98
        return


def _named(denial: Word, behind: Sequence[Word], topic: Topic | None) -> Iterator[_Found]:
    topics = [(word, _topic(word)) for word in behind if _topic(word)]
    if any(name in {"review", "suit"} for _, name in topics):
        lost = [word for word in behind if any((phrase.metric or "").endswith(_LOST) for phrase in word.phrases)]
        yield from (
            _no_cases(denial, topics) if not lost else (found for word in lost for found in _none_lost(denial, word))
        )
    elif topics and topics[-1][1] == "applications" and _denies_any(denial, topics[-1][0]):
        if not any(_carries(word) for word in behind):
            yield "statement/未收到申请", denial, topics[-1][0], 0.98
    elif topics and topics[-1][1] == "fee":
        notices = any(phrase.metric == "fee/收费通知" for phrase in topics[-1][0].phrases)
        yield ("statement/未发收费通知" if notices else "statement/未收取信息处理费"), denial, topics[-1][0], 0.98
    yield from _carried(denial, behind)
    if topic in {"review", "suit"} and behind and behind[0].start == denial.end:
        yield from _none_lost(denial, behind[0])


def _denies_any(denial: Word, word: Word) -> bool:
    """Whether a denial denies applications: they stand near, and it is none of what they might cause: 未因申请收取费用."""
    phrase = denial.of("not")
    return phrase is not None and phrase.topic is None and word.start - denial.end <= 2 * _NEAR


def _none_lost(denial: Word, word: Word) -> Iterator[_Found]:
    """Yield 零纠错 and 零败诉: 没有行政复议被纠错 denies that, not that there were cases."""
    if any((phrase.metric or "").endswith(_LOST) for phrase in word.phrases):
        lost = any(phrase.topic == "suit" for phrase in word.phrases) and not any(
            phrase.topic == "review" for phrase in word.phrases
        )
        yield "statement/零败诉" if lost else "statement/零纠错", denial, word, 0.98


def _no_cases(denial: Word, topics: Sequence[tuple[Word, Topic | None]]) -> Iterator[_Found]:
    for word, name in topics:
        both = any(phrase.metric == "table4/复议诉讼/总计" for phrase in word.phrases)
        if name == "review" or both:
            yield "statement/未发生行政复议", denial, word, 0.98
        if name == "suit" or both:
            yield "statement/未发生行政诉讼", denial, word, 0.98


def _carries(word: Word) -> bool:
    """Whether a word carries applications over: 没有结转到下一年度办理的申请 denies that, not that there were any."""
    return word.of("carry") is not None or any("结转" in (phrase.metric or "") for phrase in word.phrases)


def _carried(denial: Word, behind: Sequence[Word]) -> list[_Found]:
    """Return which carry-over a denial denies: 无上年结转, 无结转下年度."""
    kinds = {"table3/上年结转/总计": "statement/无上年结转", "table3/结转下年度/总计": "statement/无结转下年度"}
    return [
        (kinds[phrase.metric], denial, word, 0.98)
        for word in behind[:1]
        for phrase in word.phrases
        if phrase.metric in kinds and word.start - denial.end <= 2
    ]


def _of_all(part: Sequence[Token], words: Sequence[Word], topic: Topic | None) -> Iterator[_Found]:
    """Yield what is said of all: 均为自然人, 全部按时办结, 均获维持."""
    figures = [token.start for token in part if isinstance(token, Quantity)]
    about = topic
    for place, word in enumerate(words):
        for each in words[place + 1 : place + 3] if word.of("all") else ():
            if each.start - word.end > _NEAR or bisect_left(figures, word.end) < bisect_left(figures, each.start):
                break
            yield from _all_are(word, each, about)
        about = _topic(word) or about
    yield from _wholly(part, topic)


def _wholly(part: Sequence[Token], about: Topic | None) -> Iterator[_Found]:
    """Yield that all are handled where it is said as 100%按期办结."""
    for place, token in enumerate(part):
        if isinstance(token, Word):
            about = _topic(token) or about
        elif isinstance(token, Quantity) and token.measure == "%" and token.value == 100:
            near = (each for each in part[place + 1 : place + 5] if each.start - token.end <= 4)
            behind = next((each for each in near if isinstance(each, Word)), None)
            if behind is not None and about == "applications" and _DONE in {phrase.metric for phrase in behind.phrases}:
                yield "statement/全部办结", behind, behind, 0.98


def _all_are(word: Word, each: Word, about: Topic | None) -> Iterator[_Found]:
    metrics = {phrase.metric for phrase in each.phrases if phrase.sure > _VAGUE}
    if "table3/本年新收/自然人" in metrics and each.start - word.end <= 2:
        yield "statement/均为自然人", word, each, 0.98
    elif "table3/本年新收/法人或其他组织" in metrics and each.start - word.end <= 2:
        yield "statement/均为法人或其他组织", word, each, 0.98
    elif _DONE in metrics and about == "applications":
        yield "statement/全部办结", word, each, 0.98
    elif about in {"review", "suit"} and any((metric or "").endswith("/结果维持") for metric in metrics):
        yield "statement/均获维持", word, each, 0.98


def _topic(word: Word) -> Topic | None:
    phrase = word.of("topic")
    if phrase is not None:
        return phrase.topic
    return next((phrase.topic for phrase in word.phrases if phrase.metric == "fee/收费通知"), None)
