"""What a figure of the prose counts: by the words of its clause, nearest and most special first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from services.parse.lexicon import Break, Quantity, Token, Word, Year
from services.parse.phrasings import ANYBODY, BESIDE_A_YEAR, PENDING, SEVERAL, Phrase, Topic
from shared.model.number import Number

RECEIVED, CARRIED_IN, CARRIED_OUT = (f"table3/{row}/总计" for row in ("本年新收", "上年结转", "结转下年度"))
_HANDLED = "table3/总计/总计"
_GIVEN, _PARTLY, _GIVEN_OR_PARTLY = (f"table3/{row}/总计" for row in ("予以公开", "部分公开", "公开及部分公开"))
_REFUSALS = {f"table3/{group}/总计": f"table3/{group}/" for group in ("不予公开", "无法提供", "不予处理")}
_LACKING = frozenset({"outcome/不掌握", "outcome/不存在", "outcome/不属于本机关"})
_VAGUE = 0.6  # how sure 办理 and 处理 are: they mean what came in as often as what was done
_COUNTED = frozenset("件起宗例份条个封") | {"件次"}
_MONEY = {"元": 1, "万元": 10**4, "亿元": 10**8}
_CARRIED = 12  # characters between a bare 结转 and its figure
_FAR = 30  # characters between the words and their figure


def measured(quantity: Quantity, metric: str) -> tuple[Number | None, str | None]:
    """Return the figure in the metric's unit, None where its measure word counts something else."""
    value, measure = quantity.value, quantity.measure
    assert value is not None
    if measure == "条" and metric.endswith("处理决定数量"):  # 公开行政许可207条: published, not decided
        return None, None
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
class Bound:
    """What a quantity counts, how surely, and where the words that say so begin and end."""

    metric: str
    sure: float
    start: int
    end: int = 0


def bound_to(
    quantity: Quantity, since: Sequence[Token], after: Sequence[Token], topic: Topic, year: int | None
) -> Bound | None:
    """Return what a quantity counts: by the words before it, else right behind it, else by the name of the topic itself."""
    if quantity.measure == "%":
        return _rate(since, topic)
    several = _applicants(since) if len(_applicants(since)) > 1 else set()  # 受理公民、企业的申请60件
    meant = (_meant(token, quantity, topic, since, year) for token in since)
    before = [each for each in meant if each is not None and each.metric not in several]
    if len({each.metric for each in before}) > 1 and _shared_out(since, before[-1]):
        return None
    if before:
        chosen = _chosen(before)
        none = chosen is not None and chosen.metric == _HANDLED and chosen.sure <= _VAGUE and quantity.value == 0
        return Bound(RECEIVED, 0.95, chosen.start, chosen.end) if none and chosen else chosen  # 办理申请0件
    for token in after:
        if isinstance(token, Quantity | Break):
            break
        bound = _meant(token, quantity, topic, after, year)
        if bound is not None:
            return bound if bound.start - quantity.end <= 3 else None
    return _by_topic(quantity, since, topic)


def _shared_out(since: Sequence[Token], last: Bound) -> bool:
    """Whether several figures follow on as many names: 予以公开、部分公开分别为5件、3件."""
    return any(isinstance(token, Word) and token.of("part") and token.start >= last.end for token in since)


def _applicants(since: Sequence[Token]) -> set[str]:
    """Return the kinds of applicants that words name, near the figure or not."""
    named = (phrase.metric or "" for token in since if isinstance(token, Word) for phrase in token.phrases)
    return {metric for metric in named if metric.startswith("table3/本年新收/")} - {RECEIVED}


def _rate(since: Sequence[Token], topic: Topic) -> Bound | None:
    rates = [(word, phrase) for word in since if isinstance(word, Word) and (phrase := word.of("rate"))]
    if not rates or topic != "applications":
        return None
    word, phrase = rates[-1]
    return Bound(phrase.metric or "", phrase.sure, word.start, word.end)


def _meant(token: Token, quantity: Quantity, topic: Topic, around: Sequence[Token], year: int | None) -> Bound | None:
    """Return what a word says of a quantity under a topic."""
    if not isinstance(token, Word):
        return None
    gap = quantity.start - token.end if token.end <= quantity.start else token.start - quantity.end
    for phrase in token.phrases:
        if phrase.topic != topic or (phrase.close and gap > 1) or gap > _FAR:
            continue
        if phrase.role == "metric":
            if phrase.sure == PENDING and any(_is_before(each, token, year) for each in around):
                return Bound(CARRIED_IN, phrase.sure, token.start, token.end)  # 2023年未办结5件
            return Bound(phrase.metric or "", phrase.sure, token.start, token.end)
        if phrase.role == "carry":
            way = _carried(token, phrase, around, year)
            return way if gap <= _CARRIED or (way and way.metric == CARRIED_IN) else None
    return None


