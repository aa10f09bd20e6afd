"""正文所称的申请办结率、公开率，按印出的精度与表三算出的都不符。

为什么：分子、分母写明的比率应当能由表格算出。办结率百分之百的另有规则；按期答复率由表格算不出，不核验。
"""

from collections.abc import Iterator
from decimal import Decimal

from services.validate.prose import certain, claims, number_of, place, said
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from services.validate.wording import decimals, figure
from shared.model.finding import CellPlace


@rule(
    id="N-28",
    severity="W",
    tables=("3",),
    basis=("A50", "A47"),
    suggestion="请核对正文和表格，改正有误的一处，使两处一致。",
    breaks=(Case("办结率不同", {"prose": {"一": "收到政府信息公开申请70件，办结率85.1%。"}}),),
    silent=(
        Case("按收到数计算相符", {"prose": {"一": "收到政府信息公开申请70件，办结率97.1%。"}}),
        Case("百分之百", {"prose": {"一": "收到政府信息公开申请70件，办结率100%。"}}),
    ),
)
def rates(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文的比率与表三不符"""
    for claim in claims(subject, "rate/办结率", "rate/公开率"):
        value = number_of(claim)
        possible = list(_possible(subject, claim.metric))
        if value is None or value == 100 or not certain(claim) or claim.scope != "own" or not possible:
            continue
        places = decimals(figure(value))
        if all(abs(Decimal(value) - rate) > Decimal(1).scaleb(-places) for rate in possible):
            computed = round(possible[0], max(places, 1))
            message = f"{said(claim)}，按表三为{figure(computed)}%。"
            yield Violation(message, (place(claim), CellPlace("3")), value, computed, value - computed)


def _possible(subject: Subject, metric: str) -> Iterator[Decimal]:
    """Yield the rates that the table gives: of what was received, of that and the carry-over, of what was handled."""
    row = {
        each: subject.figure(f"table3/{each}/总计") for each in ("本年新收", "上年结转", "总计", "予以公开", "部分公开")
    }
    known = {name: value for name, value in row.items() if value is not None}
    if len(known) < len(row):
        return
    both = known["本年新收"] + known["上年结转"]
    parts = [known["总计"]] if metric == "rate/办结率" else [known["予以公开"] + known["部分公开"], known["予以公开"]]
    for part in parts:
        for whole in (both, known["本年新收"], known["总计"]):
            if whole:
                yield Decimal(part) * 100 / Decimal(whole)
