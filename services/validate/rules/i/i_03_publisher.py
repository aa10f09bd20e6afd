"""标题写的机关，与网页标明的发布机关是同一类机关中的两家。

为什么：报告可能发错了栏目，也可能标题沿用了别的单位的文稿。
政府网站常由办公室、数据或者政务服务部门代发，来源写作上级或者网站的不报；只有同一类机关（镇对镇、局对局）而名称不同的才请核实。
"""

import re
from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.self_names import OwnName, names_of, taken_apart
from services.validate.subject import Subject
from shared.model.agency import Agency
from shared.names import is_full, shortens
from shared.simplified import simplify
from shared.text import fold

_FOR_OTHERS = re.compile("数据|政务|信息|网信|宣传|融媒|新闻|行政审批|机关事务|电子|智慧|大数据|公开")
_TITLE = "样例市数据局2024年政府信息公开工作年度报告"
_TOWN = ((_TITLE, "样例市示范区禾苗街道办事处2024年政府信息公开工作年度报告"),)
_BUREAU = ((_TITLE, "样例市教育局2024年政府信息公开工作年度报告"),)


@rule(
    id="I-03",
    severity="W",
    basis=("A47",),
    suggestion="请确认报告是否发布在本机关的栏目，标题中的机关名称是否有误。",
    breaks=(
        Case("街道的报告由别的街道发布", {"report": {"publisher": "样例市示范区麦浪街道办事处"}}, scene=_TOWN),
        Case("教育局的报告由财政局发布", {"report": {"publisher": "样例市财政局"}}, scene=_BUREAU),
    ),
    silent=(
        Case("来源写作简称", {"report": {"publisher": "禾苗街道"}}, scene=_TOWN),
        Case("区政府办公室代发", {"report": {"publisher": "样例市示范区人民政府办公室"}}, scene=_TOWN),
        Case("数据部门代发", {"report": {"publisher": "样例市数据局"}}, scene=_BUREAU),
        Case("来源是网站", {"report": {"publisher": "样例市教育局网站"}}, scene=_BUREAU),
        Case("来源省略了地区", {"report": {"publisher": "教育局"}}, scene=_BUREAU),
        Case(
            "名录中的别名",
            {"report": {"publisher": "样例市体育局"}},
            agency=Agency("1", "样例市教育局", aliases=("样例市体育局",)),
            scene=_BUREAU,
        ),
        Case("网页没有写来源", scene=_BUREAU),
    ),
)
def published_elsewhere(subject: Subject) -> Iterator[Violation]:
    """标题机关与发布机关不一致"""
    report, title = subject.report, subject.prose.title
    if title is None or not report.publisher or not report.title_agency:
        return
    named, publisher = simplify(fold(report.title_agency)), simplify(fold(report.publisher)).strip()
    own, other = taken_apart(named), taken_apart(publisher)
    if own is None or other is None or not is_full(named) or not is_full(publisher) or publisher in names_of(subject):
        return
    if _are_two(own, other):
        place = subject.prose.place(title.start, title.end)
        yield Violation(f"标题机关“{named}”与发布机关“{publisher}”不一致。", (place,), named, publisher)


def _are_two(own: OwnName, other: OwnName) -> bool:
    """Whether two names are of the same kind of organ and of two agencies, neither the other's short form."""
    if own.kind != other.kind or own.organ != other.organ or own.kind == "政府" or _FOR_OTHERS.search(other.proper):
        return False
    return not (shortens(other.proper, own.proper) or shortens(own.proper, other.proper))
