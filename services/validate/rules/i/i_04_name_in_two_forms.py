"""报告里本机关的名称有两种写法，差在专名的用字上：稻香里街道写成稻香街道，市场监督管理局写成市场监督官理局。

为什么：机关名称应当统一、准确。省略区名、人民政府、办事处的不算两种写法；部门的简称也不算。
只比较乡镇、街道的专名少一字、多一字或者错一字，和部门名称错一字；两个字的专名错一字的，可能是别的地方，不报。
"""

import re
from collections import Counter
from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.self_names import OwnName, listed_names, own_name
from services.validate.subject import Subject
from shared.model.agency import Agency

_LONGEST_AFFIX = 8
_BOUNDARY = re.compile(
    r"(?:[^\u4e00-\u9fff]|[省市区县旗盟州府由于在向对经和与及为以年度月日是将请至到从我本各全的给让或自])$"
)
_AS_SUBJECT = re.compile(r"(?:[^\u4e00-\u9fff]|[省市区县旗盟州府年度月日])$")
_ANOTHER_PLACE = set("东西南北中上下前后左右内外大小新老一二三四五六七八九十")
_NO_NAME = set("区县市镇乡村社和与及的各等场集城古新建小老本我全该路街巷两主次")
_AS_ORGAN = re.compile("人民政府|办事处|党工委|党政|党委|机关|便民|综合|政务|办公室|20\\d\\d年|机构|各科室")
_AS_STREET = re.compile("[路道边面旁]|两侧|环境|卫生|清扫|绿化")
_TITLE = "样例市数据局2024年政府信息公开工作年度报告"
_STREET = "样例市示范区稻香里街道办事处"
_OVERVIEW = "样例市数据局认真落实"
_TITLED = (_TITLE, f"{_STREET}2024年政府信息公开工作年度报告")
_OWN_STREET = "稻香里街道办事处认真落实"
_STREET_SCENE = (_TITLED, (_OVERVIEW, _OWN_STREET))
_OWN_TOWN = "麦穗镇人民政府认真落实"
_TOWN_SCENE = ((_TITLE, "样例县麦穗镇2024年政府信息公开工作年度报告"), (_OVERVIEW, _OWN_TOWN))
_OWN_BUREAU = "样例市市场监督管理局认真落实"
_BUREAU_SCENE = ((_TITLE, "样例市市场监督管理局2024年政府信息公开工作年度报告"), (_OVERVIEW, _OWN_BUREAU))


@rule(
    id="I-04",
    severity="W",
    basis=("A47",),
    suggestion="请统一为机关的规范名称。",
    breaks=(
        Case("街道名称少一字", scene=_STREET_SCENE, text=((_OWN_STREET, "稻香街道办事处认真落实"),)),
        Case("街道名称错一字", scene=_STREET_SCENE, text=((_OWN_STREET, "稻相里街道办事处认真落实"),)),
        Case(
            "镇名多一字",
            scene=_TOWN_SCENE,
            text=((_OWN_TOWN, "麦禾穗镇人民政府认真落实"),),
        ),
        Case(
            "部门名称错一字",
            scene=_BUREAU_SCENE,
            text=((_OWN_BUREAU, "样例市市场监督官理局认真落实"),),
        ),
    ),
    silent=(
        Case("省略区名和办事处", scene=_STREET_SCENE, text=((_OWN_STREET, "稻香里街道认真落实"),)),
        Case(
            "别的街道",
            scene=_STREET_SCENE,
            text=((_OWN_STREET, "样例市示范区稻浪街道办事处、稻香里街道办事处认真落实"),),
        ),
        Case("方位不同的街道", scene=_STREET_SCENE, text=((_OWN_STREET, "稻香西里街道办事处认真落实"),)),
        Case("名称相近的邻街道", scene=_STREET_SCENE, text=((_OWN_STREET, "与稻香街道办事处共建，认真落实"),)),
        Case("街道两侧", scene=_STREET_SCENE, text=((_OWN_STREET, "加强稻香街道两侧环境整治，稻香里街道认真落实"),)),
        Case(
            "部门的简称",
            scene=_BUREAU_SCENE,
            text=((_OWN_BUREAU, "市市场监管局认真落实"),),
        ),
        Case(
            "镇名只差一字的邻镇",
            scene=_TOWN_SCENE,
            text=((_OWN_TOWN, "麦浪镇人民政府认真落实"),),
        ),
        Case(
            "名录中的另一个名称",
            agency=Agency("1", _STREET, aliases=("稻香街道办事处",)),
            scene=_STREET_SCENE,
            text=((_OWN_STREET, "稻香街道办事处认真落实"),),
        ),
    ),
)
def name_in_two_forms(subject: Subject) -> Iterator[Violation]:
    """本机关名称有两种写法"""
    own, text = own_name(subject), subject.prose.text
    if own is None or not text or len(own.proper) < 2 or own.kind == "政府":
        return
    other = _other_form(own, text)
    if other is None or any(other in name for name in listed_names(subject)):
        return
    used = {form: _uses(form, text) for form in (own.short, other)}
    if not used[own.short]:
        return
    places = tuple(subject.prose.place(starts[0], starts[0] + len(form)) for form, starts in used.items())
    (first, uses), (second, more) = used.items()
    message = f"机关名称不统一：“{first}”{len(uses)}处、“{second}”{len(more)}处。"
    yield Violation(message, places[::-1], second, first)


