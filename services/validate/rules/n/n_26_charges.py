"""正文所称行政事业性收费金额，换算为万元后与表二不同。

为什么：报告的正文和表格说的是同一件事，数据应当一致。信息处理费另外核验。
"""

from collections.abc import Iterator

from services.validate.prose import against
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject


@rule(
    id="N-26",
    severity="W",
    tables=("2",),
    basis=("A50", "A47"),
    suggestion="请核对正文和表格，改正有误的一处，使两处一致。",
    breaks=(Case("金额不同", {"prose": {"一": "全年行政事业性收费9.83万元。"}}),),
    silent=(
        Case("一致", {"prose": {"一": "全年行政事业性收费8.83万元。"}}),
        Case("以元为单位", {"prose": {"一": "全年行政事业性收费88300元。"}}),
    ),
)
def charges(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文的行政事业性收费与表二不符"""
    yield from against(subject, ("table2/行政事业性收费/本年收费金额",), grave="W")
