"""自称的层级与机关不符：镇的报告称“我街道”，街道的报告称“我镇”，县属机关称“我区”，区属机关称“我县”。

为什么：可能套用了别的单位的文稿，也可能机构刚刚改设，请核实。
区政府办公室称“我区”、各级机关称“我省”“我市”都是通常说法，不报；自治区和开发区里的“我区”也不报；同时称“我县”的，“我区”可能指自治区，只作提示。
"""

import re
from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.self_names import OwnName, certain_name, county_of
from services.validate.subject import Subject

_BEFORE = r"(?<![“\"'\u2018])"
_ZONE = re.compile("开发区|高新|新区|园区|管理区|示范区管|保税|景区|度假区|自治区|经开")
_TITLE = "样例市数据局2024年政府信息公开工作年度报告"
_OVERVIEW = "2024年，样例市数据局认真落实"
_PUBLISHED = "我局通过政府网站发布各类"
_FEE = "2024年度我局未收取"
_OWN = "2024年，我单位认真落实"
_COUNTY = ((_TITLE, "样例市样板县教育局2024年政府信息公开工作年度报告"), (_OVERVIEW, _OWN))
_DISTRICT = ((_TITLE, "样例市样板区教育局2024年政府信息公开工作年度报告"), (_OVERVIEW, _OWN))
_NEUTRAL = ((_OVERVIEW, _OWN), (_PUBLISHED, "通过政府网站发布各类"), (_FEE, "2024年度未收取"))


@rule(
    id="I-07",
    severity="W",
    basis=("A47",),
    suggestion="请核实正文自称是否有误；机构改设不久的，请统一为现名称。",
    breaks=(
        Case(
            "街道自称我镇",
            scene=((_TITLE, "样例市示范区禾苗街道办事处2024年政府信息公开工作年度报告"), *_NEUTRAL),
            text=((_OWN, "2024年，我镇认真落实"),),
        ),
        Case(
            "镇自称我街道",
            scene=((_TITLE, "样例县麦穗镇人民政府2024年政府信息公开工作年度报告"), *_NEUTRAL),
            text=((_OWN, "2024年，我街道认真落实"),),
        ),
        Case("县教育局称我区", scene=_COUNTY, text=((_OWN, "2024年，我区认真落实"),)),
        Case("区教育局称我县", scene=_DISTRICT, text=((_OWN, "2024年，我县认真落实"),)),
    ),
    silent=(
        Case(
            "区政府办公室称我区",
            scene=((_TITLE, "样例市样板区人民政府办公室2024年政府信息公开工作年度报告"), *_NEUTRAL),
            text=((_OWN, "2024年，我区认真落实"),),
        ),
        Case("县教育局称我市", scene=_COUNTY, text=((_OWN, "2024年，在我市的统一部署下，我县认真落实"),)),
        Case("自治区的县称我区", scene=_COUNTY, text=((_OWN, "2024年，按照自治区和我区的部署认真落实"),)),
        Case(
            "开发区的部门称我区",
            scene=((_TITLE, "样例县经济开发区教育局2024年政府信息公开工作年度报告"), (_OVERVIEW, _OWN)),
            text=((_OWN, "2024年，我区认真落实"),),
        ),
        Case(
            "文件名称中的称谓",
            scene=_DISTRICT,
            text=((_OWN, "2024年，按照《关于做好我县政务公开工作的通知》认真落实"),),
        ),
        Case(
            "镇村干部说我镇",
            scene=((_TITLE, "样例县麦穗镇人民政府2024年政府信息公开工作年度报告"), *_NEUTRAL),
            text=((_OWN, "2024年，我镇认真落实"),),
        ),
    ),
)
def pronoun_of_another_level(subject: Subject) -> Iterator[Violation]:
    """自称的层级与机关不符"""
    own = certain_name(subject)
    if own is None:
        return
    for word in _unfit(own, subject.prose.text):
        uses = list(re.finditer(word, subject.prose.uncited))
        if uses:
            place = subject.prose.place(*uses[0].span())
            message = f"报告机关是“{own.full}”，正文却称“{place.quote}”（{len(uses)}处），请核实。"
            unclear = "我区" in word and re.search("我县|全县", subject.prose.uncited) is not None
            yield Violation(message, (place,), place.quote, own.full, severity="I" if unclear else None)


def _unfit(own: OwnName, text: str) -> list[str]:
    """Return patterns of the words by which an agency of this name does not speak of itself or of its county."""
    county = county_of(own)
    words = {"街道": [_BEFORE + "我(?:镇(?!街)|乡(?![村镇]))"], "乡镇": [_BEFORE + "我街道"]}.get(own.kind, [])
    if county and county.endswith("县") and not _ZONE.search(own.full + text):
        words = [*words, _BEFORE + "我区(?!域)"]
    if county and county.endswith("区") and not _ZONE.search(own.full):
        words = [*words, _BEFORE + "我县(?!级|域)"]
    return words
