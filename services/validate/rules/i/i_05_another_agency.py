"""正文把别的机关写成报告主体：镇、街道的报告自称“我局”，部门的报告自称“我镇”“我街道”，或者做工作的是别的镇、街道、部门。

为什么：报告主体写错，说明套用了别的单位的文稿，数据和情况都不可信。
同级别的别的部门，只看公布、编制的是谁的报告，总体情况的第一句和信息处理费说的是谁，请核实。
提到上级、合作单位、其他单位的经验和文件名称的，可能是简称的（有一字相同），写到挂牌、合署、更名的，不报；标题没有写明机关的，无从比较。
"""

import re
from collections.abc import Iterator

from services.validate.rule import Case, Violation, rule
from services.validate.self_names import OwnName, certain_name, names_of, one_form, taken_apart
from services.validate.subject import Subject
from services.validate.years import begins, told
from shared.model.finding import Severity, TextPlace
from shared.names import region_of

_BUREAU = re.compile(r"(?<![“\"'\u2018])我(?:局(?![势部限面])|厅)")
_TOWN = re.compile(r"(?<![“\"'\u2018])我(?:镇|乡(?![村镇])|街道)")
_ACTING = re.compile(
    r"(?:20\d\d ?年度?(?:以来)?[,、]?)?(?P<who>(?!我|本|各|全)[\u4e00-\u9fff]{2,24}?(?:镇|乡|街道|局)(?:(?:党委)?人民政府|政府|(?:党工委)?办事处)?)[,、]?"
    "(?:坚持|高度重视|认真|深入|严格|以习近平|紧紧围绕|紧扣|积极|切实|全面|主动公开|共主动公开|未收取|没有收取|未收到|没有收到|共收到|收到|办公室)"
)
_INTRODUCED = re.compile(
    r"(?:现公布|现发布|现将|现向社会公[布开]|本(?:年度)?报告由)(?P<who>[\u4e00-\u9fff]{4,24}?(?:局|委员会))(?:负责)?(?:20\d\d ?年|编制|编写|起草)"
)
_REFORMED = re.compile("挂牌|加挂|合署|更名|组建|合并|机构改革|撤销|划[入转归]|移交")
_ALIKE = set("和与及")  # characters that the names of any two bodies share
_NO_PLACE = re.compile("[年来前中是时外级地照下各其同此因据要求党委会工作间内]")
_LONGEST_BARE = 3
_TITLE = "样例市数据局2024年政府信息公开工作年度报告"
_TITLED = (_TITLE, "样例县麦穗镇人民政府2024年政府信息公开工作年度报告")
_STREET = (_TITLE, "样例市示范区禾苗街道办事处2024年政府信息公开工作年度报告")
_OVERVIEW = "2024年，样例市数据局认真落实"
_PUBLISHED = "我局通过政府网站发布各类"
_FEE = "2024年度我局未收取"
_OF_TOWN = "2024年，麦穗镇人民政府认真落实"
_OF_STREET = "2024年，禾苗街道办事处认真落实"
_OF_BUREAU = "2024年，示范区教育局认真落实"
_TOWN_PUBLISHED = "我镇通过政府网站发布各类"
_COMPILED = "本报告所列数据的统计期限"
_TRAINED = "全年组织业务培训2次"
_OWN_TOWN = (_TITLED, (_OVERVIEW, _OF_TOWN), (_PUBLISHED, _TOWN_PUBLISHED), (_FEE, "2024年度我镇未收取"))
_OWN_STREET = (
    _STREET,
    (_OVERVIEW, _OF_STREET),
    (_PUBLISHED, "街道通过政府网站发布各类"),
    (_FEE, "2024年度街道未收取"),
)
_OWN_BUREAU = ((_TITLE, "样例市示范区教育局2024年政府信息公开工作年度报告"), (_OVERVIEW, _OF_BUREAU))


