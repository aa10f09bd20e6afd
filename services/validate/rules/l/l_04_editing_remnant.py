"""报告里留着修订、批注的痕迹，或者文字处理软件的出错提示：批注[A1]、删除的内容：、错误!未找到引用源。

为什么：这是编辑过程的痕迹，不是报告内容，还可能带出内部意见。
领导批注、修订制度一类的叙述不报。
"""

import re
from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.subject import Subject

_REMNANT = re.compile(
    r"批注 ?\[(?!20[0-9]{2}\])[^\]\n]{1,12}\] ?:?[^\n。]{0,20}"
    r"|[【\[]批注[】\]]|(?<![\u4e00-\u9fff])批注 ?[0-9]{1,3} ?:"
    r"|(?<![^\s。;])(?:删除的?内容|带格式的?|设置了格式|插入的?内容|已删除|已插入) *:[^\n。]{0,20}"
    r"|(?<![A-Za-z])(?:[Cc]omment(?:ed)? ?\[[A-Za-z0-9]{1,8}\]|(?:Deleted|Formatted|Inserted) ?:)"
    r"|错误! ?(?:未找到引用源|未定义书签|未指定书签|文档中没有指定样式的文字|超链接引用无效|不是有效的链接|书签自引用)"
    r"|Error! ?(?:Reference source not found|Bookmark not defined|No text of specified style|Hyperlink reference not valid)"
)
_WORDS = (
    "批注",
    "的内容",
    "除内容",
    "入内容",
    "带格式",
    "设置了格式",
    "已删除",
    "已插入",
    "omment",
    "Deleted",
    "Formatted",
    "Inserted",
    "错误!",
    "Error!",
)
_END = "除上述情况外，没有其他需要报告的事项。"


@rule(
    id="L-04",
    severity="E",
    suggestion="请接受或者拒绝全部修订、删除批注、更新域，再重新发布。",
    breaks=(
        Case("批注", text=((_END, f"{_END}批注[A1]：这句要不要"),)),
        Case("批注人的名字", text=((_END, f"{_END}\n批注 [王1]: 核实数字"),)),
        Case("修订的说明", text=((_END, f"{_END}\n删除的内容：三项"),)),
        Case("英文版软件", text=((_END, f"{_END}\nComment [A2] 请核"),)),
        Case("引用出错", text=((_END, f"{_END}详见错误!未找到引用源。"),)),
    ),
    silent=(
        Case("领导批注", text=((_END, f"认真落实领导批注意见，修订公开指南1次。{_END}"),)),
        Case("删除过信息", text=((_END, f"清理并删除的内容重复信息12条，更正错误信息3条。{_END}"),)),
        Case("批注功能", text=((_END, f"公文系统增加批注、修订留痕功能。{_END}"),)),
    ),
)
def editing_remnant(subject: Subject) -> Iterator[Violation]:
    """报告里留着修订、批注的痕迹"""
    text = subject.prose.whole
    if not any(word in text for word in _WORDS):
        return
    for match in _REMNANT.finditer(text):
        place = subject.prose.place(*match.span())
        yield Violation(f"“{place.quote}”是修订、批注的痕迹，请删除。", (place,))
