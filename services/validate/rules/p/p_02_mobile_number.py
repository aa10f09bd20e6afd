"""报告里有11位手机号码；与申请人姓名写在同一句的，必须删除。

为什么：手机号码属于个人信息，对外联系宜公布办公电话；确需公布的请核实。
固定电话、400和12345等服务热线、邮政编码不报。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.rules.p.marked import marked, names_applicant
from services.validate.subject import Subject
from shared.model.finding import Severity
from shared.model.report import Mark


@rule(
    id="P-02",
    severity="W",
    basis=("PIP", "A15"),
    suggestion="请删除手机号码；对外联系请公布办公电话。",
    breaks=(
        Case("联系方式写了手机号码", text=(("电话：010-00000000", "电话：13900000000"),)),
        Case("号码中间有空格", text=(("电话：010-00000000", "电话：139 0000 0000"),)),
        Case(
            "写在申请人姓名旁边",
            text=(("方便公众查询和下载", "方便公众查询和下载，申请人张三（手机13900000000）已来电致谢"),),
        ),
    ),
    silent=(
        Case("固定电话和服务热线", text=(("电话：010-00000000", "电话：0999-0000000，热线：12345、400-000-0000"),)),
        Case("号码已经遮盖", text=(("电话：010-00000000", "电话：139****0000"),)),
        Case("11位的数量", text=(("发布各类政府信息326条", "发布各类政府信息326条（点击量13900000000次）"),)),
    ),
)
def mobile_number(subject: Subject) -> Iterator[Violation]:
    """报告里有手机号码"""

    def weigh(mark: Mark) -> Severity:
        return "E" if names_applicant(subject, mark) else "W"

    for found in marked(subject, "mobile", weigh):
        beside = "，与申请人姓名写在一起，请立即删除" if found.severity == "E" else "，请确认是否应公开"
        yield Violation(f"报告含手机号（{found.masked}）{beside}。", found.places, severity=found.severity)
