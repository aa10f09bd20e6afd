"""标题没有写明报告机关，或者只写了“政府办公室”一类的通称。

为什么：标题应当写机关全称；只有通称，离开网站就不知道是谁的报告。
标题上一行或者下一行单独写有机关名称的，视为标题的一部分；没有标题的，由I-01提示。
"""

import re
from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.self_names import listed_names
from services.validate.subject import Subject
from shared.names import is_full, names_a_region
from shared.simplified import simplify
from shared.text import fold

_GENERIC = re.compile(
    "(?:[省市区县旗州我本]|本级){0,2}(?:(?:人民)?政府)?(?:机关|办公[室厅]?|办)?|(?:本|我)?(?:机关|单位|部门)|[本我](?:[局委办厅镇乡院校县区市]|街道|中心)|(?:政府|政务|党政)(?:公开)?(?:综合)?办(?:公室)?|街道办事处|(?:街道|[乡镇](?:人民)?政府)(?:办(?:公室|事处)?)?"
)
_TRADES = (
    "农业农村|退役军人事务|教育|教育体育|民政|财政|司法|公安|审计|统计|水利|水务|林业|林业和草原|交通|交通运输|卫生健康|市场监督管理|市场监管|应急管理"
    "|自然资源|住房和城乡建设|生态环境|人力资源和社会保障|医疗保障|文化和旅游|发展和改革|商务|信访|行政审批|行政审批服务|城市管理"
)
_LEVEL_ONLY = re.compile(
    f"(?![市][中北南][区])[省市区县旗州][\u4e00-\u9fff]{{2,16}}(?:局|委|厅|中心)|(?:{_TRADES})(?:局|委|委员会)"
)
_ORGAN = re.compile(
    r"[\u4e00-\u9fff()·]{2,40}(?:局|厅|府|室|会|委|办|处|院|心|署|队|站|所|省|市|县|区|旗|镇|乡|街道|大学|学校|公司|分行|支行|银行|海关|集团)"
)
_NEARBY = 120
_TITLE = "样例市数据局2024年政府信息公开工作年度报告"


@rule(
    id="I-02",
    severity="W",
    basis=("A50",),
    suggestion="请在标题中写明报告机关的全称。",
    breaks=(
        Case("标题没有机关", text=((_TITLE, "2024年政府信息公开工作年度报告"),)),
        Case("标题只写政府办公室", text=((_TITLE, "政府办公室2024年政府信息公开工作年度报告"),)),
        Case("标题只写区政府办公室", text=((_TITLE, "2024年区政府办公室政府信息公开工作年度报告"),)),
        Case("标题只写街道办事处", text=((_TITLE, "街道办事处2024年政府信息公开工作年度报告"),)),
        Case("标题只写农业农村局", text=((_TITLE, "农业农村局2024年政府信息公开工作年度报告"),)),
        Case("标题只写市数据局", text=((_TITLE, "市数据局2024年政府信息公开工作年度报告"),)),
    ),
    silent=(
        Case("机关在标题上一行", text=((_TITLE, "样例市数据局\n2024年政府信息公开工作年度报告"),)),
        Case("机关在标题下一行", text=((_TITLE, "2024年政府信息公开工作年度报告\n（样例市数据局）"),)),
        Case("标题只有地区", text=((_TITLE, "样例县麦穗镇2024年政府信息公开工作年度报告"),)),
        Case("年度在机关之前", text=((_TITLE, "2024年样例市数据局政府信息公开工作年度报告"),)),
        Case("区名以市字开头", text=((_TITLE, "市中区数据局2024年政府信息公开工作年度报告"),)),
        Case("高校、海关等没有地区后缀的机关", text=((_TITLE, "样例海关2024年政府信息公开工作年度报告"),)),
        Case("没有标题", text=((_TITLE + "\n", ""),)),
    ),
)
def title_without_agency(subject: Subject) -> Iterator[Violation]:
    """标题没有写明报告机关"""
    report, title = subject.report, subject.prose.title
    if title is None or report.title_agency is None:
        return
    named = simplify(fold(report.title_agency))
    if is_full(named) or named in listed_names(subject):
        return
    place = subject.prose.place(title.start, title.end)
    if _GENERIC.fullmatch(named):
        if not _named_nearby(subject.prose.text, title.start, title.end):
            yield Violation(_missing(named), (place,), named or None)
    elif _LEVEL_ONLY.fullmatch(named) and not names_a_region(named):
        yield Violation(f"标题中的“{named}”不是机关全称，缺少地区名称。", (place,), named, severity="I")


def _missing(named: str) -> str:
    only = f"，只写了“{named}”" if named else ""
    return f"标题未写明报告机关全称{only}。"


def _named_nearby(text: str, start: int, end: int) -> bool:
    """Whether the line before or behind the title names an agency and nothing else."""
    before = text[max(0, start - _NEARBY) : start].rstrip().rpartition("\n")[2]
    behind = text[end : end + _NEARBY].lstrip().partition("\n")[0]
    lines = (line.strip(" \t#*|()") for line in (before, behind))
    return any(_ORGAN.fullmatch(line) and not _GENERIC.fullmatch(line) for line in lines)
