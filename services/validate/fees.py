"""What a report says of the fee for handling information, under every name that offices give it."""

import re
from collections.abc import Iterator

from services.validate.prose import claims
from services.validate.subject import Subject

_METRICS = ("statement/未收取信息处理费", "statement/未发收费通知", "fee/信息处理费", "fee/收费通知")
_BY_NAME = re.compile(
    r"(?:信息|公开)[^,。;]{0,4}处理费|信息处理[^,。;]{0,4}费|处理费(?:用)?|国办函.2020.109号"
    r"|发出(?:的)?收费通知|收费通知(?:书)?(?:的)?(?:件数|份数|总?金额|\d+[件份])"
)
_OTHER_FEES = re.compile(
    r"(?:行政|事业|涉企|教育|医疗|物业|停车|水电|供[水热气]|学校|殡葬)[^,。;、]{0,6}收费|收费(?:项目|清单|目录|标准|公示|许可|依据|政策|管理)|[“《][^”》]{0,60}费[^”》]{0,60}[”》]"
)
_ABOUT = re.compile(r"申请|信息公开|公开(?:政府)?信息|公开(?:过程|工作)|政务公开|收费(?:及|和|、)?减免")
_NO_FEES = re.compile("(?:未发生|未产生|没有|未|无)(?:任何)?收费(?:情况|情形|事项|行为)?$")
_ENDS = re.compile("[。!?;]")
_NONE = re.compile(
    r"(?:未|没有|无|不|免|零|暂无|0|〇)[^。;]{0,24}?(?:收费|费用|收取|收缴|缴费)|(?:收费|费用|收取|收缴)[^。;]{0,16}?(?:0|零|〇|无|没有|未|[\d一二三四五六七八九十百千] ?万?元|免)|免费"
)


def fee_told(subject: Subject) -> bool:
    """Whether some sentence states the fee for handling information or that there was none; charges of table 2 are no such fee."""
    return bool(claims(subject, *_METRICS)) or any(map(_tells, _sentences(subject)))


def _sentences(subject: Subject) -> Iterator[str]:
    """Yield the sentences, however their lines are broken; a sub-heading is one with what follows: 收费情况 / 未收取."""
    prose, sections = subject.prose, subject.report.sections
    pieces = [prose.text[each.body : each.end] for each in sections] or [prose.text]
    before = [prose.introduction.text] if prose.introduction else []
    for piece in (*before, *pieces):
        yield from _ENDS.split("".join(piece.split()))
    yield from (each.title for each in sections)


def _tells(sentence: str) -> bool:
    if _BY_NAME.search(sentence):
        return True
    if "费" not in sentence:
        return False
    left = _OTHER_FEES.sub("", sentence)
    return _NO_FEES.search(left) is not None or (_ABOUT.search(left) is not None and _NONE.search(left) is not None)
