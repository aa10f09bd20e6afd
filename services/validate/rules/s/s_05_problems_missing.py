"""报告没有第五部分“存在的主要问题及改进情况”。

为什么：条例第五十条要求报告存在的主要问题及改进情况。
其他部分写到了问题的，只是没有单列，请核实。
标题改了说法、没有序号、断成两行的都算有；其余部分的标题也大多没有读到、正文没有读完或者有附件没有读到的，列入未核验。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.rules.s.chapter_missing import missing_chapter
from services.validate.subject import Subject

_HEADING = "五、存在的主要问题及改进情况"
_PROBLEMS = (
    ("（一）存在的主要问题。一是政策解读的形式还不够丰富，二是公开专栏的更新有时不够及时。\n", ""),
    (
        "（二）改进措施。一是丰富政策解读的形式，多用图表和问答；二是明确公开专栏的更新时限，由专人每周检查。",
        "",
    ),
)


@rule(
    id="S-05",
    severity="E",
    basis=("A50", "F30", "F60"),
    breaks=(
        Case("标题和内容都没有", text=((_HEADING, ""), *_PROBLEMS)),
        Case("问题写在第四部分，没有单列", text=((_HEADING, ""),)),
    ),
    silent=(
        Case("标题改为不足和打算", text=((_HEADING, "五、工作中的不足和今后的打算"),)),
        Case("序号写错", text=((_HEADING, "四、存在的主要问题及改进措施"),)),
        Case("没有读到正文", {}),
    ),
)
def problems_missing(subject: Subject) -> Iterator[Violation | Unchecked]:
    """缺少第五部分“存在的主要问题及改进情况”"""
    yield from missing_chapter(subject, 5)
