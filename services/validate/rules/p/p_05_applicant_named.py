"""报告写出了申请人、信访人、诉讼当事人的姓名，旁边就是申请内容、案件或者住址。

为什么：谁申请了什么、与谁诉讼，属于个人信息，统计数字不需要姓名。
姓名只以姓氏和星号列出；有这一项的通知先由工作人员确认，不自动发出。
写作“张某”“张某某”“李先生”的不报，机关负责人、联系人的姓名和职务不报。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.rules.p.marked import marked
from services.validate.subject import Subject

_REQUEST = "受理、登记、审核、答复各环节均有专人负责"


@rule(
    id="P-05",
    severity="W",
    basis=("PIP", "A15"),
    attention="confirm",
    suggestion="请删除姓名，或者改写为“某申请人”“张某”。",
    breaks=(
        Case("申请人的姓名和住址", text=((_REQUEST, "其中申请人张三（住样例市公开路2号）的申请已答复"),)),
        Case("谁申请了什么", text=((_REQUEST, "3月，李小四申请公开样例村征地补偿资料，已答复"),)),
        Case("案件名称写了姓名", text=((_REQUEST, "赵六诉样例市数据局政府信息公开案已审结"),)),
        Case("几个人", text=((_REQUEST, "张三、李四等5人申请公开拆迁协议，已答复"),)),
        Case("繁体", text=((_REQUEST, "其中申請人張三申請公開徵地資料，已答復"),)),
    ),
    silent=(
        Case("姓名已经隐去", text=((_REQUEST, "其中申请人张某某申请公开征地资料，李先生来电咨询，均已答复"),)),
        Case("负责人和联系人", text=((_REQUEST, "由副局长张三分管，联系人李四，组长王五同志多次要求公开透明"),)),
        Case("申请人与其他词相连", text=((_REQUEST, "耐心向申请人解释，申请人对答复均表示满意"),)),
        Case("单位、群众申请", text=((_REQUEST, "企业申请公开2件，全年申请公开70件，申请人方便快捷"),)),
    ),
)
def applicant_named(subject: Subject) -> Iterator[Violation]:
    """报告写出了申请人的姓名"""
    for found in marked(subject, "applicant", lambda _: "W"):
        yield Violation(
            f"报告疑似写出了申请人的姓名（{found.masked}），旁边有申请内容、案件或者住址，请删除。", found.places
        )
