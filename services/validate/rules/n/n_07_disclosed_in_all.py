"""正文所称公开和部分公开的申请合计，与表三两行之和不同。

为什么：报告的正文和表格说的是同一件事，数据应当一致。
"""

from collections.abc import Iterator

from services.validate.prose import against
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject


@rule(
    id="N-07",
    severity="E",
    tables=("3",),
    basis=("A50", "A47"),
    suggestion="请核对正文和表格，改正有误的一处，使两处一致。",
    breaks=(Case("少写1件", {"prose": {"一": "收到政府信息公开申请70件，其中予以公开和部分公开35件。"}}),),
    silent=(
        Case("一致", {"prose": {"一": "收到政府信息公开申请70件，其中予以公开和部分公开36件。"}}),
        Case("公开和部分公开分开说", {"prose": {"一": "收到政府信息公开申请70件，其中予以公开22件，部分公开14件。"}}),
    ),
)
def disclosed_in_all(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文的公开和部分公开合计与表三不符"""
    yield from against(subject, ("table3/公开及部分公开/总计",))
