"""报告里有密级标志或者内部资料的标志：机密★1年、秘密★、内部资料 注意保存。

为什么：标有密级的不得公布；误标的也应当立即更正。
“属于国家秘密”“保密审查”“商业秘密”等叙述不报，只认标志的写法：密级后有星号、注明“密级：秘密”，或者单独成行写在报告开头。
"""

import re
from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject

_MARKING = re.compile(
    r"(?:绝密|机密|秘密) ?[\u2605\u2606\u2729\u272d](?: ?(?:[0-9]{1,2} ?(?:年|个月)|长期))?"
    r"|内部(?:资料|文件|材料|刊物)[ ,、:(]{0,2}(?:请?注意保[存密]|请?妥善保管|请?勿外传|严禁外传|不得外传|禁止外传|不得公开|请勿公开)"
    r"|(?:保密等级|密级) ?: ?(?:绝密|机密|秘密|工作秘密)(?![级、,])"
    r"|(?m:^) *[(\[【]?(?:内部(?:资料|文件|材料)|仅供内部(?:使用|参考|参阅))[)\]】]? *(?m:$)"
)
_ALONE = re.compile(r"(?<!\S)(?:绝密|机密|秘密|工作秘密)(?: ?[0-9]{1,2}年| ?长期)?(?!\S)")
_TITLE = "样例市数据局2024年政府信息公开工作年度报告\n"
_REVIEW = "严格执行公开前的保密审查和三审三校制度"


@rule(
    id="L-05",
    severity="E",
    attention="urgent",
    suggestion="请立即停止公开并请保密部门核查；确属误标的，更正后重新发布。",
    breaks=(
        Case(
            "密级标志",
            text=(("根据《中华人民共和国政府信息公开条例》和", "机密★1年\n根据《中华人民共和国政府信息公开条例》和"),),
        ),
        Case("没有期限的密级标志", text=((_REVIEW, f"秘密★{_REVIEW}"),)),
        Case("注明密级", text=((_REVIEW, f"密级：秘密\n{_REVIEW}"),)),
        Case("内部资料标志", text=((_REVIEW, f"内部资料 注意保存\n{_REVIEW}"),)),
        Case(
            "单独成行写在报告开头",
            text=(("根据《中华人民共和国政府信息公开条例》和", "秘密\n根据《中华人民共和国政府信息公开条例》和"),),
        ),
    ),
    silent=(
        Case(
            "保密审查",
            text=((_REVIEW, "严格保密审查，不公开国家秘密、商业秘密和工作秘密，确定机密、秘密级文件的范围"),),
        ),
        Case("说到定密", text=((_REVIEW, "对拟定密级：秘密级、机密级的文件逐件审查，密级：无"),)),
        Case("管理内部资料", text=((_REVIEW, "加强内部资料管理，梳理标注“内部资料”的历史文件"),)),
        Case("表格里的“属于国家秘密”", text=((_REVIEW, "对属于国家秘密的依法不予公开"),)),
        Case("星级评价", text=((_REVIEW, "开展★级评价，未发生泄露秘密的情形"),)),
    ),
)
def secrecy_marking(subject: Subject) -> Iterator[Violation]:
    """报告里有密级标志或者内部资料的标志"""
    spans = [match.span() for match in _MARKING.finditer(subject.prose.text)]
    alone = [match.span() for match in _ALONE.finditer(subject.prose.opening)]
    spans += [(start, end) for start, end in alone if not any(one <= start < other for one, other in spans)]
    for start, end in spans:
        place = subject.prose.place(start, end)
        yield Violation(f"报告含密级或者内部资料标志“{place.quote}”，请立即核查。", (place,))
