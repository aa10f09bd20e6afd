"""报告里有身份证号码：18位，出生日期和校验码都成立；15位的旧号码，或者写明是证件号码而校验不符的，请核实。

为什么：身份证号码一经公布难以收回，应当立即删除。报告里的号码只以部分遮盖的形式列出。
日期和校验码不成立、又没有写明是证件号码的，可能是其他编号，只作提示。
"""

import re
from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.rules.p.marked import before, marked
from services.validate.subject import Subject
from shared.model.finding import Severity
from shared.model.report import Mark

_SAID = re.compile("身份证|身份号|证件")
_NEAR = 20


@rule(
    id="P-01",
    severity="E",
    basis=("PIP", "A15"),
    attention="urgent",
    suggestion="请立即从网页和附件中删除身份证号码，并检查网页快照和历史版本。",
    breaks=(
        Case("正文写了身份证号码", text=(("由专人每周检查", "由张某（身份证号11010519491231002X）每周检查"),)),
        Case("号码分段", text=(("由专人每周检查", "由张某（身份证号110105 19491231 002X）每周检查"),)),
        Case("15位的旧号码", text=(("由专人每周检查", "由张某（身份证110105491231002）每周检查"),)),
        Case("写明是身份证号，校验码不符", text=(("由专人每周检查", "由张某（身份证号110105194912310021）每周检查"),)),
        Case("没有写明是什么，校验码不符", text=(("由专人每周检查", "由专人（110105194912310021）每周检查"),)),
        Case("填在表格里", text=(("行政强制 | 3", "行政强制 | 11010519491231002X"),)),
    ),
    silent=(
        Case("号码已经遮盖", text=(("由专人每周检查", "由张某（身份证号110***********002X）每周检查"),)),
        Case("只说到身份证", text=(("由专人每周检查", "申请时请出示身份证或者其他证件，由专人每周检查"),)),
        Case("索引号", text=(("由专人每周检查", "由专人每周检查（索引号：110105194912310021）"),)),
    ),
)
def identity_number(subject: Subject) -> Iterator[Violation]:
    """报告里有身份证号码"""

    def weigh(mark: Mark) -> Severity:
        if mark.valid:
            return "E"
        said = mark.valid is None or _SAID.search(before(subject, mark, _NEAR))
        return "W" if said else "I"

    for found in marked(subject, "identity_number", weigh):
        act = "请立即删除" if found.severity == "E" else "请核实，属实的请立即删除"
        yield Violation(f"报告含疑似身份证号（{found.masked}），{act}。", found.places, severity=found.severity)
