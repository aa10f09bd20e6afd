"""报告里有在公共邮箱服务商开设的邮箱（qq、163、126等），不是机关自己的域名。

为什么：这样的邮箱多为个人所有，数字的邮箱名往往就是个人号码。
不少机关以公共邮箱对外联系，邮箱名不是数字的，只提示确认。
机关、单位自己域名的邮箱不报。
"""

import re
from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.rules.p.marked import before, marked, names_applicant
from services.validate.subject import Subject
from shared.model.finding import Severity
from shared.model.report import Mark

_CONTACT = re.compile("联系|邮箱|邮件|信箱|电话|地址|咨询|监督|投诉|举报|[Ee]-?mail", re.IGNORECASE)
_INSTRUCTION = re.compile("报送|上报|扫描件|审核表|盖章|电子档|(?<!报告的)(?<!年报的)电子版(?![可将通在已请由])|初稿")
_NEAR = 60
_NAME = re.compile(r"[^@ \[({【<#&$☆★_]+")


@rule(
    id="P-03",
    severity="W",
    basis=("PIP", "A15"),
    suggestion="请确认这个邮箱是否应当公开；对外联系宜用机关自己域名的邮箱。",
    breaks=(
        Case("对外联系用了数字的公共邮箱", text=(("bgs@ylsjj.gov.example", "100000000@qq.com"),)),
        Case("对外联系用了公共邮箱", text=(("bgs@ylsjj.gov.example", "ylsjjbgs@163.com"),)),
        Case("写法绕开了@", text=(("bgs@ylsjj.gov.example", "100000000[at]qq.com"),)),
        Case(
            "公共邮箱不是对外的联系方式",
            text=(("由专人每周检查", "由专人每周检查，结果报送至ylsjjbgs@163.com"),),
        ),
    ),
    silent=(
        Case("机关自己域名的邮箱", text=(("bgs@ylsjj.gov.example", "zwgk2024@sample.example.invalid"),)),
        Case("邮箱已经遮盖", text=(("bgs@ylsjj.gov.example", "100***001@qq.com"),)),
        Case("没有写邮箱", text=(("，邮箱：bgs@ylsjj.gov.example", ""),)),
        Case("微信号、微博名", text=(("方便公众查询和下载", "开设微博@样例发布，方便公众查询和下载"),)),
    ),
)
def free_mailbox(subject: Subject) -> Iterator[Violation]:
    """报告里有公共邮箱"""

    def weigh(mark: Mark) -> Severity | None:
        if mark.official:
            return None
        return "I" if not _is_number(mark) and _is_contact(subject, mark) else "W"

    for found in marked(subject, "mailbox", weigh):
        yield Violation(
            f"报告含非政务邮箱（{found.masked}），请确认是否应公开。", found.places, severity=found.severity
        )


def _is_number(mark: Mark) -> bool:
    """Whether what is left of the name is digits: such a mailbox bears a person's account number."""
    name = _NAME.match(mark.masked)
    return name is not None and name[0].replace("*", "").isdigit()


def _is_contact(subject: Subject, mark: Mark) -> bool:
    """Whether the office prints it as its own: where it says how to reach it, and no applicant is named."""
    said = before(subject, mark, _NEAR)
    told = _CONTACT.search(said) is not None and _INSTRUCTION.search(said) is None
    return told and not names_applicant(subject, mark)
