"""正文中有乱码：替换符、生造字，或者成串的编码错误。

为什么：乱码处原来写了什么，读者看不到；多半是网页编码或者粘贴造成的。项目符号所用的符号字体不算。
"""

import re
from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject
from shared.simplified import simplify

_COMMON = ("政府", "信息", "情况", "报告", "工作")
_MISREAD = "|".join(simplify(word.encode().decode("gbk")) for word in _COMMON)
"""Words of every report in UTF-8, read as GBK."""
_GARBLED = re.compile(
    rf"\ufffd+|(?:锟斤拷)+|烫烫烫|屯屯屯|(?:{_MISREAD})|[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00ff]{{4,}}"
    r"|(?:[ä-é][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{2}){2,}"
    r"|&(?:nbsp|amp|quot|lt|gt|ldquo|rdquo|middot|hellip|mdash|#[0-9]{2,5}|#x[0-9a-fA-F]{2,5});|(?<=[\u4e00-\u9fff])[?]{4,}(?=[\u4e00-\u9fff])"
    r"|(?<=[\u4e00-\u9fff])[\ue000-\ue5e4\ue5e6-\uefff]+(?=[\u4e00-\u9fff])|ï¿½|â€[œ\u009d\u0153™]"
)
_SIGN = re.compile(
    f"[&?\ufffd锟烫屯\u00c0-\u00ff\ue000-\uefff{''.join(sorted({word[0] for word in _MISREAD.split('|')}))}]"
)
"""What some mojibake begins with: most reports have none of it."""
_SEARCHED = "优化政府网站公开专栏的检索功能"


@rule(
    id="Q-06",
    severity="W",
    basis=("A47",),
    suggestion="请在发布后的页面上核对这些文字，改正乱码。",
    breaks=(
        Case("有替换符", text=((_SEARCHED, "优化政府网站公开专栏的检索\ufffd\ufffd能"),)),
        Case("编码错误", text=((_SEARCHED, "优化锟斤拷锟斤拷检索功能"),)),
        Case("另一种编码错误", text=((_SEARCHED, "优化æ”¿åºœä¿¡æ¯检索功能"),)),
        Case("网页的转义符号", text=((_SEARCHED, "优化&nbsp;政府网站&#30340;检索功能"),)),
        Case("成串的问号", text=((_SEARCHED, "优化政府????????检索功能"),)),
        Case("生造字", text=((_SEARCHED, "优化政府网站公开专栏的检\ue123功能"),)),
    ),
    silent=(
        Case("符号字体的项目符号", text=((_SEARCHED, "\uf0b7优化政府网站公开专栏的检索功能"),)),
        Case("生僻的人名地名用字", text=((_SEARCHED, "优化䢺镇、㙍社区网站公开专栏的检索功能"),)),
        Case("问句和网址", text=((_SEARCHED, "优化“怎样申请？？”栏目www.sample.example.invalid/?a=1&lt=2的检索功能"),)),
        Case("外文中的字母", text=((_SEARCHED, "优化政府网站Café阅览角和公开专栏的检索功能"),)),
    ),
)
def mojibake(subject: Subject) -> Iterator[Violation]:
    """正文中有乱码"""
    prose = subject.prose
    found = list(_GARBLED.finditer(prose.text)) if _SIGN.search(prose.text) else []
    if found:
        place = prose.place(*found[0].span())
        yield Violation(f"正文有乱码（{len(found)}处，第一处在“{_around(subject.report.text, found[0])}”）。", (place,))


def _around(text: str, match: re.Match[str]) -> str:
    """Return the garbled characters as □, between what can be read before and behind them."""
    before = text[max(0, match.start() - 6) : match.start()].rpartition("\n")[2]
    behind = text[match.end() : match.end() + 6].partition("\n")[0]
    return f"{before}□{behind}".strip()