@rule(
    id="I-05",
    severity="E",
    basis=("A47",),
    suggestion="请核实报告内容是否为本机关的情况，更正机关名称。",
    breaks=(
        Case("镇的报告自称我局", scene=_OWN_TOWN, text=((_TOWN_PUBLISHED, _PUBLISHED),)),
        Case("部门的报告自称我镇", text=((_OVERVIEW, "2024年，我镇认真落实"),)),
        Case("句首是同县的别的镇", scene=_OWN_TOWN, text=((_OF_TOWN, "2024年，样例县禾田镇人民政府认真落实"),)),
        Case("句首是外县的镇", scene=_OWN_TOWN, text=((_OF_TOWN, "2024年，样板县禾田镇人民政府认真落实"),)),
        Case(
            "句首是别的街道，出现两次",
            scene=_OWN_STREET,
            text=(
                (_OF_STREET, "2024年，麦浪街道办事处认真落实"),
                ("完善考核办法，", "麦浪街道完善考核办法，"),
            ),
        ),
        Case(
            "句首是别的区的同名部门",
            scene=_OWN_BUREAU,
            text=((_OF_BUREAU, "2024年，样例市样板区教育局认真落实"),),
        ),
        Case("总体情况的第一句是同级别的部门", text=((_OVERVIEW, "2024年，样例市水务局认真落实"),)),
        Case("信息处理费是别的部门的", text=((_FEE, "2024年度样例市水务局未收取"),)),
        Case("报告由别的部门编制", text=((_COMPILED, "本报告由样例市水务局编制。本报告所列数据的统计期限"),)),
        Case("公布的是别的部门的报告", text=((_COMPILED, "现公布样例市水务局2024年报告。本报告所列数据的统计期限"),)),
    ),
    silent=(
        Case(
            "第一句是别的部门，机构改革后更名",
            text=((_OVERVIEW, "2024年机构改革后更名。2024年，样例市水务局认真落实"),),
        ),
        Case("第一句说别的部门，接着说本局", text=((_OVERVIEW, "2024年，样例市水务局积极配合，我局认真落实"),)),
        Case("别的部门不在第一句", text=((_TRAINED, "样例市水务局积极参与培训。全年组织业务培训2次"),)),
        Case("部门的简称", text=((_OVERVIEW, "2024年，样例市数管局认真落实"),)),
        Case("自称我镇", scene=_OWN_TOWN),
        Case("引语中的我局", scene=_OWN_TOWN, text=((_OF_TOWN, "2024年，麦穗镇人民政府答复“我局不掌握”，认真落实"),)),
        Case("提到合作的镇", scene=_OWN_TOWN, text=((_OF_TOWN, "2024年，麦穗镇人民政府与禾田镇人民政府一起认真落实"),)),
        Case(
            "外县的镇来交流",
            scene=_OWN_TOWN,
            text=(("完善考核办法，", "完善考核办法，接待样板县禾田镇人民政府来访，"),),
        ),
        Case("今年以来镇人民政府", scene=_OWN_TOWN, text=((_OF_TOWN, "今年以来镇人民政府认真落实"),)),
        Case(
            "上级的同名部门",
            scene=_OWN_BUREAU,
            text=((_OF_BUREAU, "2024年，样例市教育局认真落实"),),
        ),
        Case(
            "住房和城乡建设部门的简称",
            text=(
                (_TITLE, "样例市住房和城乡建设局2024年政府信息公开工作年度报告"),
                (_OVERVIEW, "2024年，样例市住房城乡建设局认真落实"),
            ),
        ),
        Case(
            "名称只差一字由I-04报",
            scene=_OWN_STREET,
            text=((_OF_STREET, "2024年，样例市示范区禾苗街道认真落实"),),
        ),
        Case(
            "标题只写政府办公室",
            text=(
                (_TITLE, "政府办公室2024年政府信息公开工作年度报告"),
                (_OVERVIEW, "2024年，样例县麦穗镇人民政府认真落实"),
            ),
        ),
        Case(
            "标题没有写明机关", text=((_TITLE, "2024年政府信息公开工作年度报告"), (_OVERVIEW, "2024年，我镇认真落实"))
        ),
    ),
)
def another_agency(subject: Subject) -> Iterator[Violation]:
    """正文出现别的机关作为报告主体"""
    own = certain_name(subject)
    if own is None:
        return
    yield from _called_itself(subject, own)
    found: dict[str, Violation] = {}
    for place, who, severity in (*_acting(subject, own), *_of_one_level(subject, own)):
        message = f"正文出现其他机关“{who}”作为报告主体，疑似套用。"
        found.setdefault(who, Violation(message, (place,), who, own.full, severity=severity))
    yield from found.values()


