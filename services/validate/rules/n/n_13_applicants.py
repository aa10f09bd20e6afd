"""正文所称某类申请人的件数，与表三“本年新收”该栏不同；或者称申请人均为自然人，表三别的栏有数。

为什么：报告的正文和表格说的是同一件事，数据应当一致。
"""

from collections.abc import Iterator

from services.validate.prose import against, denied
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject


@rule(
    id="N-13",
    severity="E",
    tables=("3",),
    basis=("A50", "A47"),
    suggestion="请核对正文和表格，改正有误的一处，使两处一致。",
    breaks=(
        Case("自然人多写1件", {"prose": {"一": "收到政府信息公开申请70件，其中自然人61件。"}}),
        Case("称均为自然人", {"prose": {"一": "收到政府信息公开申请70件，申请人均为自然人。"}}),
    ),
    silent=(
        Case("一致", {"prose": {"一": "收到政府信息公开申请70件，其中自然人60件，商业企业7件。"}}),
        Case("几类申请人合在一起说", {"prose": {"一": "共收到公民和企业提出的政府信息公开申请70件。"}}),
        Case(
            "均为自然人，表中也是",
            {
                "prose": {"一": "收到政府信息公开申请70件，申请人均为自然人。"},
                "table3/本年新收/商业企业": 0,
                "table3/本年新收/社会公益组织": 0,
                "table3/本年新收/法律服务机构": 0,
            },
        ),
        Case("公民、法人泛指", {"prose": {"一": "受理公民、法人和其他组织政府信息公开申请70件。"}}),
    ),
)
def applicants(subject: Subject) -> Iterator[Violation | Unchecked]:
    """正文的申请人类型与表三不符"""
    columns = [column.name for column in subject.filled["3"].form.rows[0].columns if column.name != "总计"]
    yield from against(subject, [f"table3/本年新收/{column}" for column in (*columns, "法人或其他组织")])
    yield from denied(subject, "statement/均为自然人", "table3/本年新收/法人或其他组织")
    yield from denied(subject, "statement/均为法人或其他组织", "table3/本年新收/自然人")
