"""报告里有银行卡号或者账号：16至19位，校验和成立；写明是卡号而校验不符的，请核实。

为什么：个人的卡号、账号不得公布。写明是对公账户、财政专户的，只提示确认。
"""

import re
from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.rules.p.marked import before, marked
from services.validate.subject import Subject
from shared.model.finding import Severity
from shared.model.report import Mark

_PUBLIC = re.compile("对公|专户|财政|国库|非税|户名[^,。;]{0,20}(?:局|政府|办公室|委员会|中心)")
_NEAR = 60


@rule(
    id="P-04",
    severity="E",
    basis=("PIP", "A15"),
    attention="urgent",
    suggestion="请立即从网页和附件中删除银行卡号、账号。",
    breaks=(
        Case("正文写了卡号", text=(("由专人每周检查", "费用退至银行卡6222000000000009，由专人每周检查"),)),
        Case("四位一组", text=(("由专人每周检查", "费用退至卡号6222 0000 0000 0009，由专人每周检查"),)),
        Case("写明是卡号，校验不符", text=(("由专人每周检查", "费用退至银行卡6222000000000001，由专人每周检查"),)),
        Case(
            "对公账户",
            text=(("由专人每周检查", "信息处理费缴至财政专户（账号6222000000000009），由专人每周检查"),),
        ),
    ),
    silent=(
        Case("卡号已经遮盖", text=(("由专人每周检查", "费用退至银行卡************0009，由专人每周检查"),)),
        Case("只说到银行卡", text=(("由专人每周检查", "社会保障卡可以绑定银行卡，由专人每周检查"),)),
        Case("其他长编号", text=(("由专人每周检查", "由专人每周检查（备案号：6222000000000009）"),)),
    ),
)
def bank_card(subject: Subject) -> Iterator[Violation]:
    """报告里有银行卡号"""

    def weigh(mark: Mark) -> Severity:
        if _PUBLIC.search(before(subject, mark, _NEAR)):
            return "I"
        return "E" if mark.valid else "W"

    for found in marked(subject, "bank_card", weigh):
        act = "请立即删除" if found.severity == "E" else "请确认是否应公开"
        yield Violation(f"报告含疑似银行卡号或者账号（{found.masked}），{act}。", found.places, severity=found.severity)
