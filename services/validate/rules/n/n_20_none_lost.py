"""正文称复议、诉讼没有被纠错、没有败诉或者均获维持，表四的结果纠正等栏有数。

为什么：报告的正文和表格说的是同一件事，数据应当一致。
其他结果不算败诉；称均获维持而有尚未审结的，只请核实。只说复议或者只说诉讼的，只与该栏核对。
"""

import re
from collections.abc import Iterator

from services.validate.prose import claims, denies
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from shared.model.claim import Claim

_KINDS = {"行政复议": "复议", "行政诉讼": "诉"}
_AFTER_REVIEW = re.compile("(?:未经|经)?复议(?:后|直接)(?=[^,;]{0,4}诉)")


@rule(
    id="N-20",
    severity="E",
    tables=("4",),
    basis=("A50", "A47"),
    suggestion="请核对正文和表格，改正有误的一处，使两处一致。",
    breaks=(
        Case("称零纠错", {"prose": {"一": "行政复议零纠错。"}, "table4/行政复议/结果纠正": 1}),
        Case("称均获维持", {"prose": {"一": "行政复议5件，均获维持。"}, "table4/行政复议/结果纠正": 1}),
    ),
    silent=(
        Case(
            "没有纠正",
            {
                "prose": {"一": "行政复议零纠错。"},
                "table4/行政复议/结果纠正": 0,
                "table4/未经复议直接起诉/结果纠正": 0,
                "table4/复议后起诉/结果纠正": 0,
            },
        ),
        Case(
            "其他结果不是败诉",
            {
                "prose": {"一": "行政诉讼零败诉。"},
                "table4/行政复议/结果纠正": 0,
                "table4/未经复议直接起诉/结果纠正": 0,
                "table4/复议后起诉/结果纠正": 0,
                "table4/未经复议直接起诉/其他结果": 2,
            },
        ),
        Case(
            "只说复议均维持，诉讼另有结果",
            {
                "prose": {"一": "政府信息公开被申请行政复议5件，均获维持；复议后起诉其他结果1件。"},
                "table4/行政复议/结果纠正": 0,
                "table4/行政复议/其他结果": 0,
                "table4/行政复议/尚未审结": 0,
                "table4/复议后起诉/其他结果": 1,
            },
        ),
        Case(
            "复议机关均维持",
            {
                "prose": {"一": "做好行政复议、行政诉讼的应诉工作，复议机关均作出维持的决定。"},
                "table4/行政复议/结果纠正": 0,
                "table4/行政复议/其他结果": 0,
                "table4/行政复议/尚未审结": 0,
                "table4/未经复议直接起诉/结果纠正": 1,
            },
        ),
    ),
)
def none_lost(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文称零纠错、均维持，与表四不符"""
    for metric, results in (
        ("statement/零纠错", ("结果纠正",)),
        ("statement/零败诉", ("结果纠正",)),
        ("statement/均获维持", ("结果纠正", "其他结果")),
    ):
        for claim in claims(subject, metric):
            for kind in _kinds(subject, claim):
                for result in results:
                    yield from denies(subject, claim, f"table4/{kind}/{result}")
    for claim in claims(subject, "statement/均获维持"):
        for kind in _kinds(subject, claim):
            yield from denies(subject, claim, f"table4/{kind}/尚未审结", grave="W")


def _kinds(subject: Subject, claim: Claim) -> list[str]:
    """Return what a statement is about: reviews or suits, as its clause or the nearest before it names; else both."""
    sentence = next((each for each in subject.prose.sentences if each.start <= claim.start < each.end), None)
    said = subject.prose.text[sentence.start : claim.end] if sentence else ""
    for clause in reversed(re.split("[,;:]", _AFTER_REVIEW.sub("", said))):
        named = [kind for kind, word in _KINDS.items() if word in clause.replace("胜诉", "").replace("败诉", "")]
        if named:
            return named
    return list(_KINDS)
