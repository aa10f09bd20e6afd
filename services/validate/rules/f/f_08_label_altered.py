"""表格的行名或者列名与规定格式不一致，意思可能变了。

为什么：栏目名是数据的口径，改了名称，数据就不能与其他单位比较。
只多了空格、换行、标点的不算；只缺几个字、其余都在的，多半是网页或者读取时丢失，也不算。
"""

import re
from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject
from services.validate.wording import quoted
from shared.model.cell import AlteredLabel, Printing
from shared.model.finding import CellPlace

_NOT_LETTERS = re.compile(r"[\W_]+")


@rule(
    id="F-08",
    severity="I",
    tables=("2", "3", "4"),
    basis=("F30", "F60"),
    suggestion="请按规定格式的名称填写。",
    breaks=(
        Case(
            "“重复申请”印成“重复来访”",
            {"table3": {"printing": Printing(altered=(AlteredLabel("2.重复来访", "2.重复申请"),))}},
        ),
    ),
    silent=(
        Case(
            "名称里有空格，或者后一行丢失",
            {
                "table3": {
                    "printing": Printing(
                        altered=(AlteredLabel("2. 重复 申请", "2.重复申请"), AlteredLabel("社会公益", "社会公益组织"))
                    )
                }
            },
        ),
        Case(
            "“本年新制作数量”只剩“本年新”",
            {"table2": {"printing": Printing(altered=(AlteredLabel("本年新", "本年新制作数量"),))}},
            edition="2019",
        ),
    ),
)
def label_altered(subject: Subject) -> Iterator[Violation]:
    """行名或列名与规定格式不一致"""
    for number, filled in subject.filled.items():
        paths = {row.label: row.path for row in filled.form.rows}
        for altered in filled.table.printing.altered:
            if not _lost_characters(_letters(altered.found), _letters(altered.label)):
                yield Violation(
                    f"表头“{quoted(altered.found)}”与规定格式“{altered.label}”不一致。",
                    (CellPlace(number, paths.get(altered.label)),),
                    altered.found,
                    altered.label,
                )


def _letters(label: str) -> str:
    return _NOT_LETTERS.sub("", label)


def _lost_characters(found: str, label: str) -> bool:
    """Whether all that is printed stands in the official label in this order: the same, or a part of it."""
    rest = iter(label)
    return all(character in rest for character in found)
