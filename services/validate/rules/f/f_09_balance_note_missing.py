"""表三的表头没有印勾稽关系说明（第一项加第二项之和，等于第三项加第四项之和）。

为什么：说明是规定格式的一部分，填表人据此自查。
看不出有没有的（图片、残缺的文字）不报。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject
from shared.model.cell import Printing
from shared.model.finding import CellPlace


@rule(
    id="F-09",
    severity="I",
    tables=("3",),
    basis=("F30", "F60"),
    suggestion="请在表头补上：本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和。",
    breaks=(Case("表头没有说明", {"table3": {"printing": Printing(balance_note=False)}}),),
    silent=(
        Case("看不出有没有说明", {"table3": {"printing": Printing(balance_note=None)}}),
        Case("说明印成全角数字，中间换行", text=(("第一项加第二项之和", "第１项加第２项\n之和"),)),
    ),
)
def balance_note_missing(subject: Subject) -> Iterator[Violation]:
    """表三缺少勾稽关系说明"""
    if subject.filled["3"].table.printing.balance_note is False:
        yield Violation("表三表头缺少勾稽关系说明。", (CellPlace("3"),))
