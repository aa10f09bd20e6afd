"""表二、表四增加了规定格式之外的行。

为什么：规定格式要求内容既不遗漏，也不另加；另加的数据应在第六部分用文字说明。
表三多出的行归F-05。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.rules.f.printed_rows import added_rows
from services.validate.subject import Subject
from services.validate.wording import listed, quoted
from shared.forms.printed import printed_table
from shared.model.cell import PrintedRow, Printing
from shared.model.finding import CellPlace


@rule(
    id="F-11",
    severity="I",
    tables=("2", "4"),
    basis=("F30",),
    suggestion="请删去规定格式之外的内容，需要说明的写入第六部分。",
    breaks=(Case("表二多出一行", {"table2": {"printing": Printing(rows=(PrintedRow(None, "行政确认", 1),))}}),),
    silent=(
        Case("多出的一行没有数据", {"table2": {"printing": Printing(rows=(PrintedRow(None, "信息内容", 0),))}}),
        Case("表三多出一行", {"table3": {"printing": Printing(rows=(PrintedRow(None, "申请人撤回", 7),))}}),
    ),
)
def content_added(subject: Subject) -> Iterator[Violation]:
    """表格增加了格式之外的内容"""
    for number, filled in subject.filled.items():
        added = [] if number == "3" else [quoted(row.label) for row in added_rows(filled)]
        if added:
            message = f"{printed_table(number)}增加了格式之外的内容：{listed(added)}。"
            yield Violation(message, (CellPlace(number),), "、".join(added))
