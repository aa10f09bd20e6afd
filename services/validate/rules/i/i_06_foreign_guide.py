"""编制报告的依据写的是别的机关的政府信息公开指南或者目录。

为什么：指南和目录由各机关自己编制，写成别的机关的，可能是沿用了别的文稿；也可能确实执行上级的，只作提示。
"""

import re
from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.self_names import OwnName, names_of, own_name
from services.validate.subject import Subject
from shared.names import is_full, names_a_region, shortens

_GUIDE = re.compile(r"《(?P<whose>[\u4e00-\u9fff]{4,40}?)(?:政府|政务)?信息公开(?:工作)?(?:指南|目录)》")
_ON_THE_BASIS = re.compile("根据|依据|按照|依照")
_BASIS = "根据《中华人民共和国政府信息公开条例》和政府信息公开工作年度报告格式"


@rule(
    id="I-06",
    severity="I",
    basis=("A50",),
    suggestion="请确认依据是否应为本机关的政府信息公开指南。",
    breaks=(
        Case(
            "依据是区政府办公室的指南",
            text=((_BASIS, "根据《中华人民共和国政府信息公开条例》和《样例市示范区人民政府办公室信息公开指南》"),),
        ),
        Case("依据是别的局的目录", text=((_BASIS, "按照《条例》和《样例市教育局政府信息公开目录》"),)),
    ),
    silent=(
        Case("依据是本机关的指南", text=((_BASIS, "根据《样例市数据局政府信息公开指南》"),)),
        Case("指南用了机关的简称", text=((_BASIS, "根据《市数据局政府信息公开指南》"),)),
        Case("没有写谁的指南", text=((_BASIS, "根据《政府信息公开指南》"),)),
        Case(
            "正文中提到修订别的指南", text=(("完善考核办法", "协助修订《样例市教育局政府信息公开指南》，完善考核办法"),)
        ),
        Case("依据是地方的规定", text=((_BASIS, "根据《样例市政府信息公开规定》"),)),
    ),
)
def foreign_guide(subject: Subject) -> Iterator[Violation]:
    """依据的是别的机关的指南或者目录"""
    own, prose = own_name(subject), subject.prose
    if own is None:
        return
    first = next((section.start for section in prose.report.sections if (section.chapter or 0) >= 1), 0)
    for match in _GUIDE.finditer(prose.text, 0, first):
        sentence = prose.text[max(prose.text.rfind(mark, 0, match.start()) for mark in "。\n") + 1 : match.start()]
        if _ON_THE_BASIS.search(sentence) and _is_another(subject, own, match["whose"]):
            place = prose.place(*match.span())
            yield Violation(f"引用的是“{match['whose']}”的指南或者目录，请确认。", (place,), match["whose"], own.full)
            return


def _is_another(subject: Subject, own: OwnName, whose: str) -> bool:
    """Whether a full name is none of the agency's own, in no shorter form."""
    if not (is_full(whose) and names_a_region(whose)):
        return False
    return not any(shortens(whose, name) or shortens(name, whose) for name in (own.full, *names_of(subject)))
