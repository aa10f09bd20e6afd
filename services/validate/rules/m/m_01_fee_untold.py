"""报告没有写政府信息公开信息处理费的收取情况。

为什么：2021年起可以收取信息处理费，年度报告应当写明收取情况，没有收取的也要写。
写在哪一部分都算；表二的行政事业性收费、“没有其他需要报告的事项”不能代替。2020年度只作提示，2019年度不要求。
"""

from collections.abc import Iterator

from services.validate.fees import fee_told
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from shared.model.finding import Severity

_TOLD = "2024年度我局未收取政府信息公开信息处理费。"
_FIRST, _IN_FORCE = 2020, 2021


@rule(
    id="M-01",
    severity="W",
    basis=("FEE", "A50"),
    suggestion="请在第六部分写明信息处理费的收费通知件数和金额；没有收取的，写明“本年度未收取信息处理费”。",
    breaks=(
        Case("没有提到", text=((_TOLD, ""),)),
        Case("只提到行政事业性收费", text=((_TOLD, "及时公开行政事业性收费目录清单，未发生乱收费问题。"),)),
        Case("2020年度没有提到", edition="2019", text=(("2020年度我局未收取政府信息公开信息处理费。", ""),)),
    ),
    silent=(
        Case("写收取0元", text=((_TOLD, "2024年度收取信息处理费0元。"),)),
        Case("只写收费通知的件数和金额", text=((_TOLD, "2024年度发出收费通知0件，总金额0元，实际收取0元。"),)),
        Case("不用“信息处理费”的名称", text=((_TOLD, "2024年度对依申请公开政府信息未收取任何费用。"),)),
        Case("只写没有收费", text=((_TOLD, "2024年度我局无收费情况。"),)),
        Case("小标题写收费，下一行写无", text=((_TOLD, "（一）政府信息公开收费情况\n无。"),)),
        Case("写无收费及减免情况", text=((_TOLD, "全年未出现政府信息公开的收费及减免情况。"),)),
        Case(
            "写在第一部分",
            text=((_TOLD, ""), ("审核、答复各环节均有专人负责。", "审核、答复由专人负责，未收取信息处理费。")),
        ),
        Case("2019年度没有提到", {"report": {"year": 2019}, "prose": {"六": "没有其他需要报告的事项。"}}, "2019"),
        Case("没有读到正文", {}),
    ),
)
def fee_untold(subject: Subject) -> Iterator[Violation | Unchecked]:
    """没有报告信息处理费收取情况"""
    severity = _severity(subject)
    if severity is None or not subject.report.text.strip() or fee_told(subject):
        return
    if any(each.state != "read" for each in subject.report.attachments):
        yield Unchecked("attachment_unread")
    elif any(each.chapter == 6 for each in subject.report.sections):
        message = "第六部分未报告政府信息公开信息处理费收取情况；没有收取的，也请写明。"
        yield Violation(message, (subject.prose.heading(6),), severity=severity)


def _severity(subject: Subject) -> Severity | None:
    """Return how grave it is in the report's year; None before there was such a fee."""
    year = subject.year if subject.year is not None else _IN_FORCE if subject.report.form == "2021" else 0
    return "W" if year >= _IN_FORCE else "I" if year == _FIRST else None
