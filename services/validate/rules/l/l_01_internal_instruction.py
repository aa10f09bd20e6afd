"""报告里留着内部的填报、报送提示：注意事项、报送时间、审核表扫描件、发送到哪个邮箱等。

为什么：这些话是写给编制报告的人的，不是报告的内容，应当在公布前删除。
一句里要有请求、并且有两处线索才算；第一部分关于三审三校、审核制度的叙述，
告诉公众怎样申请、向哪里咨询的话，都不报。一段提示报一次。
"""

from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.rules.l.instructions import Block, blocks
from services.validate.subject import Subject

_END = "除上述情况外，没有其他需要报告的事项。"
_REVIEW = "严格执行公开前的保密审查和三审三校制度"


@rule(
    id="L-01",
    severity="E",
    suggestion="请删除内部提示后重新发布，并检查附件。",
    breaks=(
        Case(
            "末尾保留了注意事项",
            text=(
                (_END, f"{_END}\n注意事项：\n1.请各单位严格审核年报内容。\n2.报送时，审核表扫描件与电子版一并发送。"),
            ),
        ),
        Case("一句报送要求", text=((_END, f"{_END}请于1月20日前将盖章扫描件报送至市数据局办公室邮箱。"),)),
        Case(
            "正文中间夹着提示", text=(("通过政府网站发布", "请各科室核对后将纸质版报送至办公室。我局通过政府网站发布"),)
        ),
        Case("没有换行", text=((_END, f"{_END} 填报说明：1.红色部分请各单位修改。2.签字盖章后报办公室。"),)),
    ),
    silent=(
        Case("审核制度", text=((_REVIEW, "信息公开前须填写审核表，经分管领导审核、签字盖章后发布，电子版存档"),)),
        Case("要求各单位把关", text=((_END, f"要求各单位严格审核把关，信息必须经三审三校后发布。{_END}"),)),
        Case("告诉公众怎样申请", text=((_END, f"{_END}如需申请公开，请填写申请表，将扫描件发送至我局邮箱。"),)),
        Case("告诉公众怎样联系", text=((_END, f"{_END}本报告电子版可在网站查阅，如有疑问，请发送邮件至我局邮箱。"),)),
        Case(
            "要求过各单位",
            text=((_END, f"要求各单位务必于每月25日前报送电子版，请专家审核把关并填写审核表。{_END}"),),
        ),
        Case("报送过信息", text=((_END, f"全年将工作信息报送至市政府办公室36条。{_END}"),)),
    ),
)
def internal_instruction(subject: Subject) -> Iterator[Violation]:
    """报告里留着内部填报提示"""
    for block in blocks(subject):
        place = subject.prose.place(block.start, block.end)
        yield Violation(f"{_where(block)}保留了内部填报提示（{block.count}条），请删除。", (place,))


def _where(block: Block) -> str:
    return "报告末尾" if block.at_end else "正文"
