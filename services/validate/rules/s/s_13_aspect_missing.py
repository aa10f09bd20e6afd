"""第一部分没有写到主动公开、依申请公开、政府信息管理、政府信息公开平台建设、监督保障中的某一方面。

为什么：规定格式要求总体情况写这五个方面；顺序、标题和详略不限，写在第二至四部分正文里的也算。
2019、2020年度的试行格式没有列明这五个方面，只作提示。
"""

from collections.abc import Iterator

from services.validate.duties import ASPECTS
from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject
from services.validate.wording import listed
from shared.model.finding import Severity

_MANAGED = (
    "（三）政府信息管理。严格执行公开前的保密审查和三审三校制度，定期清理已经公开的规范性文件，保证信息准确、有效。\n"
)
_PLATFORMS = (
    "（四）政府信息公开平台建设。优化政府网站公开专栏的检索功能，加强政务新媒体的日常维护，方便公众查询和下载。\n"
)
_WEBSITE = (("我局通过政府网站发布", "我局发布"),)


@rule(
    id="S-13",
    severity="W",
    basis=("F30", "A50"),
    suggestion="请在第一部分补充这方面的情况；没有发生的，也请写明。",
    breaks=(
        Case("没有写政府信息管理", text=((_MANAGED, ""),)),
        Case("2020年度没有写平台建设", edition="2019", text=((_PLATFORMS, ""), *_WEBSITE)),
    ),
    silent=(
        Case(
            "用一是、二是分写",
            text=(
                ("（一）主动公开。", "一是主动公开情况。"),
                ("（二）依申请公开。", "二是依申请公开情况。"),
                ("（三）政府信息管理。", "三是"),
                ("（四）政府信息公开平台建设。", "四是"),
                ("（五）监督保障。", "五是"),
            ),
        ),
        Case("不写方面的名称，写了做的事", text=((_MANAGED, "拟公开的信息由办公室初审、分管领导审定后发布。\n"),)),
        Case("没有单独一段，别处写到政府网站", text=((_PLATFORMS, ""),)),
        Case("写作信息规范管理", text=((_MANAGED, "（三）政府信息规范管理情况。坚守规范有序的原则。\n"),)),
        Case("没有读到正文", {}),
    ),
)
def aspect_missing(subject: Subject) -> Iterator[Violation]:
    """总体情况缺少五个方面之一"""
    if not subject.prose.chapters.get(1):
        return
    told = "\n".join(
        subject.prose.text[each.start : each.end]
        for each in subject.report.sections
        if each.chapter not in {2, 3, 4, 5, 6}
    )
    told += "\n".join(passage.text for number in (2, 3, 4) if (passage := subject.prose.chapters.get(number)))
    missing = [f"“{aspect.name}”" for aspect in ASPECTS if not aspect.is_told(told)]
    if missing:
        names = listed(missing)
        yield Violation(
            f"总体情况未涉及{names}。", (subject.prose.heading(1),), expected=names, severity=_severity(subject)
        )


def _severity(subject: Subject) -> Severity:
    """Return I for the years of the trial form, which does not name the aspects."""
    trial = subject.year <= 2020 if subject.year is not None else subject.report.form == "2019"
    return "I" if trial else "W"