def _called_itself(subject: Subject, own: OwnName) -> Iterator[Violation]:
    """Yield the first of the words by which an agency of this kind never calls itself."""
    pattern = {"乡镇": _BUREAU, "街道": _BUREAU, "部门": None if re.search("[镇乡道]$", own.region) else _TOWN}.get(
        own.kind
    )
    uses = list(pattern.finditer(subject.prose.uncited)) if pattern else []
    if uses:
        place = subject.prose.place(*uses[0].span())
        message = f"报告机关是“{own.full}”，正文却自称“{place.quote}”（{len(uses)}处），疑似套用。"
        yield Violation(message, (place,), place.quote, own.full)


def _acting(subject: Subject, own: OwnName) -> Iterator[tuple[TextPlace, str, Severity]]:
    prose = subject.prose
    for sentence in prose.sentences:
        start, said = told(prose, sentence)
        match = _ACTING.match(said)
        if match and begins(prose, sentence) and match["who"] not in names_of(subject):
            severity = _another(own, match["who"], prose.text)
            if severity:
                yield prose.place(start + match.start("who"), start + match.end("who")), match["who"], severity


def _of_one_level(subject: Subject, own: OwnName) -> Iterator[tuple[TextPlace, str, Severity]]:
    """Yield the department of the same region whose report is announced, whose work the first sentence tells, or whose fees."""
    prose, front = subject.prose, subject.prose.introduction
    overview = prose.within(prose.chapters.get(1), prose.sentences)[:1]
    fees = [each for each in prose.within(prose.chapters.get(6), prose.sentences) if "信息处理费" in each.text]
    for sentence in (*prose.within(front, prose.sentences), *overview, *fees):
        start, said = told(prose, sentence)
        match = _ACTING.match(said) if sentence.section else _INTRODUCED.search(said)
        if match and "我" not in said and not _REFORMED.search(prose.text) and _is_neighbour(own, match["who"]):
            yield prose.place(start + match.start("who"), start + match.end("who")), match["who"], "W"


def _is_neighbour(own: OwnName, who: str) -> bool:
    """Whether a name is a department's of the same region with nothing of the own name in it, not even a short form's."""
    other = taken_apart(who)
    if other is None or not own.kind == other.kind == "部门" or own.organ not in {"局", "委员会", "委"}:
        return False
    one_region = own.region.endswith(other.region) or other.region.endswith(own.region)
    return one_region and own.region[-1:] == other.region[-1:] and not (set(own.proper) & set(other.proper)) - _ALIKE


def _another(own: OwnName, who: str, text: str) -> Severity | None:
    """Return how certain it is that a name at the beginning of a sentence is another agency's of the same kind."""
    other = taken_apart(who)
    if other is None:
        return None
    if own.kind == other.kind == "部门":
        return "E" if (own.proper, own.organ) == (other.proper, other.organ) and _are_peers(own, other) else None
    if not {own.kind, other.kind} <= {"乡镇", "街道"} or one_form(own, other) or _NO_PLACE.search(other.proper):
        return None
    if other.region:
        return _of_region(own, who, other)
    return "W" if len(other.proper) <= _LONGEST_BARE and text.count(other.short) > 1 else None


def _of_region(own: OwnName, who: str, other: OwnName) -> Severity | None:
    """Return how certain it is of a town that is named with its region: another county's in its full name may also be a partner."""
    if other.region != region_of(who).removesuffix(other.short):
        return None
    if other.region in own.region:
        return "E"
    return "W" if who.endswith(("人民政府", "办事处")) and _are_peers(own, other) else None


def _are_peers(own: OwnName, other: OwnName) -> bool:
    """Whether two regions are of one level and two different ones, neither told shorter than the other."""
    shorter = own.region.endswith(other.region) or other.region.endswith(own.region)
    return own.region[-1:] == other.region[-1:] and not shorter and len(other.region) > 2