def _uses(form: str, text: str) -> list[int]:
    return [match.start() for match in re.finditer(re.escape(form), text)]


def _other_form(own: OwnName, text: str) -> str | None:
    """Return the other form that is used as the name of an organ, or at least twice; the more frequent one of several."""
    found: Counter[str] = Counter()
    sure: set[str] = set()
    for match in re.finditer(re.escape(own.organ), text):
        before = text[max(0, match.start() - _LONGEST_AFFIX - len(own.proper)) : match.start()]
        behind = text[match.end() : match.end() + 6]
        form = None if before.endswith(own.proper) else _variant(own, before)
        if form is None or (own.organ == "街道" and _AS_STREET.match(behind)):
            continue
        found[form] += 1
        if own.kind == "部门" or (_AS_ORGAN.match(behind) and _AS_SUBJECT.search(before[: -len(form)] or "\n")):
            sure.add(form)
    forms = [form for form, count in found.most_common() if count > 1 or form in sure]
    return forms[0] + own.organ if forms else None


def _variant(own: OwnName, before: str) -> str | None:
    """Return what stands in the place of the proper name before the organ, where it differs from it by one character."""
    proper = own.proper
    lengths = (len(proper),) if own.kind == "部门" else (len(proper) + 1, len(proper), len(proper) - 1)
    for length in lengths:
        form = before[-length:]
        if len(form) == length >= 2 and _BOUNDARY.search(before[:-length] or "\n") and _differs_by_one(own, form):
            return form
    return None


def _differs_by_one(own: OwnName, form: str) -> bool:
    """Whether a form has one character more, less or changed, none by which two places are told apart (新华东路, 新华西路)."""
    if len(form) == len(own.proper):
        return _changed(own, form)
    longer, shorter = (form, own.proper) if len(form) > len(own.proper) else (own.proper, form)
    at = next((at for at, (one, other) in enumerate(zip(longer, shorter, strict=False)) if one != other), len(shorter))
    never = _ANOTHER_PLACE | _NO_NAME if longer is form else _ANOTHER_PLACE
    return at > 0 and longer[:at] + longer[at + 1 :] == shorter and longer[at] not in never


def _changed(own: OwnName, form: str) -> bool:
    """Whether one character of a name of at least three is another one; of a town not the first: that is another town."""
    differing = [pair for pair in zip(own.proper, form, strict=True) if pair[0] != pair[1]]
    if len(differing) != 1 or set(differing[0]) & _ANOTHER_PLACE or differing[0][1] in _NO_NAME:
        return False
    return len(form) >= 5 if own.kind == "部门" else len(form) >= 3 and form[0] == own.proper[0]
