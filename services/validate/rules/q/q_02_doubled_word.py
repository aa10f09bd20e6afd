"""词语重复，例如“解决解决”。

为什么：多半是修改时漏删；“研究研究”等叠用的词，和跨在两个词之间的重复不算，只作提示。
"""

import re
from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject
from services.validate.wording import listed

_DOUBLED = re.compile(r"([\u4e00-\u9fff]{2,4})\1")
_ON_PURPOSE = re.compile(
    "研究|讨论|了解|学习|交流|商量|考虑|参观|调查|整理|休息|打扫|比较|锻炼|很多|许多|多次|非常|十分|逐条|逐项|逐件|个个|家家|年年"
)
_ONE_BY_ONE = re.compile(r"[一二两三逐很][\u4e00-\u9fff]")
_PLACE_OR_BODY = re.compile(
    r"[镇乡县区市州旗村]|街道|社区|中心|委员会|管理局|监督局|改革|办事|服务(?:中心|大厅|局)|人员|对象|机关|机构|平台|专栏|栏目|指南|目录|条例|年报|年度|窗口|系统|机制|制度|要点|方案|小组|会议|流程|说明|[化性度率数量人]"
)
_OBSERVED = "优化政府网站公开专栏的检索功能"


@rule(
    id="Q-02",
    severity="I",
    basis=("A47",),
    suggestion="请删去重复的词语。",
    breaks=(
        Case("解决解决", text=((_OBSERVED, "解决解决检索不便的问题"),)),
        Case("工作工作", text=(("保证信息准确、有效", "推进政府信息公开工作工作"),)),
    ),
    silent=(
        Case("叠用的动词", text=((_OBSERVED, "请群众一起讨论讨论，研究研究检索功能"),)),
        Case("数字写成汉字的年份", text=((_OBSERVED, "自二零二零年起优化检索功能"),)),
        Case("一件一件", text=((_OBSERVED, "一件一件核对检索功能"),)),
        Case("地名与词语相接", text=((_OBSERVED, "推动新兴新兴街道优化检索功能"),)),
        Case("名称与词语相接", text=((_OBSERVED, "修订样例镇人民政府政府信息公开事项，优化检索功能"),)),
        Case("两个词相接", text=((_OBSERVED, "按照申请公开公开指南优化检索功能"),)),
    ),
)
def doubled_word(subject: Subject) -> Iterator[Violation]:
    """词语重复"""
    prose = subject.prose
    found = [match for match in _DOUBLED.finditer(prose.text) if not _meant(match)]
    if found:
        names = listed(list(dict.fromkeys(f"“{match[0]}”" for match in found)))
        yield Violation(f"词语重复：{names}。", prose.places(match.span() for match in found))


def _meant(match: re.Match[str]) -> bool:
    """Whether the word is doubled on purpose, or the second one begins another name."""
    word = match[1]
    if word == "政府" and match.string.endswith("人民", 0, match.start()):
        return True
    if _ON_PURPOSE.fullmatch(word) or len(set(word)) == 1 or _ONE_BY_ONE.match(word):
        return True
    return _PLACE_OR_BODY.match(match.string, match.end()) is not None
