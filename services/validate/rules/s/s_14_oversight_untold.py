"""县级以上政府的报告没有写工作考核、社会评议或者责任追究。

为什么：条例要求政府的年度报告还要包括这三项的结果；没有发生责任追究的，也应当写明。
是否政府的报告以机关名录为准；名录没有而标题是某某人民政府的，列入未核验。
"""

from collections.abc import Iterator

from services.validate.duties import OVERSIGHT
from services.validate.rule import Case, Unchecked, Violation, rule
from services.validate.subject import Subject
from services.validate.wording import listed
from shared.model.agency import Agency

_CITY = Agency("1", "样例市人民政府", level="市", type="政府")
_TOWN = Agency("2", "样例市样板县麦穗镇人民政府", level="乡", type="政府")
_BUREAU = Agency("3", "样例市数据局", level="市", type="部门")
_ALL = "完善考核办法，开展社会评议，主动接受群众监督，未发生责任追究的情形。"
_SILENT = ((_ALL, "不断提升工作水平。"),)


@rule(
    id="S-14",
    severity="W",
    basis=("A50", "F30"),
    suggestion="请补充工作考核、社会评议和责任追究结果情况；没有发生的，也请写明。",
    breaks=(
        Case("三项都没有写", agency=_CITY, text=_SILENT),
        Case("没有写责任追究", agency=_CITY, text=(("，未发生责任追究的情形", ""),)),
    ),
    silent=(
        Case("三项都写了", agency=_CITY, text=(("年度我局未收取", "年度我市未收取"),)),
        Case("部门的报告", agency=_BUREAU, text=_SILENT),
        Case("乡镇的报告", agency=_TOWN, text=_SILENT),
        Case("没有机关名录", text=_SILENT),
        Case("没有读到正文", agency=_CITY),
    ),
)
def oversight_untold(subject: Subject) -> Iterator[Violation | Unchecked]:
    """政府的报告缺少工作考核、社会评议、责任追究"""
    prose, agency = subject.prose, subject.agency
    if agency is None or agency.type is None:
        if (subject.report.agency or "").endswith(("省人民政府", "市人民政府", "县人民政府", "区人民政府")):
            yield Unchecked("no_directory")
        return
    if agency.type != "政府" or agency.level == "乡" or not prose.chapters.get(1):
        return
    missing = [f"“{duty.name}”" for duty in OVERSIGHT if not duty.is_told(prose.text)]
    if missing:
        names = listed(missing)
        yield Violation(f"政府的年度报告未写{names}情况。", (prose.heading(1),), expected=names)
