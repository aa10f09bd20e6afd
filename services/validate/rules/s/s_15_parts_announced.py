"""引言所列的部分与正文不一致：多列了正文没有的部分，或者部分的个数不对。

为什么：多半是沿用了往年的引言，或者正文漏了一部分；只看引言中介绍报告由哪些部分组成的那一句，书名号中的名称不算。
"""

from collections.abc import Iterator

from services.validate.announced import announced
from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject

_SIX = "六个部分组成"
_LIST = "本报告由总体情况、主动公开政府信息情况、"
_OFFICIAL = 6


@rule(
    id="S-15",
    severity="W",
    basis=("A47",),
    suggestion="请按正文修改引言，或者补上所缺的部分。",
    breaks=(
        Case("称由七个部分组成", text=((_SIX, "七个部分组成"),)),
        Case(
            "多列了依申请公开情况，没有写个数",
            text=((_LIST, f"{_LIST}依申请公开政府信息情况、"), (_SIX, "组成")),
        ),
        Case(
            "列了收费情况",
            text=((_LIST, f"{_LIST}政府信息公开的收费及减免情况、"), ("六个部分组成", "7部分组成")),
        ),
        Case(
            "以收费情况代替了其他事项",
            text=(
                (
                    "存在的主要问题及改进情况、其他需要报告的事项六个部分组成",
                    "收费及减免情况、存在的主要问题及改进情况组成",
                ),
            ),
        ),
    ),
    silent=(
        Case("把问题和改进分开写", text=(("存在的主要问题及改进情况、其他", "存在的主要问题、改进情况、其他"),)),
        Case(
            "所列的部分是正文的小标题",
            text=(
                ("其他需要报告的事项六个部分组成", "收费及减免情况、其他需要报告的事项组成"),
                ("2024年度我局未收取", "（一）收费及减免情况\n2024年度我局未收取"),
            ),
        ),
        Case(
            "写的是内容，不是部分",
            text=(
                (_LIST, "全文包括重点工作情况、重点领域信息发布解读情况、存在的不足，以及主动公开、依申请公开、"),
                ("存在的主要问题及改进情况、其他需要报告的事项六个部分组成", "举报等政府信息公开相关数据"),
            ),
        ),
        Case("写六部分", text=((_SIX, "6部分组成"),)),
        Case("没有写个数", text=((_SIX, "组成"),)),
        Case("用全文包括", text=((_LIST, "全文包括：总体情况，主动公开政府信息情况，"), (_SIX, ""))),
        Case(
            "列在书名号中的文件不是部分",
            text=(("和政府信息公开工作年度报告格式", "、《样例市政府信息公开的收费及减免情况》和格式"),),
        ),
        Case(
            "主要内容的介绍",
            text=(
                (_LIST, "主要内容包括总体情况、主动公开政府信息情况、政府信息公开相关费用情况、"),
                (_SIX, "等"),
            ),
        ),
    ),
)
def parts_announced(subject: Subject) -> Iterator[Violation]:
    """引言所列部分与正文不一致"""
    found = announced(subject.prose)
    sections = subject.report.sections
    if found is None or {each.chapter for each in sections} - {None} != set(range(1, _OFFICIAL + 1)):
        return
    real = len({each.chapter or each.title for each in sections})
    strange = [part for part in found.strange if subject.prose.text.count(part) == 1]
    number = found.number if found.said else found.number - len(found.strange) + len(strange)
    place = subject.prose.place(found.sentence.start, found.sentence.end)
    if number > real or (found.said and number != real):
        named = f"（含“{strange[0]}”）" if strange else ""
        message = f"引言称包括{number}部分{named}，正文为{real}部分。"
        yield Violation(message, (place,), number, real, number - real)
    elif strange:
        yield Violation(f"引言称包括“{strange[0]}”，正文没有这一部分。", (place,), strange[0])
