"""报告里抄进了格式文件或者模板的填写说明：此处填写、请概述、这一项报告本机关、没有的填“0”、编写说明：可先、（不超过500字）、（三号仿宋体）。

为什么：说明是告诉填报人怎样写的，不是报告的内容。已经作为内部提示报出的，不再另报。
网站上为申请人提供的填写说明和示例，不报。
"""

import re
from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.rules.l.instructions import blocks
from services.validate.subject import Subject

_GUIDANCE = re.compile(
    r"(?:此处|此栏|本栏|本处)(?:请|应|需|须)?(?:填写|填入|填报|写明|概述|简述|描述|插入|补充)"
    r"|[(\[【](?:请|此处|说明|填写|注)[^()\[\]【】\n]{0,60}(?:填写|概述|简述|写明|据实填|如实填)[^()\[\]【】\n]{0,60}[)\]】]"
    r"|[(\[【](?:字数)?(?:不超过|不少于|控制在)[0-9]{2,5}字(?:以内|左右)?[)\]】]"
    r"|[这本]一?项(?:主要)?(?:报告|反映|填报)本?(?:行政)?机关"
    r"|不能遗漏,?也?不宜泛化"
    r"|没有(?:发生)?的?,?请?(?:填写?|写)[\"“]?[0零无][\"”]?"
    r"|[(\[【](?:请|可)(?:简要|详细|据实|如实|逐项|根据|结合|自行|酌情)[^()\[\]【】\n]{0,40}(?:说明|列举|列明|介绍|撰写|增[删减补加]|删减|调整|修改|补充)[^()\[\]【】\n]{0,30}[)\]】]"
    r"|[此本](?:模板|范本|样本)(?:仅供|供|为)?参考"
    r"|[(\[【][^()\[\]【】\n]{0,12}[宋黑楷]体[^()\[\]【】\n]{0,20}[)\]】]"
    r"|[(\[【](?:参考)?(?:模板|样式|范本|范例)[)\]】]"
    r"|^[ \t]*(?:编写|填写|撰写)(?:说明|提示|要求):(?:注意|请|[^\n。;]{0,12}(?:可先|可以|应当|要注意|不要|须))[^\n。;]{0,30}",
    re.MULTILINE,
)
_END = "除上述情况外，没有其他需要报告的事项。"
_FEE = "未收取政府信息公开信息处理费。"


@rule(
    id="L-03",
    severity="W",
    suggestion="请删除填写说明，只保留报告内容。",
    breaks=(
        Case("此处填写", text=((_END, f"（此处填写其他需要报告的事项）{_END}"),)),
        Case("格式文件的说明", text=((_END, f"这一项报告本机关需要说明的其他事项。{_END}"),)),
        Case("没有的填0", text=((_FEE, f"{_FEE}没有的填“0”。"),)),
        Case("请简要说明", text=((_END, f"【请简要说明本年度的特色做法，500字以内】{_END}"),)),
        Case("可自行增删", text=((_END, f"{_END}（可根据实际情况自行增删）"),)),
        Case("字数要求", text=((_END, f"{_END}（不超过500字）"),)),
        Case("排版要求", text=(("2024年，样例市数据局认真落实", "（宋体加粗小四号字）2024年，样例市数据局认真落实"),)),
        Case("编写说明", text=((_FEE, f"{_FEE}\n编写说明：可先适当综述，注意数据之间的关系。"),)),
        Case("标明是模板", text=(("2024年，样例市数据局认真落实", "（参考模板）2024年，样例市数据局认真落实"),)),
    ),
    silent=(
        Case("给申请人的填写说明", text=((_END, f"申请页面增加填写说明和示例，提示申请人如实填写。{_END}"),)),
        Case(
            "已经作为内部提示",
            text=((_END, f"{_END}\n填报说明：\n1.请各单位将此处填写完整，盖章后报送至办公室邮箱。"),),
        ),
        Case("说明报告由谁编写", text=((_FEE, f"{_FEE}\n编写说明：本报告由样例市数据局办公室编写。"),)),
        Case("公文格式的叙述", text=((_FEE, f"{_FEE}答复书统一使用仿宋体。"),)),
        Case("没有发生", text=((_FEE, f"{_FEE}没有发生退费。"),)),
        Case("请申请人说明用途", text=((_END, f"申请表设“用途”一栏（请说明所需信息的用途）。{_END}"),)),
        Case("政策解读的字数", text=((_END, f"一图读懂控制在500字以内，公众反映较好。{_END}"),)),
    ),
)
def guidance_copied(subject: Subject) -> Iterator[Violation]:
    """报告里抄进了填写说明"""
    found = list(_GUIDANCE.finditer(subject.prose.text))
    internal = blocks(subject) if found else []
    for match in found:
        if not any(block.start <= match.start() < block.end for block in internal):
            place = subject.prose.place(*match.span())
            yield Violation(f"“{place.quote}”是填写说明，不是报告内容，请删除。", (place,))
