"""报告没有第六部分“其他需要报告的事项”。

为什么：规定格式以第六部分结束，信息处理费也在这里报告，没有其他事项的写“无”。
其他部分写到了这些内容的，只是没有单列，请核实。
标题改了说法、没有序号、断成两行的都算有；其余部分的标题也大多没有读到、正文没有读完或者有附件没有读到的，列入未核验。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.rules.s.chapter_missing import missing_chapter
from services.validate.subject import Subject

_HEADING = "六、其他需要报告的事项"
_OTHERS = (
    ("2024年度我局未收取政府信息公开信息处理费。", ""),
    ("除上述情况外，没有其他需要报告的事项。", ""),
)


@rule(
    id="S-06",
    severity="E",
    basis=("A50", "F30", "F60"),
    breaks=(
        Case("标题和内容都没有", text=((_HEADING, ""), *_OTHERS)),
        Case("写到了信息处理费，没有单列", text=((_HEADING, ""),)),
    ),
    silent=(
        Case("标题改为其他情况", text=((_HEADING, "六、其他需要说明的情况"),)),
        Case("序号写错", text=((_HEADING, "七、其它需要报告的事项"),)),
        Case(
            "正文没有读完",
            text=(
                (_HEADING, ""),
                _OTHERS[0],
                (
                    "除上述情况外，没有其他需要报告的事项。",
                    "除上述情况外，本机关在全年工作中还围绕群众关心的重点事项开展了下列几个方面",
                ),
            ),
        ),
        Case("没有读到正文", {}),
    ),
)
def other_matters_missing(subject: Subject) -> Iterator[Violation | Unchecked]:
    """缺少第六部分“其他需要报告的事项”"""
    yield from missing_chapter(subject, 6)
