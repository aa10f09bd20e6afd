"""第五部分只写了问题没有写改进，或者只写了改进没有写问题。

为什么：条例要求报告存在的主要问题及改进情况，两项都要写；只写“无”的，另作提示。
"""

from collections.abc import Iterator

from services.validate.duties import IMPROVEMENTS, PROBLEMS
from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject

_LEAST = 15
_PROBLEMS = "（一）存在的主要问题。一是政策解读的形式还不够丰富，二是公开专栏的更新有时不够及时。\n"
_MEASURES = "\n（二）改进措施。一是丰富政策解读的形式，多用图表和问答；二是明确公开专栏的更新时限，由专人每周检查。"


@rule(
    id="S-11",
    severity="W",
    basis=("A50", "F30", "F60"),
    breaks=(
        Case("没有写改进", text=((_MEASURES, ""),)),
        Case("没有写问题", text=((_PROBLEMS, ""), ("（二）改进措施。", "针对上年度存在的问题，"))),
    ),
    silent=(
        Case(
            "不分条，写在一段里",
            text=(
                (
                    f"{_PROBLEMS.strip()}{_MEASURES}",
                    "主要问题是解读形式单一，更新滞后。下一步将加强学习，明确专人。",
                ),
            ),
        ),
        Case("没有“问题”二字", text=(("（一）存在的主要问题。", "（一）"), ("（二）改进措施。", "（二）下一步打算。"))),
        Case("称没有发现问题", text=((_PROBLEMS, "本年度没有发现明显的问题。\n"),)),
        Case("没有读到正文", {}),
    ),
)
def half_of_problems(subject: Subject) -> Iterator[Violation]:
    """第五部分缺少存在的主要问题或者改进情况"""
    passage = subject.prose.chapters.get(5)
    if passage is None or len(passage.text) < _LEAST:
        return
    missing = [duty.name for duty in (PROBLEMS, IMPROVEMENTS) if not duty.is_told(passage.text)]
    if len(missing) == 1:
        yield Violation(
            f"第五部分未写{missing[0]}。",
            (subject.prose.heading(5),),
            expected=missing[0],
            severity="W",
            suggestion=f"请在第五部分补充{missing[0]}。",
        )
