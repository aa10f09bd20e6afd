"""正文所称制发、废止、现行有效的规范性文件件数，与表二不同。

为什么：报告的正文和表格说的是同一件事，数据应当一致。公开、发布、备案的件数与本年制发不同的，只请核实；政策文件范围更宽，不比较。
"""

from collections.abc import Iterator

from services.validate.prose import Side, against, certain, claims, contradiction, number_of
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject

_COLUMNS = ("本年制发件数", "本年废止件数", "现行有效件数")
_STOCKS = (
    ("规章", _COLUMNS),
    ("行政规范性文件", _COLUMNS),
    ("规范性文件", ("本年新制作数量", "本年新公开数量", "对外公开总数量")),
)


@rule(
    id="N-24",
    severity="E",
    tables=("2",),
    basis=("A50", "A47"),
    suggestion="请核对正文和表格，改正有误的一处，使两处一致。",
    breaks=(
        Case("制发多写1件", {"prose": {"一": "制发行政规范性文件6件。"}}),
        Case("公开的件数不同", {"prose": {"一": "主动公开规范性文件9件。"}}),
    ),
    silent=(
        Case("一致", {"prose": {"一": "制发行政规范性文件5件，废止2件，现行有效31件。"}}),
        Case("政策文件", {"prose": {"一": "发布政策文件12件。"}}),
        Case("清理", {"prose": {"一": "清理规范性文件40件。"}}),
    ),
)
def regulatory_documents(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文的规范性文件数与表二不符"""
    yield from against(subject, [f"table2/{row}/{column}" for row, columns in _STOCKS for column in columns])
    made = subject.figure("table2/行政规范性文件/本年制发件数")
    for claim in claims(subject, "publish/规范性文件"):
        if made is not None and certain(claim) and claim.value not in {True, made} and claim.scope == "own":
            found = Side("2", (("行政规范性文件", "本年制发件数"),))
            yield contradiction(subject, claim, found, number_of(claim) or 0, made, "W")