def _is_before(token: Token, word: Word, year: int | None) -> bool:
    """Whether a token names the year before in front of a word."""
    return isinstance(token, Year) and token.start < word.start and token.year + 1 == year


def _carried(word: Word, phrase: Phrase, around: Sequence[Token], year: int | None) -> Bound | None:
    """Return which way a bare 结转 goes: a year before it or behind it tells; without one, to the next year."""
    if year is None:
        return None
    years = {(token.start < word.start, token.year - year) for token in around if isinstance(token, Year)}
    if years & {(True, -1), (False, 0)}:
        return Bound(CARRIED_IN, phrase.sure, word.start, word.end)
    if years <= {(True, 0), (False, 1)} and (years or phrase.sure > BESIDE_A_YEAR):
        return Bound(CARRIED_OUT, phrase.sure if years else 0.9, word.start, word.end)
    return None


def _chosen(candidates: Sequence[Bound]) -> Bound | None:
    """Return the one that counts: more special words before 收到 and 办理; None where two would do."""
    special = [each for each in candidates if each.metric != RECEIVED and each.sure > _VAGUE]
    if any(each.metric == RECEIVED for each in candidates):
        special = [each for each in special if each.sure != ANYBODY]  # 受理公民申请政府信息公开19件
    special = special or [each for each in candidates if each.metric == RECEIVED] or list(candidates)
    metrics = {each.metric for each in special}
    if len({metric for metric in metrics if metric.startswith("channel/")}) > 1:
        return None if candidates[-1].metric.startswith("channel/") else candidates[-1]  # 通过网站、信函等渠道收到
    if CARRIED_IN in metrics and len(metrics) > 1:
        return None
    if _HANDLED in metrics and len(metrics) == 2 and (said := _said_of_handled(special)):
        return said
    if special[-1].metric == _HANDLED and any(metric.startswith("channel/") for metric in metrics):
        return replace(special[-1], sure=_VAGUE)  # 邮寄答复3件: by one way, or in all
    if metrics == {_GIVEN, _PARTLY}:
        return replace(special[-1], metric=_GIVEN_OR_PARTLY, start=special[0].start)  # 同意公开或部分公开共81件
    return _reason(special) or special[-1]


def _reason(special: Sequence[Bound]) -> Bound | None:
    """Return the one reason told of a refusal, which is the row counted: 因信息不存在无法提供3件; of several no one is sure."""
    refusal = special[-1]
    within = _REFUSALS.get(refusal.metric)
    reasons = {each.metric: each for each in special[:-1] if within and each.metric != refusal.metric}
    if within is None or not reasons or refusal.sure == SEVERAL:
        return None
    if len(reasons) > 1:
        return replace(refusal, sure=_VAGUE)  # 因过程性信息、内部事务信息不予公开2件: two rows of several
    reason = next(iter(reasons.values()))
    of_it = reason.metric.startswith(within) or (reason.metric in _LACKING and within.endswith("无法提供/"))
    return replace(reason, end=refusal.end) if of_it else None


def _said_of_handled(special: Sequence[Bound]) -> Bound | None:
    """Return what became of applications, or when they will be handled: 不予公开答复2件, 顺延至下一年答复2件."""
    other = next(each for each in special if each.metric != _HANDLED)
    told = other.metric.startswith(("table3/", "outcome/")) and not other.metric.startswith("table3/本年新收/")
    return other if told else None


def _by_topic(quantity: Quantity, since: Sequence[Token], topic: Topic) -> Bound | None:
    """Return what the topic's own name counts: 行政复议9件; 依申请公开60件 without a verb is what came in."""
    for token in reversed(since):
        if isinstance(token, Word) and (phrase := token.of("topic")) and phrase.topic == topic:
            gap = quantity.start - token.end
            if phrase.metric and gap <= (1 if phrase.close else _FAR):
                return Bound(phrase.metric, phrase.sure, token.start, token.end)
            if topic == "applications" and gap <= 2:
                return Bound(RECEIVED, 0.9, token.start, token.end)
    return None
